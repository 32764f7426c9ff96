package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Fact;
import dev.bartizan.reports.markup.Markup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Evidence that bears on no threat, and the facts that the rules looked at: nothing that was seen
/// is left out of the report.
final class OtherEvidenceSection {
    private static final int MOST = 500;

    private final Markup markup;
    private final Parts parts;
    private final Assessment assessment;

    OtherEvidenceSection(Markup markup, Parts parts, Assessment assessment) {
        this.markup = markup;
        this.parts = parts;
        this.assessment = assessment;
    }

    void write() {
        Set<String> shown = new HashSet<>();
        for (AssessedThreat threat : assessment.threats()) {
            threat.evidence().forEach(evidence -> shown.add(evidence.id()));
        }
        List<Evidence> rest =
                assessment.evidence().stream()
                        .filter(evidence -> !shown.contains(evidence.id()))
                        .limit(MOST)
                        .toList();
        if (rest.isEmpty() && assessment.facts().isEmpty()) {
            return;
        }
        parts.section(
                "other",
                "What else is known",
                () -> {
                    if (!rest.isEmpty()) {
                        markup.element("details", () -> evidence(rest)).line();
                    }
                    if (!assessment.facts().isEmpty()) {
                        markup.element("details", this::facts).line();
                    }
                });
    }

    private void evidence(List<Evidence> rest) {
        markup.text("summary", "Evidence that bears on no threat: " + rest.size()).line();
        EvidenceBlock block = new EvidenceBlock(markup, parts, assessment);
        rest.forEach(evidence -> block.write(evidence, Optional.empty()));
    }

    private void facts() {
        List<Fact> facts = assessment.facts();
        String left = facts.size() > MOST ? ", the first " + MOST : "";
        markup.text("summary", "Facts: " + facts.size() + left).line();
        parts.table(
                "Facts declared and read",
                List.of("Element", "Fact", "Value", "Known from"),
                facts.stream().limit(MOST).map(this::row).toList());
    }

    private List<Markup.Content> row(Fact fact) {
        return List.of(
                parts.words(fact.element()),
                parts.words(fact.name()),
                parts.words(fact.value()),
                parts.words(fact.origin() + (fact.isDeclared() ? " (declared)" : " (read)")));
    }
}
