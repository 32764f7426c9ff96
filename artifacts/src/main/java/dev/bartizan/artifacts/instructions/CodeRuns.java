package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.List;

/// Runs of signs that codes are written in: where it is worth to look for them.
final class CodeRuns {
    private static final int BASE64 = 1;
    private static final int HEX = 2;
    private static final int DIGITS = 4;
    private static final int BASE32 = 8;
    private static final int ASCII = 128;
    private static final int LEAST_BASE64 = 40;
    private static final int LEAST_LINE = 8;
    private static final int LEAST_LINES = 3;
    private static final int LEAST_HEX = 48;
    private static final int LEAST_DIGITS = 58;
    private static final int LEAST_BASE32 = 32;
    private static final int LEAST_SIGNS = 6;
    private static final byte[] KINDS = kinds();

    private static final int WITHIN = 200;
    private static final int MOST = 50;

    /// A part of a text.
    record Part(int start, int end) {}

    private final List<Part> base64 = new ArrayList<>();
    private final List<Part> hex = new ArrayList<>();
    private final List<Part> digits = new ArrayList<>();
    private final List<Part> base32 = new ArrayList<>();
    private final List<Part> percent = new ArrayList<>();

    private CodeRuns() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = Character.isLetter(c);
            boolean isHexLetter = isLetter && (c | 0x20) <= 'f';
            boolean isBetween = " ,:".indexOf(c) >= 0;
            int kind = isDigit || isLetter || "+/_-=".indexOf(c) >= 0 ? BASE64 : 0;
            kind |= isDigit || isHexLetter || isBetween || "\\xu%=".indexOf(c) >= 0 ? HEX : 0;
            kind |= isDigit || isBetween || c == ';' || c == '\\' ? DIGITS : 0;
            kind |= (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7') ? BASE32 : 0;
            kinds[c] = (byte) kind;
        }
        return kinds;
    }

    static CodeRuns of(String text) {
        CodeRuns runs = new CodeRuns();
        runs.count(text);
        return runs;
    }

    private void count(String text) {
        runs(text, BASE64, LEAST_BASE64, base64);
        runs(text, HEX, LEAST_HEX, hex);
        runs(text, DIGITS, LEAST_DIGITS, digits);
        runs(text, BASE32, LEAST_BASE32, base32);
        lines(text);
        signs(text);
    }

    /// Of a text without runs, one sign in so many is looked at as the shortest run has.
    private static void runs(String text, int kind, int least, List<Part> into) {
        int start = 0;
        while (start + least <= text.length() && into.size() < MOST) {
            int other = start + least - 1;
            while (other >= start && isOf(kind, text.charAt(other))) {
                other--;
            }
            if (other >= start) {
                start = other + 1;
                continue;
            }
            int end = start + least;
            while (end < text.length() && isOf(kind, text.charAt(end))) {
                end++;
            }
            into.add(new Part(start, end));
            start = end;
        }
    }

    private static boolean isOf(int kind, char c) {
        return c < ASCII && (KINDS[c] & kind) != 0;
    }

    /// Lines that hold nothing else, one behind the other.
    private void lines(String text) {
        int first = 0;
        int lines = 0;
        for (int at = 0; at < text.length() && base64.size() < MOST; ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            int sign = at;
            while (sign < end && isOf(BASE64, text.charAt(sign))) {
                sign++;
            }
            boolean isWhole = sign > at && text.substring(sign, end).isBlank();
            boolean isLast = isWhole && sign - at < LEAST_LINE;
            if (isWhole && !isLast) {
                first = lines == 0 ? at : first;
                lines++;
            }
            if (!isWhole || isLast || end == text.length()) {
                if (lines >= LEAST_LINES) {
                    base64.add(new Part(first, isLast ? end : Math.max(sign, at)));
                }
                lines = 0;
            }
            at = end + 1;
        }
    }

    /// Percent and equal signs close to each other.
    private void signs(String text) {
        int[] last = new int[LEAST_SIGNS];
        int count = 0;
        for (int i = 0; i < text.length() && percent.size() < MOST; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '=') {
                int before = last[count % LEAST_SIGNS];
                last[count % LEAST_SIGNS] = i;
                count++;
                if (count >= LEAST_SIGNS && i - before < WITHIN) {
                    int end = Math.min(text.length(), i + 10 * WITHIN);
                    percent.add(new Part(Math.max(0, before - 40), end));
                    i = end - 1;
                }
            }
        }
    }

    List<Part> base64() {
        return base64;
    }

    List<Part> hex() {
        return hex;
    }

    List<Part> digits() {
        return digits;
    }

    List<Part> base32() {
        return base32;
    }

    List<Part> percent() {
        return percent;
    }
}
