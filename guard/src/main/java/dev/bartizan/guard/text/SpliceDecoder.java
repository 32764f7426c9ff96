package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;

/// Words put together from pieces: empty elements and comments of HTML between letters, strings
/// joined by a sign, words that each stand in quotation marks.
final class SpliceDecoder implements Decoder {
    private static final int LONGEST_MARK = 80;
    private static final int LONGEST_JOINT = 8;
    private static final int LONGEST_WORD = 32;
    private static final int MIN_QUOTED = 4;

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = c == '<' ? marksEnd(text, i) : c == '"' || c == '\'' ? jointEnd(text, i) : i;
            if (end > i) {
                found.add(new Replacement(i, end, "", "pieces-joined"));
                i = end;
                continue;
            }
            int quoted = c == '"' ? quotedEnd(text, i) : i;
            if (quoted > i) {
                unquote(text, i, quoted, found);
                i = quoted;
            } else {
                i++;
            }
        }
        return found;
    }

    /// The end of the marks between two letters that show nothing, or `at`.
    private static int marksEnd(String text, int at) {
        if (at == 0 || !Character.isLetter(text.charAt(at - 1))) {
            return at;
        }
        int i = at;
        while (i < text.length() && text.charAt(i) == '<' && i - at < LONGEST_MARK) {
            int end = markEnd(text, i);
            if (end == i) {
                return at;
            }
            i = end;
        }
        return i < text.length() && Character.isLetter(text.charAt(i)) ? i : at;
    }

    private static int markEnd(String text, int at) {
        boolean comment = text.startsWith("<!--", at);
        int limit = Math.min(text.length(), at + LONGEST_MARK);
        for (int i = at + 1; i < limit; i++) {
            boolean closes = comment ? text.startsWith("-->", i) : text.charAt(i) == '>';
            if (closes) {
                return comment ? i + 3 : i > at + 1 ? i + 1 : at;
            }
            if (!comment && (text.charAt(i) == '<' || text.charAt(i) == '\n')) {
                return at;
            }
        }
        return at;
    }

    /// The end of `" + "` between two strings, or `at`.
    private static int jointEnd(String text, int at) {
        char quote = text.charAt(at);
        boolean sign = false;
        int limit = Math.min(text.length(), at + LONGEST_JOINT);
        for (int i = at + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return sign && i + 1 < text.length() && text.charAt(i + 1) > ' ' ? i + 1 : at;
            }
            boolean joins = c == '+' || c == '&' || c == '.';
            if (!joins && c != ' ') {
                return at;
            }
            sign |= joins;
        }
        return at;
    }

    /// The end of a list of words in quotation marks with single gaps, or `at`.
    private static int quotedEnd(String text, int at) {
        int end = at;
        int count = 0;
        int i = at;
        while (i < text.length() && text.charAt(i) == '"') {
            int close = i + 1;
            while (close < text.length()
                    && close - i < LONGEST_WORD
                    && text.charAt(close) > ' '
                    && text.charAt(close) != '"') {
                close++;
            }
            if (close >= text.length() || text.charAt(close) != '"' || close == i + 1) {
                break;
            }
            count++;
            end = close + 1;
            i = end + (end < text.length() && text.charAt(end) == ' ' ? 1 : 0);
        }
        return count >= MIN_QUOTED ? end : at;
    }

    private static void unquote(String text, int from, int end, List<Replacement> found) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) == '"') {
                found.add(new Replacement(i, i + 1, "", "quoted-words"));
            }
        }
    }
}
