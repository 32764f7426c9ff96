package dev.bartizan.robustness;

import java.time.Duration;
import java.util.Optional;

/// Examples to attack within a budget, whatever it is that answers.
///
/// @param examples in the units of the budget
/// @param ball how far each may be moved
/// @param seed of all randomness
/// @param rowsAtOnce examples that are attacked together
/// @param time after which no further examples are begun
public record Work(
        Examples examples, Ball ball, long seed, int rowsAtOnce, Optional<Duration> time) {
    /// Numbers of examples that are attacked together; attacks hold about a dozen copies of them.
    private static final int MOST_NUMBERS_AT_ONCE = 1 << 23;

    /// Rows of one part: no more than memory holds.
    int rowsOfPart() {
        return Math.clamp(MOST_NUMBERS_AT_ONCE / examples.width(), 1, rowsAtOnce);
    }
}
