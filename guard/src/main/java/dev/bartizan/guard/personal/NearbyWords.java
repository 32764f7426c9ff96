package dev.bartizan.guard.personal;

import dev.bartizan.guard.rules.AhoCorasick;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where a text has the words that say what a number is. Found in one pass, and only once somebody
/// asks.
final class NearbyWords {
    private static final int BEFORE = 60;
    private static final int AFTER = 30;

    /// Words that stand with telephone numbers.
    static final List<String> PHONE =
            List.of(
                    "phone",
                    "call",
                    "tel",
                    "mobile",
                    "cell",
                    "fax",
                    "whatsapp",
                    "reach",
                    "sms",
                    "dial",
                    "handy",
                    "telefon",
                    "teléfono",
                    "text me",
                    "hotline",
                    "phone number",
                    "answering",
                    "messages to",
                    "office",
                    "desk");

    /// Words that stand with driving licences.
    static final List<String> LICENCE =
            List.of("driver", "licence", "license", "driving", "dl number", "permit");

    /// Words that stand with passports.
    static final List<String> PASSPORT =
            List.of("passport", "reisepass", "passeport", "pasaporte", "passaporto");

    /// Words that stand with Indian tax numbers.
    static final List<String> PAN = List.of("pan card", "permanent account", "pan no", "pan:");

    private static final List<String> ALL = all();
    private static final AhoCorasick MACHINE = new AhoCorasick(ALL);
    private final String text;
    private int[] words = {};
    private int[] ends = {};
    private int count = -1;

    NearbyWords(String text) {
        this.text = text;
    }

    private static List<String> all() {
        Set<String> words = new LinkedHashSet<>(PHONE);
        words.addAll(LICENCE);
        words.addAll(PASSPORT);
        words.addAll(PAN);
        NumberKind.ALL.forEach(kind -> words.addAll(kind.words()));
        return new ArrayList<>(words);
    }

    /// Whether one of the words stands close to `[start, end)`.
    boolean near(int start, int end, List<String> wanted) {
        find();
        int from = start - BEFORE;
        int to = end + AFTER;
        int i = java.util.Arrays.binarySearch(ends, 0, count, from);
        i = i < 0 ? -i - 1 : i;
        while (i < count && ends[i] <= to) {
            if ((ends[i] <= start || ends[i] > end) && wanted.contains(ALL.get(words[i]))) {
                return true;
            }
            i++;
        }
        return false;
    }

    private void find() {
        if (count >= 0) {
            return;
        }
        count = 0;
        MACHINE.scan(
                new Lower(text),
                (word, _, end) -> {
                    if (count == ends.length) {
                        ends = java.util.Arrays.copyOf(ends, count * 2 + 16);
                        words = java.util.Arrays.copyOf(words, count * 2 + 16);
                    }
                    ends[count] = end;
                    words[count++] = word;
                });
    }

    /// A text in lower case, letter by letter.
    private record Lower(String text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return Character.toLowerCase(text.charAt(index));
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }
}
