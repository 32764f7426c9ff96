package dev.bartizan.reports.terminal;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.AttackPath;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of the summary between its first line and its coverage.
final class Sections {
    /// Confirmed threats that get a line of their own for the place and the fact.
    private static final int TOLD_AT_LENGTH = 3;

    private static final List<Standing> HELD_ORDER =
            List.of(Standing.WITHSTOOD, Standing.PROVED, Standing.CLEARED);

    private final Assessment assessment;
    private final Overview overview;
    private final int width;

    Sections(Assessment assessment, Overview overview, int width) {
        this.assessment = assessment;
        this.overview = overview;
        this.width = width;
    }

    /// The parts as they are read, from the top down.
    List<Section> inOrder() {
        return List.of(confirmed(), path(), held(), open(), ageing());
    }

    private Section confirmed() {
        List<List<Line>> items = new ArrayList<>();
        for (AssessedThreat threat : overview.confirmed()) {
            String name = "  ✗ " + severity(threat) + name(threat);
            String fact = Overview.place(assessment, threat) + ": " + fact(threat);
            items.add(
                    items.size() < TOLD_AT_LENGTH
                            ? List.of(Line.of(Tone.BAD, name), Line.of(Tone.PLAIN, "    " + fact))
                            : List.of(Line.of(Tone.BAD, name + " · " + fact)));
        }
        return new Section("Confirmed " + items.size(), Tone.BAD, items, List.of(), 3);
    }

    private Section path() {
        List<List<Line>> items = new ArrayList<>();
        if (overview.path().isPresent()) {
            AttackPath path = overview.path().get();
            items.add(
                    List.of(
                            Line.of(Tone.PLAIN, "  " + String.join(" → ", path.elements())),
                            Line.of(Tone.PLAIN, "  " + path.cutInWords())));
        } else if (!overview.confirmed().isEmpty()) {
            AssessedThreat worst = overview.confirmed().getFirst();
            items.add(
                    List.of(
                            Line.of(
                                    Tone.PLAIN,
                                    "  no flow from an untrusted element reaches "
                                            + worst.threat().at()
                                            + "; mend it there: "
                                            + worst.threat().mend())));
        }
        return new Section("The path that matters", Tone.STRONG, items, List.of(), 4);
    }

    private Section held() {
        List<List<Line>> items =
                overview.held().stream()
                        .sorted(
                                Comparator.comparingInt(
                                        threat -> HELD_ORDER.indexOf(threat.standing())))
                        .map(threat ->
                                List.of(
                                        Line.of(
                                                Tone.PLAIN,
                                                "  ✓ "
                                                        + threat.standing().word()
                                                        + "  "
                                                        + name(threat)
                                                        + ": "
                                                        + fact(threat))))
                        .toList();
        return new Section(
                "Held " + items.size() + counts(overview.held()), Tone.GOOD, items, List.of(), 0);
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
                                                        + name(threat)
                                                        + doubt(threat))))
                        .toList();
        List<Line> footer =
                overview.next()
                        .map(next ->
                                CommandLines.of("  best next ten minutes: ", next.command(), width))
                        .orElse(List.of());
        return new Section(
                "Nobody tested " + items.size() + counts(overview.open()),
                Tone.UNSURE,
                items,
                footer,
                2);
    }

    private Section ageing() {
        List<List<Line>> items =
                overview.ageing().stream()
                        .map(threat ->
                                List.of(
                                        Line.of(
                                                Tone.PLAIN,
                                                "  ~ "
                                                        + severity(threat)
                                                        + name(threat)
                                                        + " · "
                                                        + until(threat))))
                        .toList();
        return new Section("Stale or accepted " + items.size(), Tone.UNSURE, items, List.of(), 1);
    }

    private static String counts(List<AssessedThreat> threats) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        threats.forEach(threat -> counts.merge(threat.standing(), 1, Integer::sum));
        if (counts.size() < 2) {
            return "";
        }
        List<String> words = new ArrayList<>();
        counts.forEach((standing, count) -> words.add(count + " " + standing.word()));
        return " (" + String.join(", ", words) + ")";
    }

    private static String doubt(AssessedThreat threat) {
        return threat.standing() == Standing.UNTESTED
                ? ""
                : " · " + threat.standing().word() + ": " + threat.because();
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

    private static String name(AssessedThreat threat) {
        return threat.threat().title()
                + " · "
                + threat.threat().at()
                + (Overview.isSimulated(threat) ? " [simulated]" : "");
    }

    /// The counts and bound (95 % unless the report says otherwise) of what withstood, the check's
    /// own sentence for the rest.
    private static String fact(AssessedThreat threat) {
        Optional<Evidence> decisive = Overview.decisive(threat);
        if (decisive.isEmpty()) {
            return threat.because();
        }
        Evidence evidence = decisive.get();
        String brief = Words.brief(evidence.outcome());
        if (threat.standing() == Standing.WITHSTOOD && !brief.isEmpty()) {
            return brief;
        }
        return evidence.summary().isBlank()
                ? Words.outcome(evidence.outcome())
                : evidence.summary();
    }
}
