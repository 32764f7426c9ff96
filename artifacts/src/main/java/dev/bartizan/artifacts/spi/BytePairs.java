package dev.bartizan.artifacts.spi;

import java.util.function.IntPredicate;

/// First two bytes of what is looked for among others, of up to 32 kinds: nearly every place is
/// none, and two tables are asked fastest.
public final class BytePairs {
    private static final int MOST_KINDS = Integer.SIZE;
    private static final int BYTES = 256;

    /// A bit for each kind that has the byte first, or second.
    private final int[] first = new int[BYTES];

    private final int[] second = new int[BYTES];
    private int kinds;

    /// No kinds yet.
    public BytePairs() {}

    /// Adds what starts with one byte and any of several after it.
    ///
    /// @param isSecond of values from 0 to 255
    public BytePairs with(int start, IntPredicate isSecond) {
        if (kinds == MOST_KINDS) {
            throw new IllegalStateException("More than " + MOST_KINDS + " kinds");
        }
        int kind = 1 << kinds++;
        first[start] |= kind;
        for (int b = 0; b < BYTES; b++) {
            second[b] |= isSecond.test(b) ? kind : 0;
        }
        return this;
    }

    /// The first place of a block from an index on where something may start, or the end. Of the
    /// byte at the end, which the block must have, it is asked whether it is a second.
    public int next(byte[] block, int from, int end) {
        int[] starts = first;
        int i = from;
        while (i < end) {
            int may = starts[block[i] & 0xff];
            if (may != 0 && (may & second[block[i + 1] & 0xff]) != 0) {
                return i;
            }
            i++;
        }
        return i;
    }
}
