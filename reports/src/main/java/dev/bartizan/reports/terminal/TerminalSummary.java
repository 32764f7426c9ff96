package dev.bartizan.reports.terminal;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What `assess` prints: what can be verified first, in at most 25 lines. Confirmed threats as
/// facts with a place to look, the path that matters and where to cut it, what withstood with its
/// bound, what nobody tested and the best next step, what is stale or accepted and until when, the
/// gate.
public final class TerminalSummary {
    /// Most lines it ever has.
    public static final int MAX_LINES = 24;

    /// Width when nobody says otherwise, in columns.
    public static final int DEFAULT_WIDTH = 100;

    private static final int MIN_WIDTH = 40;
    private static final int MOST_CAUTION = 3;

    private final ReportInput input;
    private final Assessment assessment;

    private TerminalSummary(ReportInput input) {
        this.input = input;
        this.assessment = input.assessment();
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
                .lines(style.width()).stream()
                        .map(line -> line.print(style))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<Line> lines(int width) {
        Line head = Line.of(Tone.STRONG, title());
        List<Line> tail = new ArrayList<>();
        input.comparison().ifPresent(comparison -> tail.addAll(change(comparison, width)));
        tail.add(Line.of(Tone.PLAIN, coverage(assessment.coverage())));
        tail.add(gate(input.gate()));
        List<Section> sections = new Sections(assessment, Overview.of(input), width).inOrder();
        List<Line> lines = new ArrayList<>();
        lines.add(head);
        lines.addAll(Section.fit(sections, MAX_LINES - 1 - tail.size()));
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

    private static List<Line> change(Comparison comparison, int width) {
        List<Line> lines = new ArrayList<>();
        String removed =
                comparison.removedElements().isEmpty()
                        ? ""
                        : "; removed: " + String.join(", ", comparison.removedElements());
        String added =
                comparison.addedElements().isEmpty()
                        ? ""
                        : "; added: " + String.join(", ", comparison.addedElements());
        lines.add(Line.of(Tone.PLAIN, Words.changes(comparison) + removed + added));
        comparison.coverageCaution().stream()
                .flatMap(caution -> Columns.wrap(caution, width).stream())
                .limit(MOST_CAUTION)
                .forEach(line -> lines.add(Line.of(Tone.BAD, line)));
        return lines;
    }

    private static String coverage(Coverage coverage) {
        if (coverage.threats() == 0) {
            return "Coverage: nothing to cover, for no threat applies";
        }
        String completeness =
                coverage.completeness()
                        .map(each -> each.declared() + " of " + each.discovered() + " discovered")
                        .orElse("unknown, nothing was discovered");
        return "Coverage: adequate "
                + Words.percent(coverage.adequateShare())
                + " ("
                + coverage.adequate()
                + " of "
                + coverage.threats()
                + "), risk-weighted "
                + Words.percent(coverage.riskWeightedShare())
                + ", model completeness "
                + completeness;
    }

    private static Line gate(Gate gate) {
        if (!gate.isSet()) {
            return Line.of(Tone.PLAIN, "Gate: none set (--fail-on LEVEL sets one)");
        }
        if (gate.hasPassed()) {
            return Line.of(Tone.GOOD, Words.gate(gate));
        }
        String ids =
                gate.failing().stream()
                        .map(threat -> threat.threat().id())
                        .collect(Collectors.joining(", "));
        String voids =
                gate.failingInSpiteOfDecision().stream()
                        .limit(1)
                        .map(threat -> "; " + threat.threat().id() + ": " + threat.because())
                        .collect(Collectors.joining());
        return Line.of(Tone.BAD, Words.gate(gate) + ": " + ids + voids);
    }
}
