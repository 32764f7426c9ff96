package dev.bartizan.reports;

import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.json.Json;
import java.time.Instant;
import java.util.List;

/// As much of an assessment as a later one is compared with.
///
/// @param system name of the system
/// @param at when it was assessed
/// @param elements ids, in the file's order
/// @param threats worst first
/// @param coverage how much was known
public record ComparableAssessment(
        String system,
        Instant at,
        List<String> elements,
        List<ComparableThreat> threats,
        Coverage coverage) {
    public ComparableAssessment {
        elements = List.copyOf(elements);
        threats = List.copyOf(threats);
    }

    /// As much of a threat as is compared.
    ///
    /// @param id its id
    /// @param rule id of its rule
    /// @param title one line
    /// @param at id of the element it is at
    /// @param severity how bad it would be
    /// @param standing how it stood
    /// @param applies whether it applied; false when a declared control mitigated it
    /// @param isAdequate whether it counted towards adequate coverage
    public record ComparableThreat(
            String id,
            String rule,
            String title,
            String at,
            Severity severity,
            Standing standing,
            boolean applies,
            boolean isAdequate) {
        /// The comparable part of a threat.
        public static ComparableThreat of(AssessedThreat assessed) {
            return new ComparableThreat(
                    Json.wellFormed(assessed.threat().id()),
                    Json.wellFormed(assessed.threat().rule()),
                    Json.wellFormed(assessed.threat().title()),
                    Json.wellFormed(assessed.threat().at()),
                    assessed.threat().severity(),
                    assessed.standing(),
                    assessed.threat().applicability() instanceof Applicability.Applies,
                    assessed.isAdequate());
        }
    }

    /// The comparable part of an assessment.
    public static ComparableAssessment of(Assessment assessment) {
        return new ComparableAssessment(
                Json.wellFormed(assessment.system().name()),
                assessment.at(),
                assessment.system().elements().keySet().stream().map(Json::wellFormed).toList(),
                assessment.threats().stream().map(ComparableThreat::of).toList(),
                assessment.coverage());
    }
}
