package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Common words by frequency: is this a word, and where are the gaps in words written together.
public final class Words {
    private static final int LONGEST_RUN = 4096;
    private static final float UNKNOWN_LETTER = 8;

    private final char[] next;
    private final float[] cost;
    private int nodes = 1;

    /// @param byFrequency most frequent first, letters a to z only
    Words(List<String> byFrequency) {
        int letters = byFrequency.stream().mapToInt(String::length).sum();
        next = new char[Math.min(letters + 1, Character.MAX_VALUE) * 26];
        cost = new float[next.length / 26];
        double scale = Math.log(byFrequency.size() + 2.0);
        for (int i = 0; i < byFrequency.size(); i++) {
            add(byFrequency.get(i), (float) Math.log((i + 2) * scale));
        }
    }

    private void add(String word, float wordCost) {
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            int edge = node * 26 + word.charAt(i) - 'a';
            if (next[edge] == 0) {
                next[edge] = (char) nodes++;
            }
            node = next[edge];
        }
        cost[node] = cost[node] == 0 ? wordCost : cost[node];
    }

    /// Whether the lower-case word is in the list.
    public boolean isWord(String word) {
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            int letter = word.charAt(i) - 'a';
            node = letter < 0 || letter > 25 ? 0 : next[node * 26 + letter];
            if (node == 0) {
                return false;
            }
        }
        return cost[node] > 0;
    }

    /// Whether a stretch of text, capitals counting as small letters, is in the list.
    public boolean isWord(String text, int from, int to) {
        int node = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int letter = c < 0x80 ? (c | 0x20) - 'a' : -1;
            node = letter < 0 || letter > 25 ? 0 : next[node * 26 + letter];
            if (node == 0) {
                return false;
            }
        }
        return cost[node] > 0;
    }

    /// The starts of the words in lower-case letters written together, or empty when too few
    /// letters belong to known words. Cost: linear, at most a word's length a letter.
    ///
    /// @param leastKnown the share of letters that must, 0..1
    public List<Integer> starts(String letters, double leastKnown) {
        int n = Math.min(letters.length(), LONGEST_RUN);
        float[] best = new float[n + 1];
        int[] back = new int[n + 1];
        Arrays.fill(best, 1, n + 1, Float.MAX_VALUE);
        for (int start = 0; start < n; start++) {
            if (best[start] + UNKNOWN_LETTER < best[start + 1]) {
                best[start + 1] = best[start] + UNKNOWN_LETTER;
                back[start + 1] = -1;
            }
            walk(letters, start, n, best, back);
        }
        List<Integer> starts = new ArrayList<>();
        int covered = 0;
        for (int at = n; at > 0; ) {
            int start = back[at] < 0 ? at - 1 : back[at];
            covered += back[at] < 0 ? 0 : at - start;
            starts.add(start);
            at = start;
        }
        boolean isLanguage = covered >= n * leastKnown && starts.size() * 2.5 <= n;
        return isLanguage ? starts.reversed() : List.of();
    }

    private void walk(String letters, int start, int n, float[] best, int[] back) {
        int node = 0;
        for (int end = start; end < n; end++) {
            int letter = letters.charAt(end) - 'a';
            node = letter < 0 || letter > 25 ? 0 : next[node * 26 + letter];
            if (node == 0) {
                return;
            }
            float sum = best[start] + cost[node];
            if (cost[node] > 0 && sum < best[end + 1]) {
                best[end + 1] = sum;
                back[end + 1] = start;
            }
        }
    }

    /// The words that ship.
    public static Words shipped() {
        return Shipped.DATA;
    }

    private static final class Shipped {
        private static final Words DATA = new Words(Resources.lines(Words.class, "words.txt"));
    }
}
