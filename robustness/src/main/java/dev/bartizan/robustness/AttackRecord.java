package dev.bartizan.robustness;

/// What one attack did.
///
/// @param name of the attack
/// @param tried examples it was given
/// @param broken of these, broken by it and confirmed by the original file
/// @param queries examples scored
/// @param gradients examples whose gradient was taken
/// @param millis wall time
public record AttackRecord(
        String name, int tried, int broken, long queries, long gradients, long millis) {
    /// Both together, for the same attack on other examples.
    AttackRecord plus(AttackRecord other) {
        return new AttackRecord(
                name,
                tried + other.tried,
                broken + other.broken,
                queries + other.queries,
                gradients + other.gradients,
                millis + other.millis);
    }
}
