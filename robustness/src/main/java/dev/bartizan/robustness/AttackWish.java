package dev.bartizan.robustness;

import java.util.List;
import java.util.OptionalInt;

/// What somebody wants attacked how.
///
/// @param norm of the budget
/// @param tier when no attacks are named
/// @param names of attacks, in order; empty for those of the tier
/// @param isMinimal whether the smallest changes are wanted instead of those within a budget
/// @param isTargeted whether only one wrong answer counts
/// @param queries most questions for each example of attacks without gradients; empty for the usual
/// @param tells what the classifier gives away
public record AttackWish(
        Norm norm,
        Tier tier,
        List<String> names,
        boolean isMinimal,
        boolean isTargeted,
        OptionalInt queries,
        Tells tells) {
    public AttackWish {
        names = List.copyOf(names);
    }

    /// What a classifier gives away.
    public enum Tells {
        /// Everything: it is a file.
        GRADIENTS,
        /// A number for each class.
        SCORES,
        /// The class alone.
        ANSWERS
    }
}
