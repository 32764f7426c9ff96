package dev.bartizan.reports;

import dev.bartizan.core.Assessment;
import java.util.List;
import java.util.Optional;

/// What a report is made from.
///
/// @param assessment what was found
/// @param comparison with an earlier assessment, when the user named one
/// @param gate what the pipeline was told to stop at
/// @param offers the checks that could be run, from which the next step is chosen
public record ReportInput(
        Assessment assessment, Optional<Comparison> comparison, Gate gate, List<Offer> offers) {
    public ReportInput {
        offers = List.copyOf(offers);
    }

    /// An assessment alone: no earlier one, no gate.
    public static ReportInput of(Assessment assessment) {
        return new ReportInput(assessment, Optional.empty(), Gate.none(), List.of());
    }
}
