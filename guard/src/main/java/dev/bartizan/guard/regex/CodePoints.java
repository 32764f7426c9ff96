package dev.bartizan.guard.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A set of code points.
final class CodePoints {
    static final CodePoints ALL = new CodePoints(0, Character.MAX_CODE_POINT);
    static final CodePoints LINE = new CodePoints('\n', '\n').others();
    static final CodePoints DIGIT = new CodePoints('0', '9');
    static final CodePoints WORD = new CodePoints('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
    static final CodePoints SPACE = new CodePoints('\t', '\n', '\f', '\r', ' ', ' ');
    private static final int LONG_S = 0x17f;
    private static final int KELVIN = 0x212a;
    private final int[] edges;

    /// A set.
    ///
    /// @param edges first and last of each range in turn, sorted, apart from each other
    CodePoints(int... edges) {
        this.edges = edges.clone();
    }

    /// First and last of each range in turn.
    int[] edges() {
        return edges.clone();
    }

    static CodePoints one(int point) {
        return new CodePoints(point, point);
    }

    boolean has(int point) {
        int at = Arrays.binarySearch(edges, point);
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    CodePoints others() {
        int[] out = new int[edges.length + 2];
        int n = 0;
        int next = 0;
        for (int i = 0; i < edges.length; i += 2) {
            if (edges[i] > next) {
                out[n++] = next;
                out[n++] = edges[i] - 1;
            }
            next = edges[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            out[n++] = next;
            out[n++] = Character.MAX_CODE_POINT;
        }
        return new CodePoints(Arrays.copyOf(out, n));
    }

    CodePoints and(CodePoints other) {
        List<int[]> ranges = new ArrayList<>();
        for (int[] all : List.of(edges, other.edges)) {
            for (int i = 0; i < all.length; i += 2) {
                ranges.add(new int[] {all[i], all[i + 1]});
            }
        }
        ranges.sort((a, b) -> Integer.compare(a[0], b[0]));
        int[] out = new int[2 * ranges.size()];
        int n = 0;
        for (int[] range : ranges) {
            if (n > 0 && range[0] <= out[n - 1] + 1) {
                out[n - 1] = Math.max(out[n - 1], range[1]);
            } else {
                out[n++] = range[0];
                out[n++] = range[1];
            }
        }
        return new CodePoints(Arrays.copyOf(out, n));
    }

    /// The same with the other case of each letter.
    ///
    /// @throws UnsupportedOperationException when a letter is not one of ASCII
    CodePoints ofBothCases() {
        if (edges.length > 0 && edges[edges.length - 1] > 0x7f) {
            throw new UnsupportedOperationException("letters outside ASCII in either case");
        }
        CodePoints out = this;
        for (int lower = 'a'; lower <= 'z'; lower++) {
            int upper = lower - 'a' + 'A';
            if (has(lower) || has(upper)) {
                out = out.and(one(lower)).and(one(upper));
            }
        }
        out = has('s') || has('S') ? out.and(one(LONG_S)) : out;
        return has('k') || has('K') ? out.and(one(KELVIN)) : out;
    }

    boolean isOne() {
        return edges.length == 2 && edges[0] == edges[1];
    }

    /// Whether it goes up to the last code point.
    boolean hasAllAbove() {
        return edges.length > 0 && edges[edges.length - 1] == Character.MAX_CODE_POINT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePoints that && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return IntStream.of(edges).mapToObj(Integer::toHexString).toList().toString();
    }
}
