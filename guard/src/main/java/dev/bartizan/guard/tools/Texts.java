package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Small readings of names and values.
final class Texts {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Texts() {}

    /// The lower-case words of a name or sentence; capitals inside a name start a word.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean humps =
                    i > 0 && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
            boolean isPart = Character.isLetterOrDigit(c) || isMark(c);
            if (!isPart || humps) {
                flush(word, words);
            }
            if (isPart) {
                word.append(c);
            }
        }
        flush(word, words);
        return words;
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    /// Lower case, with runs of white space as one space.
    static String plain(String text) {
        return SPACES.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
    }

    /// Shortened for a message.
    static String brief(String text) {
        String one = SPACES.matcher(text).replaceAll(" ").strip();
        return one.length() <= 60 ? one : one.substring(0, 57) + "…";
    }

    /// Whether the text holds the value between borders of words.
    static boolean holds(CharSequence text, String value) {
        return indexOf(text.toString(), value) >= 0;
    }

    /// Where the text holds the value between borders of words, or -1.
    static int indexOf(String all, String value) {
        if (value.isEmpty()) {
            return -1;
        }
        int at = all.indexOf(value);
        while (at >= 0) {
            int end = at + value.length();
            boolean starts = at == 0 || !sticks(all.charAt(at - 1), value.charAt(0));
            boolean ends =
                    end == all.length()
                            || !sticks(all.charAt(end), value.charAt(value.length() - 1))
                            || isStop(all, end);
            if (starts && ends) {
                return at;
            }
            at = all.indexOf(value, at + 1);
        }
        return -1;
    }

    private static boolean isStop(String all, int end) {
        char c = all.charAt(end);
        return (c == '.' || c == '-')
                && (end + 1 == all.length() || !Character.isLetterOrDigit(all.charAt(end + 1)));
    }

    private static boolean sticks(char outside, char inside) {
        if (Vocabulary.isRunTogether(outside) || Vocabulary.isRunTogether(inside)) {
            return false;
        }
        return Character.isLetterOrDigit(inside)
                && (Character.isLetterOrDigit(outside)
                        || outside == '@'
                        || outside == '-'
                        || outside == '.'
                        || outside == '_'
                        || outside == '+');
    }
}
