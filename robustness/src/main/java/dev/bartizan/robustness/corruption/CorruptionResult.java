package dev.bartizan.robustness.corruption;

import java.util.List;

/// How many answers stay right when images are changed without an attacker.
///
/// @param rows how many images
/// @param cleanCorrect answered rightly unchanged
/// @param counts for each corruption, in order
public record CorruptionResult(int rows, int cleanCorrect, List<Count> counts) {
    public CorruptionResult {
        counts = List.copyOf(counts);
    }

    /// Right answers under one corruption.
    ///
    /// @param corruption which
    /// @param correct by severity, from the mildest
    public record Count(Corruption corruption, List<Integer> correct) {
        public Count {
            correct = List.copyOf(correct);
        }
    }

    /// Share of right answers over all corruptions and severities, 0..1.
    public double meanAccuracy() {
        return counts.stream()
                        .flatMap(count -> count.correct().stream())
                        .mapToInt(Integer::intValue)
                        .average()
                        .orElse(0)
                / rows;
    }
}
