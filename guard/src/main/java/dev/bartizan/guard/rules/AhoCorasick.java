package dev.bartizan.guard.rules;

import java.util.Arrays;
import java.util.List;

/// Finds every occurrence of many patterns in one pass over a text.
///
/// Alfred V. Aho, Margaret J. Corasick: Efficient String Matching: An Aid to Bibliographic Search
/// (1975), with failure links (their algorithm 1). Edges lie in one open hash table, so memory
/// follows the patterns and not the alphabet. Where an ASCII character leads, failures included, is
/// kept in a row of the node once it was found out (their algorithm 4, as far as texts need it), so
/// a character costs one look-up, plus one step per occurrence found. Safe to share: rows are
/// filled by any thread, always with the same numbers.
public final class AhoCorasick {
    private static final int ASCII = 0x80;

    private final long[] edgeKeys;
    private final int[] edgeTargets;
    private final int mask;
    private final int[] fail;
    private final int[] pattern;
    private final int[] shorter;
    private final int[] ends;
    private final int[] lengths;
    private final byte[] columns = new byte[ASCII];
    private final int[][] rows;
    private final int width;
    private int nodes = 1;

    /// Takes an occurrence.
    @FunctionalInterface
    public interface Sink {
        /// Takes one occurrence.
        ///
        /// @param pattern index of the pattern
        /// @param start first character
        /// @param end character after the last
        void found(int pattern, int start, int end);
    }

    /// A machine for the patterns; a pattern's index is its place in the list.
    public AhoCorasick(List<String> patterns) {
        int most = 1 + patterns.stream().mapToInt(String::length).sum();
        int capacity = Integer.highestOneBit(most) * 4;
        edgeKeys = new long[capacity];
        Arrays.fill(edgeKeys, -1);
        edgeTargets = new int[capacity];
        mask = capacity - 1;
        fail = new int[most];
        pattern = new int[most];
        Arrays.fill(pattern, -1);
        shorter = new int[most];
        lengths = new int[patterns.size()];
        for (int p = 0; p < patterns.size(); p++) {
            lengths[p] = patterns.get(p).length();
            insert(patterns.get(p), p);
        }
        link(patterns);
        ends = shorter.clone();
        for (int node = 1; node < nodes; node++) {
            ends[node] = pattern[node] >= 0 ? node : shorter[node];
        }
        rows = new int[nodes][];
        width = columns(patterns) + 1;
    }

    /// Gives each ASCII character of a pattern a column from 1 on; tells how many there are.
    private int columns(List<String> patterns) {
        byte count = 0;
        for (String word : patterns) {
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (c < ASCII && columns[c] == 0) {
                    columns[c] = ++count;
                }
            }
        }
        return count;
    }

    private void insert(String word, int index) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern matches everywhere");
        }
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            int to = target(node, word.charAt(i));
            if (to < 0) {
                to = nodes++;
                put(node, word.charAt(i), to);
            }
            node = to;
        }
        if (pattern[node] >= 0) {
            throw new IllegalArgumentException("the same pattern twice: " + word);
        }
        pattern[node] = index;
    }

    /// Sets failure links by increasing depth: walks all patterns one character further each round.
    private void link(List<String> patterns) {
        int longest = Arrays.stream(lengths).max().orElse(0);
        int[] at = new int[patterns.size()];
        for (int depth = 0; depth < longest; depth++) {
            for (int p = 0; p < at.length; p++) {
                if (depth >= lengths[p]) {
                    continue;
                }
                char c = patterns.get(p).charAt(depth);
                int node = at[p];
                int to = target(node, c);
                fail[to] = depth == 0 ? 0 : step(fail[node], c);
                shorter[to] = pattern[fail[to]] >= 0 ? fail[to] : shorter[fail[to]];
                at[p] = to;
            }
        }
    }

    private int step(int from, char c) {
        int node = from;
        while (true) {
            int to = target(node, c);
            if (to >= 0) {
                return to;
            }
            if (node == 0) {
                return 0;
            }
            node = fail[node];
        }
    }

    private int target(int node, char c) {
        long key = (long) node << 16 | c;
        int slot = slot(key);
        while (edgeKeys[slot] != -1) {
            if (edgeKeys[slot] == key) {
                return edgeTargets[slot];
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    private void put(int node, char c, int to) {
        long key = (long) node << 16 | c;
        int slot = slot(key);
        while (edgeKeys[slot] != -1) {
            slot = slot + 1 & mask;
        }
        edgeKeys[slot] = key;
        edgeTargets[slot] = to;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & mask;
    }

    private int next(int node, char c) {
        int[] row = rows[node];
        if (row == null) {
            row = new int[width];
            rows[node] = row;
        }
        int known = row[columns[c]]; // one more than the node, so that 0 is not known
        if (known == 0) {
            known = step(node, c) + 1;
            row[columns[c]] = known;
        }
        return known - 1;
    }

    /// Reports every occurrence, by end and then longest first.
    public void scan(CharSequence text, Sink sink) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            node = c < ASCII ? columns[c] == 0 ? 0 : next(node, c) : step(node, c);
            for (int at = ends[node]; at != 0; at = shorter[at]) {
                sink.found(pattern[at], i + 1 - lengths[pattern[at]], i + 1);
            }
        }
    }
}
