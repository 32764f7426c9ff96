package dev.bartizan.guard.vault;

import dev.bartizan.guard.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tokens of one session and the values they stand for. The same value gets the same token for
/// as long as the session lives, another session gets others. Nothing is written anywhere unless
/// {@link SealedVault} is asked to, encrypted. Safe for use by several threads.
///
/// A token keeps the form of its value (digits for digits, letters of the same case for letters,
/// the rest as it is) when the value has at least {@value #MIN_FORM} letters and digits; a shorter
/// one would be met by chance in honest text, so its token is `<TYPE-` and ten letters `>`.
public final class Vault {
    /// Most values a session holds; beyond, values are redacted and cannot be restored.
    public static final int MAX_VALUES = 50_000;

    /// Longest value that gets a token, in characters.
    public static final int LONGEST = 512;

    static final int MIN_FORM = 10;
    private static final int TRIES = 64;

    private final TokenMaker maker;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final TokenTree tree = new TokenTree();

    /// A session with a key of its own that never leaves memory.
    public Vault() {
        this(TokenMaker.random());
    }

    Vault(TokenMaker maker) {
        this.maker = maker;
    }

    /// A text with tokens in place of the given spans; spans that touch or overlap become one. A
    /// span is replaced whole or, when the vault is full, redacted whole.
    ///
    /// @param spans findings in code points of the text
    public synchronized String anonymise(String text, List<Detection> spans) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        int points = 0;
        for (Detection span : merged(spans)) {
            int from = text.offsetByCodePoints(at, span.start() - points);
            int to = text.offsetByCodePoints(from, span.end() - span.start());
            points = span.end();
            out.append(text, at, from);
            String value = text.substring(from, to);
            out.append(token(span.type(), value, text).orElse("[" + span.type() + "]"));
            at = to;
        }
        return out.append(text, at, text.length()).toString();
    }

    /// Spans in order, those that overlap joined under the type of the first.
    public static List<Detection> merged(List<Detection> spans) {
        List<Detection> sorted = new ArrayList<>(spans);
        sorted.removeIf(span -> span.start() == span.end());
        sorted.sort(Comparator.comparingInt(Detection::start).thenComparingInt(Detection::end));
        List<Detection> out = new ArrayList<>();
        for (Detection span : sorted) {
            boolean overlaps = !out.isEmpty() && span.start() < out.getLast().end();
            if (!overlaps) {
                out.add(span);
                continue;
            }
            Detection last = out.removeLast();
            int end = Math.max(last.end(), span.end());
            out.add(new Detection(last.type(), last.start(), end, last.score(), last.reason()));
        }
        return out;
    }

    /// The token of a value; empty when the vault is full or the value too long.
    ///
    /// @param around text that the token must not stand in already
    private Optional<String> token(String type, String value, String around) {
        String known = tokens.get(value);
        if (known != null) {
            return Optional.of(known);
        }
        if (tokens.size() >= MAX_VALUES || value.length() > LONGEST || value.isEmpty()) {
            return Optional.empty();
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String token = maker.make(type, value, attempt);
            boolean isFree =
                    !values.containsKey(token)
                            && !tokens.containsKey(token)
                            && !token.equals(value)
                            && !around.contains(token);
            if (isFree) {
                keep(value, token);
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    void keep(String value, String token) {
        tokens.put(value, token);
        values.put(token, value);
        tree.add(token);
    }

    /// A text with the values back in place of the tokens.
    public String restore(String text) {
        Restorer restorer = restorer();
        return restorer.next(text) + restorer.end();
    }

    /// A restorer for one answer that comes in chunks.
    public Restorer restorer() {
        return new Restorer(this);
    }

    /// Length of the longest token that stands in the text at `from`, or 0; -1 when the text ends
    /// inside what may become one.
    synchronized int match(CharSequence text, int from) {
        return tree.match(text, from);
    }

    synchronized String value(String token) {
        return values.getOrDefault(token, token);
    }

    synchronized Map<String, String> all() {
        return Map.copyOf(tokens);
    }

    TokenMaker maker() {
        return maker;
    }

    /// Number of values held.
    public synchronized int size() {
        return tokens.size();
    }
}
