package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Letters written one by one as short codes with gaps: bits, hexadecimal bytes, decimal codes,
/// Morse, the spelling alphabet, Braille.
final class CodeListDecoder implements Decoder {
    private static final int MIN_CODES = 5;
    private static final int LONGEST_CODE = 10;
    private static final List<Code> CODES = List.of(Code.values());
    private static final Map<String, Character> MORSE = morse();
    private static final String[][] SPELLED = spelled();
    private static final String BRAILLE =
            "a1b'k2l`cif/msp\"e3h9o6r~djg>ntq,*5<-u8v.%{$+x!&;:4|0z7(_?w}#y)=";

    /// A way to write one character.
    private enum Code {
        BITS,
        HEX,
        DECIMAL,
        OCTAL,
        POINT,
        MORSE,
        SPELLED
    }

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c > 0x2800 && c < 0x2840) {
                Replacement one = braille(text, i);
                if (one != null) {
                    found.add(one);
                }
                i = one == null ? i + 1 : one.to();
                continue;
            }
            boolean starts = !isGap(c) && (i == 0 || isGap(text.charAt(i - 1)));
            i = starts ? codes(text, i, found) : i + 1;
        }
        return found;
    }

    /// Adds the list of codes that starts there, if one reads; where to go on.
    private static int codes(String text, int at, List<Replacement> found) {
        int end = codeEnd(text, at);
        int seen = end;
        Replacement best = null;
        boolean letter = (text.charAt(at) | 0x20) >= 'a' && (text.charAt(at) | 0x20) <= 'z';
        if (letter && end - at != 2 && spelled(text, at, end) < 0 && !isPoint(text, at)) {
            return seen;
        }
        for (Code code : CODES) {
            boolean hopeless =
                    letter && code != Code.SPELLED && code != Code.POINT && end - at != 2;
            if (hopeless || end - at > LONGEST_CODE || read(text, at, end, code) < 0) {
                continue;
            }
            int listEnd = listEnd(text, at, code);
            seen = Math.max(seen, listEnd);
            Replacement one =
                    best == null || listEnd > best.to() ? list(text, at, listEnd, code) : null;
            best = one == null ? best : one;
        }
        if (best == null) {
            return seen;
        }
        found.add(best);
        return best.to();
    }

    private static boolean isPoint(String text, int at) {
        return (text.charAt(at) | 0x20) == 'u'
                && at + 1 < text.length()
                && text.charAt(at + 1) == '+';
    }

    private static int listEnd(String text, int from, Code code) {
        int end = from;
        int i = from;
        while (i < text.length()) {
            int stop = codeEnd(text, i);
            if (stop == i || read(text, i, stop, code) < 0) {
                return end;
            }
            end = stop;
            i = stop;
            while (i < text.length() && isGap(text.charAt(i))) {
                i++;
            }
        }
        return end;
    }

    private static int codeEnd(String text, int from) {
        int i = from;
        while (i < text.length() && i - from <= LONGEST_CODE && !isGap(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static @Nullable Replacement list(String text, int from, int end, Code code) {
        StringBuilder out = new StringBuilder();
        List<Integer> sources = new ArrayList<>();
        int codes = 0;
        int narrow = 0;
        int i = from;
        while (i < end) {
            int stop = codeEnd(text, i);
            out.append((char) read(text, i, stop, code));
            sources.add(i - from);
            codes++;
            int next = stop;
            boolean wordGap = false;
            while (next < end && isGap(text.charAt(next))) {
                char gap = text.charAt(next);
                wordGap |= gap == '/' || gap == '|' || gap == '\n' || next - stop >= 2;
                next++;
            }
            wordGap |= code == Code.SPELLED && next - stop >= 2;
            narrow += wordGap ? 0 : 1;
            boolean parts = code == Code.MORSE || (code == Code.SPELLED && narrow > 0);
            if (next == end || (wordGap && parts)) {
                out.append(' ');
                sources.add(stop - 1 - from);
            }
            i = next;
        }
        if (codes < MIN_CODES || !reads(out, code)) {
            return null;
        }
        out.append(' ');
        sources.add(end - 1 - from);
        int[] places = sources.stream().mapToInt(Integer::intValue).toArray();
        return new Replacement(from, end, out.toString(), places, name(code));
    }

    private static String name(Code code) {
        return switch (code) {
            case BITS -> "binary";
            case HEX -> "hex";
            case DECIMAL, OCTAL, POINT -> "character-codes";
            case MORSE -> "morse";
            case SPELLED -> "spelling-alphabet";
        };
    }

    private static boolean reads(CharSequence out, Code code) {
        if (code == Code.SPELLED) {
            return true;
        }
        long letters = out.chars().filter(c -> Character.isLetter(c) || c == ' ').count();
        return letters * 10 >= out.length() * (code == Code.MORSE ? 5L : 7L)
                && Letters.shipped().score(out)
                        > (code == Code.DECIMAL || code == Code.OCTAL ? Letters.READABLE : -4.5);
    }

    private static int read(String text, int from, int to, Code code) {
        int length = to - from;
        return switch (code) {
            case BITS -> length == 7 || length == 8 ? printable(digits(text, from, to, 2)) : -1;
            case HEX -> hex(text, from, to);
            case DECIMAL -> length == 2 || length == 3 ? printable(digits(text, from, to, 10)) : -1;
            case OCTAL -> length == 3 ? printable(digits(text, from, to, 8)) : -1;
            case POINT ->
                    length > 4 && length < 9 && text.regionMatches(true, from, "U+", 0, 2)
                            ? printable(digits(text, from + 2, to, 16))
                            : -1;
            case MORSE -> morse(text, from, to);
            case SPELLED -> spelled(text, from, to);
        };
    }

    private static int hex(String text, int from, int to) {
        int start =
                to - from == 4 && text.charAt(from) == '0' && (text.charAt(from + 1) | 0x20) == 'x'
                        ? from + 2
                        : from;
        return to - start == 2 ? printable(digits(text, start, to, 16)) : -1;
    }

    private static int printable(int code) {
        return code == '\n' || (code >= ' ' && code < 0x7F) ? code : -1;
    }

    private static int digits(String text, int from, int to, int radix) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static int morse(String text, int from, int to) {
        StringBuilder signs = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '·' || c == '•') {
                signs.append('.');
            } else if (c == '-' || c == '–' || c == '—' || c == '−' || c == '_') {
                signs.append('-');
            } else {
                return -1;
            }
        }
        Character letter = MORSE.get(signs.toString());
        return letter == null ? -1 : letter;
    }

    private static int spelled(String text, int from, int to) {
        if (to - from < 4) {
            return -1;
        }
        for (String word : SPELLED[(text.charAt(from) | 0x20) & 31]) {
            if (word.length() == to - from && text.regionMatches(true, from, word, 0, to - from)) {
                return text.charAt(from) | 0x20;
            }
        }
        return -1;
    }

    /// The words of the spelling alphabet by the last five bits of their first letter.
    private static String[][] spelled() {
        String[][] words = new String[32][0];
        String all =
                "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike"
                        + " november oscar papa quebec romeo sierra tango uniform victor whiskey xray x-ray yankee"
                        + " zulu";
        for (String word : all.split(" ", -1)) {
            int letter = word.charAt(0) & 31;
            String[] more = java.util.Arrays.copyOf(words[letter], words[letter].length + 1);
            more[more.length - 1] = word;
            words[letter] = more;
        }
        return words;
    }

    private static @Nullable Replacement braille(String text, int from) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == 0x2800 || c == ' ') {
                out.append(' ');
            } else if (c > 0x2800 && c < 0x2840) {
                out.append(BRAILLE.charAt(c - 0x2801));
            } else {
                break;
            }
            i++;
        }
        int[] places = new int[out.length()];
        java.util.Arrays.setAll(places, n -> n);
        return out.length() < MIN_CODES
                ? null
                : new Replacement(from, i, out.toString(), places, "braille");
    }

    private static boolean isGap(char c) {
        return c <= ' ' || c == ',' || c == ';' || c == '/' || c == '|' || c == ':' || c == '['
                || c == ']';
    }

    private static Map<String, Character> morse() {
        String table =
                ".- a -... b -.-. c -.. d . e ..-. f --. g .... h .. i .--- j -.- k .-.. l -- m -. n"
                        + " --- o .--. p --.- q .-. r ... s - t ..- u ...- v .-- w -..- x -.-- y --.. z"
                        + " ----- 0 .---- 1 ..--- 2 ...-- 3 ....- 4 ..... 5 -.... 6 --... 7 ---.. 8"
                        + " ----. 9 .-.-.- . --..-- , ..--.. ? .----. ' -.-.-- ! -..-. / -.--. ("
                        + " -.--.- ) .-... & ---... : -.-.-. ; -...- = .-.-. + -....- - ..--.- _"
                        + " .-..-. \" ...-..- $ .--.-. @";
        Map<String, Character> signs = new java.util.HashMap<>();
        java.util.StringTokenizer parts = new java.util.StringTokenizer(table);
        while (parts.hasMoreTokens()) {
            signs.put(parts.nextToken(), parts.nextToken().charAt(0));
        }
        return Map.copyOf(signs);
    }
}
