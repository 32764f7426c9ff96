package dev.bartizan.core;

import java.util.Optional;

/// How much of a threat model is known. Three numbers, never one.
///
/// @param threats threats that apply
/// @param adequate of these, threats whose evidence is fresh and strong: cleared, proved, or
///   withstood with an upper bound below the tolerance by a check whose own recall is known
/// @param weight summed severity weight of the threats that apply
/// @param adequateWeight of this, the weight of the adequately covered
/// @param completeness declared and discovered elements, when something was discovered
public record Coverage(
        int threats,
        int adequate,
        double weight,
        double adequateWeight,
        Optional<Completeness> completeness) {
    /// Adequate coverage, 0..1; 1 when no threat applies.
    public double adequateShare() {
        return threats == 0 ? 1 : (double) adequate / threats;
    }

    /// Risk-weighted coverage, 0..1; 1 when no threat applies.
    public double riskWeightedShare() {
        return weight == 0 ? 1 : adequateWeight / weight;
    }

    /// How much of what was discovered is declared.
    public record Completeness(int declared, int discovered) {}
}
