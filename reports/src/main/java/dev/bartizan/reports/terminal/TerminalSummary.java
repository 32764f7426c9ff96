package dev.bartizan.reports.terminal;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.AttackPath;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `assess` prints: what can be verified first, in at most 25 lines. Confirmed threats as
/// facts with a place to look, the path that matters and where to cut it, what withstood with its
/// bound, what nobody tested and the best next step, what is stale or accepted and until when, the
/// gate.
public final class TerminalSummary {
    /// Most lines it ever has.
    public static final int MAX_LINES = 25;

    /// Width when nobody says otherwise, in columns.
    public static final int DEFAULT_WIDTH = 100;

    private static final int MIN_WIDTH = 40;

    private final ReportInput input;
    private final Assessment assessment;
    private final Overview overview;

    private TerminalSummary(ReportInput input) {
        this.input = input;
        this.assessment = input.assessment();
        this.overview = Overview.of(input);
    }

    /// How to print.
    ///
    /// @param width columns of the terminal; fewer than 40 count as 40
    /// @param colour whether to use colour
    public record Style(int width, Colour colour) {
        /// 100 columns without colour.
        public static final Style PLAIN = new Style(DEFAULT_WIDTH, Colour.NEVER);

        public Style {
            width = Math.max(width, MIN_WIDTH);
        }
    }

    /// Whether to use colour.
    public enum Colour {
        ALWAYS,
        NEVER
    }

