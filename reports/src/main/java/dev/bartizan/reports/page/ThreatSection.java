package dev.bartizan.reports.page;

import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Standing;
import dev.bartizan.core.Threat;
import dev.bartizan.reports.Commands;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every threat: how it stands and why, the facts that fired it, its evidence, how to mend it.
final class ThreatSection {
    private static final List<Standing> ORDER =
            List.of(
                    Standing.CONFIRMED,
                    Standing.STALE,
                    Standing.UNDETERMINED,
                    Standing.UNTESTED,
                    Standing.DECLARED,
                    Standing.ACCEPTED,
                    Standing.WITHSTOOD,
                    Standing.CLEARED,
                    Standing.PROVED);

    private final Markup markup;
    private final Parts parts;
    private final ReportInput input;
    private final Assessment assessment;
    private final EvidenceBlock evidence;

    ThreatSection(Markup markup, Parts parts, ReportInput input) {
        this.markup = markup;
        this.parts = parts;
        this.input = input;
        this.assessment = input.assessment();
        this.evidence = new EvidenceBlock(markup, parts, assessment);
    }

    void write() {
        List<AssessedThreat> threats =
                assessment.threats().stream()
                        .sorted(
                                Comparator.comparingInt((AssessedThreat each) ->
                                                ORDER.indexOf(each.standing()))
                                        .thenComparing(Overview.WORST_FIRST))
                        .toList();
        parts.section(
                "threats",
                "Every threat",
                () -> {
                    if (threats.isEmpty()) {
                        markup.text("p", "No rule applies to this system.");
                        return;
                    }
                    meanings();
                    threats.forEach(this::threat);
                });
    }

    private void meanings() {
        markup.element(
                        "details",
                        () -> {
                            markup.text("summary", "What the standings mean");
                            markup.element(
                                    "dl",
                                    () -> {
                                        for (Standing standing : ORDER) {
                                            parts.entry(standing.word(), Words.meaning(standing));
                                        }
                                    },
                                    "class",
                                    "facts");
                        })
                .line();
    }

    private void threat(AssessedThreat threat) {
        Markup.Content content =
                () -> {
                    markup.element("summary", () -> summary(threat)).line();
                    markup.element("div", () -> body(threat), "class", "body");
                };
        markup.element(
                        "article",
                        () -> {
                            if (threat.standing() == Standing.CONFIRMED) {
                                markup.element("details", content, "open", "open");
                            } else {
                                markup.element("details", content);
                            }
                        },
                        "class",
                        "threat s-" + threat.standing().word(),
                        "id",
                        threat.threat().id())
                .line();
    }

    private void summary(AssessedThreat threat) {
        parts.standing(threat.standing());
        markup.text(" ");
        parts.severity(threat.threat().severity());
        markup.text(" ");
        markup.text("h3", threat.threat().title());
        markup.text(" ");
        markup.text("span", "at " + threat.threat().at(), "class", "at");
        if (Overview.isSimulated(threat)) {
            markup.text(" ");
            parts.simulated();
        }
        input.comparison()
                .ifPresent(comparison -> {
                    markup.text(" ");
                    markup.text(
                            "span",
                            Words.state(comparison.stateOf(threat.threat().id())),
                            "class",
                            "chip state");
                });
    }

    private void body(AssessedThreat assessed) {
        Threat threat = assessed.threat();
        markup.text("p", assessed.because(), "class", "because").line();
        assessed.decision().ifPresent(decision -> decision(assessed, decision));
        markup.text("h4", "Why it matters").line();
        markup.text("p", threat.why()).line();
        markup.text("h4", "How to mend it").line();
        markup.text("p", threat.mend()).line();
        path(threat);
        markup.text("h4", "Why it applies").line();
        applicability(threat.applicability());
        markup.text("h4", "Evidence").line();
        if (assessed.evidence().isEmpty()) {
            markup.text("p", "None. " + Words.meaning(Standing.UNTESTED)).line();
        }
        evidence(assessed);
        markup.text("h4", "References").line();
        references(assessed);
    }

    /// The newest of each claim and source in full, what it replaced folded away.
    private void evidence(AssessedThreat assessed) {
        List<Evidence> newest = new ArrayList<>();
        List<Evidence> earlier = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Evidence each : assessed.evidence()) {
            String subject =
                    each.claim() + "\n" + each.element() + "\n" + Words.source(each.source());
            (seen.add(subject) ? newest : earlier).add(each);
        }
        Optional<Double> tolerance = Optional.of(assessed.threat().tolerance());
        newest.forEach(each -> evidence.write(each, tolerance));
        if (earlier.isEmpty()) {
            return;
        }
        markup.element(
                        "details",
                        () -> {
                            markup.text("summary", "Earlier evidence: " + earlier.size());
                            earlier.forEach(each -> evidence.write(each, tolerance));
                        },
                        "class",
                        "earlier")
                .line();
    }

    private void decision(AssessedThreat assessed, Decision decision) {
        String held =
                assessed.standing() == Standing.ACCEPTED ? "until " : "expired or void, was until ";
        markup.text(
                        "p",
                        "Decision: "
                                + decision.action().word()
                                + ", by "
                                + decision.owner()
                                + (decision.second().isEmpty() ? "" : " and " + decision.second())
                                + ", "
                                + held
                                + decision.until()
                                + ". "
                                + decision.reason(),
                        "class",
                        "decision")
                .line();
    }

    private void path(Threat threat) {
        if (threat.path().isEmpty()) {
            return;
        }
        String way =
                threat.path().getFirst().from()
                        + threat.path().stream()
                                .map(Flow::to)
                                .map(to -> " → " + to)
                                .collect(Collectors.joining());
        markup.text("h4", "The way in").line();
        markup.text("p", way).line();
    }

    private void applicability(Applicability applicability) {
        switch (applicability) {
            case Applicability.Applies _ -> {}
            case Applicability.Mitigated mitigated ->
                    markup.text(
                                    "p",
                                    "A declared control stands against it: "
                                            + String.join(", ", mitigated.controls())
                                            + ".")
                            .line();
            case Applicability.DoesNotApply not -> markup.text("p", not.reason()).line();
        }
        if (applicability.facts().isEmpty()) {
            markup.text("p", "The rule asks for no fact beyond the kind of element.").line();
            return;
        }
        parts.table(
                "Facts that decided it",
                List.of("Element", "Fact", "Value", "Known from"),
                applicability.facts().stream().map(this::row).toList());
    }

    private List<Markup.Content> row(Fact fact) {
        return List.of(
                parts.words(fact.element()),
                parts.words(fact.name()),
                parts.words(fact.value()),
                parts.words(fact.origin() + (fact.isDeclared() ? " (declared)" : " (read)")));
    }

    private void references(AssessedThreat assessed) {
        Threat threat = assessed.threat();
        markup.element(
                        "dl",
                        () -> {
                            parts.entry("Threat", threat.id());
                            parts.entry("Rule", threat.rule());
                            threat.mappings()
                                    .forEach((catalogue, ids) ->
                                            parts.entry(
                                                    Words.catalogue(catalogue),
                                                    String.join(", ", ids)));
                            parts.entry(
                                    "Explain",
                                    () ->
                                            parts.command(
                                                    Commands.explain(
                                                            assessment.system(), assessed)));
                        },
                        "class",
                        "facts")
                .line();
    }
}
