package dev.bartizan.tensors.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.bartizan.core.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts texts into the numbered pieces that a model reads. Safe to share until closed.
final class TextTokenizer implements AutoCloseable {
    /// Code points given to the native library at once, so that no pattern has long to look.
    static final int MAX_PIECE = 2_000;

    private final TokenizersLibrary library = NativeTokenizers.functions();
    private final String place;
    private final long handle;
    private final long[] before;
    private final long[] after;
    private boolean isClosed;

    /// One token of a text.
    ///
    /// @param id number in the vocabulary
    /// @param start first code point of the text
    /// @param end code point after the last
    record Token(long id, int start, int end) {}

    /// A tokenizer.
    ///
    /// @param checked `tokenizer.json` as `TokenizerForm` lets it through
    /// @param place its name, for messages
    /// @throws UserError when the library does not take it
    TextTokenizer(String checked, String place) {
        this.place = place;
        try {
            handle = library.createTokenizerFromString(checked);
            library.disablePadding(handle);
            library.disableTruncation(handle);
        } catch (RuntimeException e) {
            throw refused(e);
        }
        // The marks around a text are those of a text of one character, without what is between.
        Piece sample = encode("a", 0);
        int first = Math.clamp(sample.first, 0, sample.ids.length);
        before = Arrays.copyOf(sample.ids, first);
        after = Arrays.copyOfRange(sample.ids, Math.max(first, sample.last), sample.ids.length);
    }

    private UserError refused(RuntimeException e) {
        return new UserError(
                "The tokenizer is refused: " + e.getMessage(),
                place,
                "Save it again with save_pretrained of a fast tokenizer.",
                e);
    }

    /// What stands before the tokens of a text, such as `[CLS]`.
    long[] before() {
        return before.clone();
    }

    /// What stands after them.
    long[] after() {
        return after.clone();
    }

    /// The tokens of a text, without the marks around it.
    ///
    /// @throws UserError when the library cannot tokenize it
    List<Token> tokens(String text) {
        int[] points = text.codePoints().map(TextTokenizer::noSurrogate).toArray();
        List<Token> tokens = new ArrayList<>();
        int from = 0;
        while (from < points.length) {
            int to = end(points, from);
            Piece piece = encode(new String(points, from, to - from), from);
            tokens.addAll(piece.tokens());
            from = to;
        }
        return tokens;
    }

    private static int noSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                ? '\uFFFD'
                : point;
    }

    /// Where a piece ends: before the last blank, so that the next one begins as a word does.
    private static int end(int[] points, int from) {
        int most = from + MAX_PIECE;
        if (most >= points.length) {
            return points.length;
        }
        for (int at = most; at > from + MAX_PIECE / 2; at--) {
            if (Character.isWhitespace(points[at]) && !Character.isWhitespace(points[at - 1])) {
                return at;
            }
        }
        return most;
    }

    /// A piece of a text; tokens from `first` to before `last` are no marks.
    private static final class Piece {
        private final long[] ids;
        private final CharSpan @Nullable [] spans;
        private final int first;
        private final int last;
        private final int offset;

        Piece(long[] ids, CharSpan @Nullable [] spans, int first, int last, int offset) {
            this.ids = ids;
            this.spans = spans;
            this.first = first;
            this.last = last;
            this.offset = offset;
        }

        List<Token> tokens() {
            List<Token> tokens = new ArrayList<>();
            int at = offset;
            for (int i = first; i < last; i++) {
                CharSpan span = spans == null ? null : spans[i];
                int start = span == null ? at : offset + span.getStart();
                int end = span == null ? at : offset + span.getEnd();
                tokens.add(new Token(ids[i], start, Math.max(start, end)));
                at = Math.max(at, end);
            }
            return tokens;
        }
    }

    private synchronized Piece encode(String text, int offset) {
        if (isClosed) {
            throw new IllegalStateException("The tokenizer is closed");
        }
        long encoding;
        try {
            encoding = library.encode(handle, text, true);
        } catch (RuntimeException e) {
            throw refused(e);
        }
        try {
            long[] marks = library.getSpecialTokenMask(encoding);
            int first = 0;
            while (first < marks.length && marks[first] == 1) {
                first++;
            }
            int last = marks.length;
            while (last > first && marks[last - 1] == 1) {
                last--;
            }
            CharSpan[] spans = library.getTokenCharSpans(encoding);
            return new Piece(library.getTokenIds(encoding), spans, first, last, offset);
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            library.deleteTokenizer(handle);
        }
    }
}
