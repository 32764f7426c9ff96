package dev.bartizan.artifacts.pickle;

import java.util.BitSet;

/// Where the opcodes of a stream start. A stream that is read from one of its own opcodes on calls
/// nothing that the whole of it does not: what it calls was put on the stack behind that place.
/// Only numbers that the memo counts by itself may then mean something else.
final class Starts {
    private static final int MEMOIZE = 0x94;

    private final BitSet offsets = new BitSet();
    private boolean counts;
    private boolean fetches;

    void opcode(int op, long at) {
        offsets.set((int) at);
        counts |= op == MEMOIZE;
        fetches |= op == 'h' || op == 'j' || op == 'g';
    }

    /// Whether an opcode starts at an offset, so that nothing new is to be learned from there on.
    boolean has(long at) {
        return at >= 0 && at <= Integer.MAX_VALUE && !(counts && fetches) && offsets.get((int) at);
    }
}
