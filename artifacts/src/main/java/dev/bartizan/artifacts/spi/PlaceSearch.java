package dev.bartizan.artifacts.spi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds where any of several expressions may begin, in one pass over a text. Letters of ASCII
/// count as alike in both cases.
final class PlaceSearch {
    private static final int ASCII = 128;

    /// A word, and which expressions begin with it anywhere or at the start of a line.
    private record Word(String letters, BitSet anywhere, BitSet atLines) {}

    private final int expressions;
    private final boolean hasLines;
    private final boolean isAtStartAlone;
    private final int[] atAnyLine;
    private final int[] atStart;

    /// Whether a word begins with a character, blanks among them.
    private final boolean[] isFirst = new boolean[ASCII];

    /// By the first character the words that have no other.
    private final List<List<Word>> ofOne = new ArrayList<>();

    /// By the first two characters, one more than where in the buckets the words are; 0 for none.
    private final short[] ofTwo = new short[ASCII * ASCII];

    private final List<List<Word>> buckets = new ArrayList<>();

    PlaceSearch(List<Beginnings> all) {
        expressions = all.size();
        for (int i = 0; i < ASCII; i++) {
            ofOne.add(new ArrayList<>());
        }
        for (int i = 0; i < all.size(); i++) {
            for (String word : least(all.get(i).words())) {
                word(word).anywhere().set(i);
            }
            for (String word : least(all.get(i).atLines())) {
                if (!word.isEmpty()) {
                    word(word).atLines().set(i);
                }
            }
        }
        atAnyLine = which(all, each -> each.atLines().contains(""));
        atStart = which(all, Beginnings::isAtStart);
        isAtStartAlone =
                all.stream().allMatch(each -> each.words().isEmpty() && each.atLines().isEmpty());
        hasLines = all.stream().anyMatch(each -> !each.atLines().isEmpty());
    }

    private static int[] which(List<Beginnings> all, Predicate<Beginnings> wanted) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                numbers.add(i);
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Those that do not begin with another one.
    private static List<String> least(Set<String> words) {
        return words.stream()
                .filter(word ->
                        words.stream()
                                .noneMatch(other -> word.startsWith(other) && !word.equals(other)))
                .toList();
    }

    private Word word(String letters) {
        char first = letters.charAt(0);
        isFirst[first] = true;
        List<Word> bucket = ofOne.get(first);
        if (letters.length() > 1) {
            int pair = first * ASCII + letters.charAt(1);
            if (ofTwo[pair] == 0) {
                buckets.add(new ArrayList<>());
                ofTwo[pair] = (short) buckets.size();
            }
            bucket = buckets.get(ofTwo[pair] - 1);
        }
        for (Word known : bucket) {
            if (known.letters().equals(letters)) {
                return known;
            }
        }
        Word word = new Word(letters, new BitSet(), new BitSet());
        bucket.add(word);
        return word;
    }

    /// A pass over a text.
    Pass over(String text) {
        return new Pass(text);
    }

    /// One pass over one text, which goes on as far as it is needed.
    final class Pass {
        private static final int STEP = 8_192;

        private final String text;
        private final @Nullable BitSet[] places = new BitSet[expressions];

        private int at;

        /// Where the lines start that are blank up to here; -1 within others.
        private int blankFrom;

        private Pass(String text) {
            this.text = text;
            mark(atStart, 0);
            mark(atAnyLine, 0);
        }

        /// The first place from one on where an expression may begin, or -1.
        int next(int expression, int from) {
            int next = known(expression, from);
            while (next < 0 && at < text.length() && !isAtStartAlone) {
                go();
                next = known(expression, from);
            }
            return next;
        }

        private int known(int expression, int from) {
            BitSet known = places[expression];
            return known == null ? -1 : known.nextSetBit(from);
        }

        private void mark(int expression, int place) {
            BitSet known = places[expression];
            if (known == null) {
                known = new BitSet();
                places[expression] = known;
            }
            known.set(place);
        }

        private void go() {
            int enough = Math.min(text.length(), at + STEP);
            if (!hasLines) {
                toWords(isFirst, enough);
            } else {
                toLines(enough);
            }
        }

        private void toWords(boolean[] isFirst, int end) {
            for (int i = at; i < end; i++) {
                char c = AsciiCase.lower(text.charAt(i));
                if (c < ASCII && isFirst[c]) {
                    at = i;
                    words(c);
                }
            }
            at = end;
        }

        /// Goes on to behind a word, as lines that are blank so far may yet be marked.
        private void toLines(int enough) {
            int end = text.length();
            int i = at;
            for (; i < enough || (i < end && blankFrom >= 0); i++) {
                char c = AsciiCase.lower(text.charAt(i));
                if (c <= ' ' || c >= ASCII) {
                    at = i;
                    lineOrOther(c);
                } else if (isFirst[c]) {
                    at = i;
                    words(c);
                    blankFrom = -1;
                } else if (blankFrom >= 0) {
                    blankFrom = -1;
                }
            }
            at = i;
        }

        private void lineOrOther(char c) {
            if (c < ASCII && isFirst[c]) {
                words(c);
            }
            if (endsLine(c)) {
                mark(atAnyLine, at + 1);
                blankFrom = blankFrom < 0 ? at + 1 : blankFrom;
            } else if (c > ' ') {
                blankFrom = -1;
            }
        }

        private void mark(int[] expressions, int place) {
            for (int expression : expressions) {
                mark(expression, place);
            }
        }

        private void words(char first) {
            for (Word word : ofOne.get(first)) {
                mark(word);
            }
            char second = at + 1 < text.length() ? AsciiCase.lower(text.charAt(at + 1)) : ASCII;
            int bucket = second < ASCII ? ofTwo[first * ASCII + second] : 0;
            if (bucket > 0) {
                for (Word word : buckets.get(bucket - 1)) {
                    if (AsciiCase.stands(word.letters(), text, at)) {
                        mark(word);
                    }
                }
            }
        }

        private void mark(Word word) {
            BitSet anywhere = word.anywhere();
            for (int i = anywhere.nextSetBit(0); i >= 0; i = anywhere.nextSetBit(i + 1)) {
                mark(i, at);
            }
            if (blankFrom < 0) {
                return;
            }
            BitSet atLines = word.atLines();
            for (int i = atLines.nextSetBit(0); i >= 0; i = atLines.nextSetBit(i + 1)) {
                mark(i, blankFrom);
                for (int line = blankFrom + 1; line <= at; line++) {
                    if (endsLine(text.charAt(line - 1))) {
                        mark(i, line);
                    }
                }
            }
        }
    }

    private static boolean endsLine(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
