package dev.bartizan.knowledge;

import dev.bartizan.core.Claim;

/// What a claim means.
///
/// @param claim its name
/// @param evidenceKind the kind of evidence that settles it, such as `artifact-scan`
/// @param weakness the weakness it is about, a few words
/// @param confirmed what a confirmation means, one sentence without a full stop
/// @param refuted what a refutation means, one sentence without a full stop
public record ClaimCard(
        Claim claim, String evidenceKind, String weakness, String confirmed, String refuted) {}
