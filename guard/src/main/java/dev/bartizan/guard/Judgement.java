package dev.bartizan.guard;

import java.util.List;

/// What all stages said of one part.
///
/// @param verdict about injection and jailbreak
/// @param score how likely an attack is, 0..1; the flagging threshold is 0.5
/// @param findings everything seen, in order of place
public record Judgement(Verdict verdict, double score, List<Detection> findings) {
    /// Copies the list.
    public Judgement {
        findings = List.copyOf(findings);
    }
}
