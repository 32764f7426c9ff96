package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads words of look-alikes as the Latin word they most likely show: where a letter may be read
/// in several ways, the way that gives a known word.
final class LatinGuess {
    private static final int MOST_WAYS = 64;
    private static final int LONGEST = 32;
    private static final int MIN_WORDS = 2;
    private static final int SAMPLE = 4_096;

    private LatinGuess() {}

    /// The letters that stand for the points of `[from, to)`, one string each. A point that has no
    /// Latin likeness stands for itself.
    static List<String> read(int[] points, int from, int to) {
        List<String> first = new ArrayList<>(to - from);
        int ways = 1;
        for (int i = from; i < to; i++) {
            String letters = letters(points[i]);
            boolean choice = LookAlikes.isChoice(points[i]);
            ways = choice && ways <= MOST_WAYS ? ways * letters.length() : ways;
            first.add(choice ? letters.substring(0, 1) : letters);
        }
        if (ways == 1 || ways > MOST_WAYS || to - from < 2 || to - from > LONGEST) {
            return first;
        }
        for (int way = 0; way < ways; way++) {
            List<String> read = way(points, from, to, way);
            if (isWord(read)) {
                return read;
            }
        }
        return first;
    }

    private static List<String> way(int[] points, int from, int to, int number) {
        List<String> read = new ArrayList<>(to - from);
        int rest = number;
        for (int i = from; i < to; i++) {
            String letters = letters(points[i]);
            if (LookAlikes.isChoice(points[i])) {
                int at = rest % letters.length();
                rest /= letters.length();
                read.add(letters.substring(at, at + 1));
            } else {
                read.add(letters);
            }
        }
        return read;
    }

    static boolean isWord(List<String> letters) {
        return Words.shipped().isWord(String.join("", letters).toLowerCase(Locale.ROOT));
    }

    private static String letters(int point) {
        String letters = point < 0x80 ? null : LookAlikes.looselyOf(point);
        return letters == null ? Character.toString(point) : letters;
    }

    /// Whether the words of letters that are not Latin read as known Latin words, by and large. The
    /// letters of a word may stand apart.
    static boolean readsAsLatin(int[] points) {
        int known = 0;
        int count = 0;
        int i = 0;
        while (i < Math.min(points.length, SAMPLE)) {
            List<Integer> word = new ArrayList<>();
            boolean foreign = false;
            int end = i;
            while (end < points.length && Character.isLetter(points[end])) {
                foreign |= points[end] >= 0x370 && LookAlikes.looselyOf(points[end]) != null;
                word.add(points[end++]);
                boolean apart =
                        end + 1 < points.length
                                && !Character.isLetter(points[end])
                                && points[end] != ' '
                                && Character.isLetter(points[end + 1])
                                && (word.size() > 1 || end == i + 1)
                                && (end - i) % 2 == 1;
                end += apart && (end - i) == word.size() * 2 - 1 ? 1 : 0;
            }
            if (foreign && word.size() > 2) {
                count++;
                int[] letters = word.stream().mapToInt(Integer::intValue).toArray();
                known += isWord(read(letters, 0, letters.length)) ? 1 : 0;
            }
            i = Math.max(end, i + 1);
        }
        return known >= MIN_WORDS && known * 2 > count;
    }
}
