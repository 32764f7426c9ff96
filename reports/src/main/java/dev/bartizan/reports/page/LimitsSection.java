package dev.bartizan.reports.page;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.List;

/// What was not run and why, what broke, and the anchor of the ledger.
final class LimitsSection {
    private final Markup markup;
    private final Parts parts;
    private final Assessment assessment;

    LimitsSection(Markup markup, Parts parts, Assessment assessment) {
        this.markup = markup;
        this.parts = parts;
        this.assessment = assessment;
    }

    void write() {
        parts.section("limits", "What was not run, and why", this::limits);
        parts.section("ledger", "Ledger", this::ledger);
    }

    private void limits() {
        List<Evidence> failed =
                assessment.evidence().stream()
                        .filter(evidence -> evidence.outcome() instanceof Outcome.Failed)
                        .toList();
        if (assessment.notes().isEmpty() && failed.isEmpty()) {
            markup.text("p", "Every check that applies was run, and none broke.");
            return;
        }
        markup.element(
                        "ul",
                        () -> {
                            assessment.notes().forEach(note -> markup.text("li", note).line());
                            failed.forEach(this::failed);
                        })
                .line();
    }

    private void failed(Evidence evidence) {
        markup.text(
                        "li",
                        Words.capital(Words.source(evidence.source()))
                                + " at "
                                + evidence.element()
                                + ": "
                                + Words.outcome(evidence.outcome()))
                .line();
    }

    private void ledger() {
        markup.text(
                        "p",
                        "Every piece of evidence is a line of an append-only ledger. Whoever keeps"
                                + " this anchor can show later that none was changed or dropped:"
                                + " give it to bartizan log verify --anchor.")
                .line();
        markup.element(
                "pre",
                () -> {
                    for (String line : assessment.anchor().lines().toList()) {
                        markup.text("code", line).line();
                    }
                },
                "class",
                "anchor",
                "tabindex",
                "0");
    }
}
