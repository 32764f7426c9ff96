package dev.bartizan.core.run;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Coverage;
import java.util.List;
import java.util.Optional;

/// Counts what is known of a threat model.
public final class CoverageNumbers {
    private CoverageNumbers() {}

    /// The numbers of these threats.
    public static Coverage of(
            List<AssessedThreat> threats, Optional<Coverage.Completeness> completeness) {
        double weight = 0;
        double adequateWeight = 0;
        int adequate = 0;
        for (AssessedThreat threat : threats) {
            int own = threat.threat().severity().weight();
            weight += own;
            if (threat.isAdequate()) {
                adequate++;
                adequateWeight += own;
            }
        }
        return new Coverage(threats.size(), adequate, weight, adequateWeight, completeness);
    }
}
