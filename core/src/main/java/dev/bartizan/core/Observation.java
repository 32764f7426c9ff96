package dev.bartizan.core;

import java.util.List;

/// What a check says of one claim. The runner seals it into {@link Evidence}.
///
/// @param claim what it speaks of
/// @param outcome what was seen
/// @param summary one line for people, facts first
/// @param findings located defects
/// @param raw material to keep
public record Observation(
        Claim claim,
        Outcome outcome,
        String summary,
        List<Finding> findings,
        List<RawMaterial> raw) {
    public Observation {
        findings = List.copyOf(findings);
        raw = List.copyOf(raw);
    }

    /// Without findings and material.
    public static Observation of(Claim claim, Outcome outcome, String summary) {
        return new Observation(claim, outcome, summary, List.of(), List.of());
    }
}
