package dev.bartizan.reports;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a pipeline was told to stop at, and what stopped it.
///
/// @param level confirmed threats as bad as this fail it; empty when the user set no gate
/// @param untestedLevel threats as bad as this that no valid test answers fail it; empty when unset
/// @param failing what failed it, worst first
public record Gate(
        Optional<Severity> level, Optional<Severity> untestedLevel, List<AssessedThreat> failing) {
    private static final Set<Standing> UNANSWERED =
            EnumSet.of(Standing.UNTESTED, Standing.STALE, Standing.UNDETERMINED);

    public Gate {
        failing = List.copyOf(failing);
    }

    /// No gate was set.
    public static Gate none() {
        return new Gate(Optional.empty(), Optional.empty(), List.of());
    }

    /// Applies the levels to an assessment. Untested, stale and undetermined threats count as
    /// unanswered: none of them has a valid test.
    public static Gate of(
            Assessment assessment, Optional<Severity> level, Optional<Severity> untestedLevel) {
        List<AssessedThreat> failing =
                assessment.threats().stream()
                        .filter(threat ->
                                level.filter(threat::failsAt).isPresent()
                                        || untestedLevel
                                                .filter(at -> isUnanswered(threat, at))
                                                .isPresent())
                        .sorted(Overview.WORST_FIRST)
                        .toList();
        return new Gate(level, untestedLevel, failing);
    }

    private static boolean isUnanswered(AssessedThreat threat, Severity level) {
        return UNANSWERED.contains(threat.standing())
                && threat.threat().severity().isAtLeast(level);
    }

    /// Threats that fail it although somebody decided about them: the decision ran out or does not
    /// count, as {@link AssessedThreat#because} says.
    public List<AssessedThreat> failingInSpiteOfDecision() {
        return failing.stream().filter(threat -> threat.decision().isPresent()).toList();
    }

    /// Whether the user asked for one.
    public boolean isSet() {
        return level.isPresent() || untestedLevel.isPresent();
    }

    /// Whether nothing failed it.
    public boolean hasPassed() {
        return failing.isEmpty();
    }
}