    /// The lines, each with a line feed.
    public static String write(ReportInput input, Style style) {
        return new TerminalSummary(input)
                .lines().stream()
                        .map(line -> line.print(style))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<Line> lines() {
        List<Line> head = List.of(Line.of(Tone.STRONG, title()));
        List<Line> tail = new ArrayList<>();
        input.comparison().ifPresent(comparison -> tail.addAll(change(comparison)));
        tail.add(Line.of(Tone.PLAIN, coverage(assessment.coverage())));
        tail.add(gate(input.gate()));
        List<Section> sections = List.of(confirmed(), path(), held(), open(), ageing());
        int room = MAX_LINES - head.size() - tail.size();
        List<Line> lines = new ArrayList<>(head);
        lines.addAll(Section.fit(sections, room));
        lines.addAll(tail);
        return lines;
    }

    private String title() {
        long simulated = assessment.threats().stream().filter(Overview::isSimulated).count();
        return assessment.system().name()
                + " · "
                + Words.minute(assessment.at())
                + " · "
                + Words.count(assessment.system().elements().size(), "element", "elements")
                + ", "
                + Words.count(assessment.threats().size(), "threat", "threats")
                + " · "
                + assessment.system().environment()
                + (simulated == 0 ? "" : " · " + simulated + " answered by a simulation");
    }

    private Section confirmed() {
        List<List<Line>> items = new ArrayList<>();
        for (AssessedThreat threat : overview.confirmed()) {
            items.add(
                    List.of(
                            Line.of(
                                    Tone.BAD,
                                    "  ✗ "
                                            + severity(threat)
                                            + threat.threat().title()
                                            + " · "
                                            + threat.threat().at()
                                            + mark(threat)),
                            Line.of(
                                    Tone.PLAIN,
                                    "    "
                                            + Overview.place(assessment, threat)
                                            + ": "
                                            + fact(threat))));
        }
        return new Section("Confirmed", Tone.BAD, items, List.of());
    }

    private Section path() {
        List<List<Line>> items = new ArrayList<>();
        if (overview.path().isPresent()) {
            AttackPath path = overview.path().get();
            String cut =
                    path.cut()
                            .map(flow ->
                                    "cut it at "
                                            + flow.from()
                                            + " → "
                                            + flow.to()
                                            + (path.saves() > 1
                                                    ? ", which takes "
                                                            + path.saves()
                                                            + " confirmed threats out of reach"
                                                    : ""))
                            .orElse("no single flow cuts it: mend " + path.threat().threat().at());
            items.add(
                    List.of(
                            Line.of(Tone.PLAIN, "  " + String.join(" → ", path.elements())),
                            Line.of(Tone.PLAIN, "  " + cut)));
        } else if (!overview.confirmed().isEmpty()) {
            AssessedThreat worst = overview.confirmed().getFirst();
            items.add(List.of(Line.of(Tone.PLAIN, "  mend: " + worst.threat().mend())));
        }
        return new Section("The path that matters", Tone.STRONG, items, List.of()).unnumbered();
    }

    private Section held() {
        return new Section(
                "Held",
                Tone.GOOD,
                overview.held().stream()
                        .map(threat ->
                                List.of(
                                        Line.of(
                                                Tone.PLAIN,
                                                "  ✓ "
                                                        + threat.standing().word()
                                                        + "  "
                                                        + threat.threat().title()
                                                        + " · "
                                                        + threat.threat().at()
                                                        + mark(threat)
                                                        + ": "
                                                        + fact(threat))))
                        .toList(),
                List.of());
    }

    private Section open() {
        List<List<Line>> items =
                overview.open().stream()
                        .map(threat ->
                                List.of(
                                        Line.of(
                                                Tone.PLAIN,
                                                "  ? "
                                                        + severity(threat)
                                                        + threat.threat().title()
                                                        + " · "
                                                        + threat.threat().at()
                                                        + doubt(threat))))
                        .toList();
        List<Line> footer =
                overview.next()
                        .map(next ->
                                List.of(
                                        Line.of(
                                                Tone.STRONG,
                                                "  best next ten minutes: " + next.command())))
                        .orElse(List.of());
        return new Section("Nobody tested", Tone.UNSURE, items, footer);
    }

    private static String doubt(AssessedThreat threat) {
        return threat.standing() == Standing.UNTESTED
                ? ""
                : " · " + threat.standing().word() + ": " + threat.because();
    }

    private Section ageing() {
        return new Section(
                "Stale or accepted",
                Tone.UNSURE,
                overview.ageing().stream()
                        .map(threat ->
                                List.of(
                                        Line.of(
                                                Tone.PLAIN,
                                                "  ~ "
                                                        + severity(threat)
                                                        + threat.threat().title()
                                                        + " · "
                                                        + threat.threat().at()
                                                        + mark(threat)
                                                        + " · "
                                                        + until(threat))))
                        .toList(),
                List.of());
    }

    private static String until(AssessedThreat threat) {
        if (threat.standing() == Standing.ACCEPTED && threat.decision().isPresent()) {
            Decision decision = threat.decision().get();
            return "accepted until " + decision.until() + " by " + decision.owner();
        }
        return threat.standing().word() + ": " + threat.because();
    }

    private static String severity(AssessedThreat threat) {
        return threat.threat().severity().word() + "  ";
    }

    private static String mark(AssessedThreat threat) {
        return Overview.isSimulated(threat) ? " [simulated]" : "";
    }

    /// The summary for what a check saw with certainty, the counts and bound for the rest.
    private static String fact(AssessedThreat threat) {
        Optional<Evidence> decisive = Overview.decisive(threat);
        if (decisive.isEmpty()) {
            return threat.because();
        }
        Evidence evidence = decisive.get();
        return switch (threat.standing()) {
            case WITHSTOOD -> Words.outcome(evidence.outcome());
            case ACCEPTED, CONFIRMED, STALE, UNDETERMINED, CLEARED, PROVED, DECLARED, UNTESTED ->
                    evidence.summary().isBlank()
                            ? Words.outcome(evidence.outcome())
                            : evidence.summary();
        };
    }

    private List<Line> change(Comparison comparison) {
        List<Line> lines = new ArrayList<>();
        StringBuilder text =
                new StringBuilder("Since ")
                        .append(Words.minute(comparison.before().at()))
                        .append(": ")
                        .append(comparison.appeared().size())
                        .append(" new, ")
                        .append(comparison.changed().size())
                        .append(" changed, ")
                        .append(comparison.gone().size())
                        .append(" gone, ")
                        .append(comparison.unchanged().size())
                        .append(" unchanged");
        if (!comparison.removedElements().isEmpty()) {
            text.append("; removed: ").append(String.join(", ", comparison.removedElements()));
        }
        if (!comparison.addedElements().isEmpty()) {
            text.append("; added: ").append(String.join(", ", comparison.addedElements()));
        }
        lines.add(Line.of(Tone.PLAIN, text.toString()));
        comparison.coverageCaution().ifPresent(caution -> lines.add(Line.of(Tone.BAD, caution)));
        return lines;
    }

    private static String coverage(Coverage coverage) {
        String completeness =
                coverage.completeness()
                        .map(each -> each.declared() + " of " + each.discovered() + " discovered")
                        .orElse("nothing was discovered to compare with");
        return "Coverage: adequate "
                + Words.percent(coverage.adequateShare())
                + " ("
                + coverage.adequate()
                + " of "
                + coverage.threats()
                + ")"
                + ", risk-weighted "
                + Words.percent(coverage.riskWeightedShare())
                + ", model completeness: "
                + completeness;
    }

    private static Line gate(Gate gate) {
        if (!gate.isSet()) {
            return Line.of(Tone.PLAIN, "Gate: none set (--fail-on LEVEL sets one)");
        }
        String levels =
                gate.level().map(Severity::word).map(word -> "confirmed at " + word).orElse("")
                        + (gate.level().isPresent() && gate.untestedLevel().isPresent() ? ", " : "")
                        + gate.untestedLevel()
                                .map(Severity::word)
                                .map(word -> "untested at " + word)
                                .orElse("");
        if (gate.hasPassed()) {
            return Line.of(Tone.GOOD, "Gate passed (" + levels + ")");
        }
        String ids =
                gate.failing().stream()
                        .map(threat -> threat.threat().id())
                        .collect(Collectors.joining(", "));
        return Line.of(
                Tone.BAD,
                "Gate failed ("
                        + levels
                        + "): "
                        + Words.count(gate.failing().size(), "threat", "threats")
                        + ": "
                        + ids);
    }
}
