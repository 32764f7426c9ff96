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
/// @param ways that data or authority can take and should not
/// @param kept where pictures are read that evidence keeps
public record ReportInput(
        Assessment assessment,
        Optional<Comparison> comparison,
        Gate gate,
        List<Offer> offers,
        List<WitnessWay> ways,
        KeptFiles kept) {
    public ReportInput {
        offers = List.copyOf(offers);
        ways = List.copyOf(ways);
    }

    /// Without an analysis of ways.
    public ReportInput(
            Assessment assessment, Optional<Comparison> comparison, Gate gate, List<Offer> offers) {
        this(assessment, comparison, gate, offers, List.of(), KeptFiles.NONE);
    }

    /// Without pictures.
    public ReportInput(
            Assessment assessment,
            Optional<Comparison> comparison,
            Gate gate,
            List<Offer> offers,
            List<WitnessWay> ways) {
        this(assessment, comparison, gate, offers, ways, KeptFiles.NONE);
    }

    /// An assessment alone: no earlier one, no gate.
    public static ReportInput of(Assessment assessment) {
        return new ReportInput(assessment, Optional.empty(), Gate.none(), List.of());
    }
}
