package dev.bartizan.guard.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A state of the deterministic automaton: the steps that are alive, the best first, and what was
/// read last. Safe to share: the table of next states is filled in by any thread, always with the
/// same state.
final class State {
    final int[] steps;
    final Behind behind;
    final boolean isMatch;
    final @Nullable State[] next;

    /// What lies behind a reader.
    enum Behind {
        EDGE,
        WORD,
        OTHER
    }

    /// A state.
    ///
    /// @param steps steps alive
    /// @param behind what was read last
    /// @param isMatch whether a match ended before the symbol that was read last
    /// @param symbols how many symbols there are
    State(int[] steps, Behind behind, boolean isMatch, int symbols) {
        this.steps = steps;
        this.behind = behind;
        this.isMatch = isMatch;
        this.next = new State[symbols];
    }

    /// Whether nothing more can be found.
    boolean isDead() {
        return steps.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that
                && isMatch == that.isMatch
                && behind == that.behind
                && Arrays.equals(steps, that.steps);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(steps) * 31 + behind.hashCode()) * 2 + (isMatch ? 1 : 0);
    }
}
