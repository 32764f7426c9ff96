package dev.bartizan.artifacts.instructions;

import java.util.BitSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether an order is given or talked about: what stands in quotes, in a block quote or in a fence
/// beside words such as "attack" or "example" is shown to the reader, not told to a model.
final class Mentions {
    private static final int AROUND = 400;
    private static final int LONGEST_QUOTE = 400;

    private static final Pattern CUE =
            Pattern.compile(
                    "(?i)\\b(?:attack\\w*|inject\\w*|poison\\w*|malicious\\w*|jailbreak\\w*|such as|adversar\\w*|payloads?|phish\\w*|exfiltrat\\w*|untrusted|red.?team\\w*|hostile|suspicious|refus\\w*|reject\\w*|detect\\w*|assert\\w*|expect|scan|prompt.?guard|blocked?|blocklist|denylist|vulnerab\\w*|threats?)\\b");

    private static final String QUOTES = "\"`“”«»";

    private final String text;
    private @Nullable BitSet fences;

    /// @param text in which orders are found
    Mentions(String text) {
        this.text = text;
    }

    /// Whether what begins at a place is talked about.
    boolean isTalkedAbout(int at) {
        return isShown(at)
                && CUE.matcher(text)
                        .region(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND))
                        .find();
    }

    /// Whether a part is talked about, by what stands around it.
    boolean isTalkedAbout(int from, int to) {
        return isShown(from)
                && (hasCue(Math.max(0, from - AROUND), from)
                        || hasCue(to, Math.min(text.length(), to + AROUND)));
    }

    private boolean hasCue(int from, int to) {
        return CUE.matcher(text).region(from, to).find();
    }

    /// Whether what begins at a place stands in quotes, in a block quote, a table or a fence.
    boolean isShown(int at) {
        int line = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
        String start = text.substring(line, Math.min(text.length(), line + 4)).strip();
        if (start.startsWith(">") || start.startsWith("|")) { // a block quote, a row of a table
            return true;
        }
        int open = 0;
        boolean isOdd = false;
        for (int i = Math.max(line, at - LONGEST_QUOTE); i < at; i++) {
            char c = text.charAt(i);
            boolean isApostrophe =
                    c == '\'' && i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
            boolean isQuote = QUOTES.indexOf(c) >= 0 || (c == '\'' && (isOdd || !isApostrophe));
            if (isQuote && (!isOdd || closes(text.charAt(open), c))) {
                isOdd = !isOdd;
                open = i;
            }
        }
        return isOdd || isFenced(line);
    }

    private static boolean closes(char open, char c) {
        return "\"`'".indexOf(open) >= 0 ? c == open : "”»“«".indexOf(c) >= 0;
    }

    /// Whether a line stands behind an odd number of fences, which are found once.
    private boolean isFenced(int line) {
        BitSet known = fences;
        if (known == null) {
            known = new BitSet();
            boolean isIn = false;
            int from = 0;
            for (int i = text.indexOf("```"); i >= 0; i = text.indexOf("```", i + 3)) {
                known.set(from, i, isIn);
                isIn = !isIn;
                from = i;
            }
            known.set(from, text.length() + 1, isIn);
            fences = known;
        }
        return line > 0 && known.get(line - 1);
    }
}
