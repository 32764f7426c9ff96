package dev.bartizan.guard.text;

import java.util.Arrays;

/// Collects the characters of a view with their places.
final class ViewBuilder {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    ViewBuilder(int expectedLength) {
        text = new StringBuilder(expectedLength);
        starts = new int[expectedLength + 16];
        ends = new int[expectedLength + 16];
    }

    int length() {
        return text.length();
    }

    void add(char c, int start, int end) {
        int at = text.length();
        if (at == starts.length) {
            starts = Arrays.copyOf(starts, at * 2);
            ends = Arrays.copyOf(ends, at * 2);
        }
        starts[at] = start;
        ends[at] = end;
        text.append(c);
    }

    void add(CharSequence several, int start, int end) {
        for (int i = 0; i < several.length(); i++) {
            add(several.charAt(i), start, end);
        }
    }

    void addPoint(int codePoint, int start, int end) {
        if (Character.isBmpCodePoint(codePoint)) {
            add((char) codePoint, start, end);
            return;
        }
        add(Character.highSurrogate(codePoint), start, end);
        add(Character.lowSurrogate(codePoint), start, end);
    }

    void copy(View from, int begin, int end) {
        int at = text.length();
        int needed = at + end - begin;
        if (needed > starts.length) {
            starts = Arrays.copyOf(starts, Math.max(needed, at * 2));
            ends = Arrays.copyOf(ends, starts.length);
        }
        from.places(begin, end, starts, ends, at);
        text.append(from.text(), begin, end);
    }

    View build(int originalLength) {
        return new View(text.toString(), starts, ends, originalLength);
    }
}
