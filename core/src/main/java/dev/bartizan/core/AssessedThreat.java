package dev.bartizan.core;

import java.util.List;
import java.util.Optional;

/// A threat with what is known of it.
///
/// @param threat the threat
/// @param standing how it stands
/// @param because why it stands so, one sentence for people
/// @param evidence what bears on it, newest first
/// @param decision the decision about it, expired or not
/// @param isAdequate whether it counts towards adequate coverage
public record AssessedThreat(
        Threat threat,
        Standing standing,
        String because,
        List<Evidence> evidence,
        Optional<Decision> decision,
        boolean isAdequate) {
    public AssessedThreat {
        evidence = List.copyOf(evidence);
    }

    /// Whether the gate counts it at that level: confirmed, and no valid decision.
    public boolean failsAt(Severity level) {
        return standing == Standing.CONFIRMED && threat.severity().compareTo(level) >= 0;
    }
}
