package dev.bartizan.reports.page;

import dev.bartizan.core.Coverage;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/// What changed since the earlier assessment.
final class ChangeSection {
    private final Markup markup;
    private final Parts parts;
    private final Comparison comparison;

    ChangeSection(Markup markup, Parts parts, Comparison comparison) {
        this.markup = markup;
        this.parts = parts;
        this.comparison = comparison;
    }

    void write() {
        parts.section("changes", "What changed", this::content);
    }

    private void content() {
        Coverage before = comparison.before().coverage();
        Coverage now = comparison.now().coverage();
        markup.text(
                        "p",
                        Words.changes(comparison)
                                + ". Adequate coverage "
                                + Words.percent(before.adequateShare())
                                + " before, "
                                + Words.percent(now.adequateShare())
                                + " now; risk-weighted "
                                + Words.percent(before.riskWeightedShare())
                                + " before, "
                                + Words.percent(now.riskWeightedShare())
                                + " now.")
                .line();
        comparison
                .coverageCaution()
                .ifPresent(caution -> markup.text("p", caution, "class", "caution").line());
        elements("Elements removed", comparison.removedElements());
        elements("Elements added", comparison.addedElements());
        boolean isSame =
                comparison.appeared().isEmpty()
                        && comparison.changed().isEmpty()
                        && comparison.gone().isEmpty();
        if (!isSame) {
            parts.table(
                    "Threats that changed", List.of("Change", "Threat", "Before", "Now"), rows());
        }
    }

    private void elements(String title, List<String> ids) {
        if (!ids.isEmpty()) {
            markup.text("p", title + ": " + String.join(", ", ids) + ".").line();
        }
    }

    private List<List<Markup.Content>> rows() {
        List<List<Markup.Content>> rows = new ArrayList<>();
        comparison.appeared().forEach(threat -> rows.add(row("new", threat, "", stood(threat))));
        comparison
                .changed()
                .forEach(change ->
                        rows.add(
                                row(
                                        "changed",
                                        change.now(),
                                        stood(change.before()),
                                        stood(change.now()))));
        comparison.gone().forEach(threat -> rows.add(row("gone", threat, stood(threat), "")));
        return rows;
    }

    private static String stood(ComparableThreat threat) {
        return threat.standing().word() + ", " + threat.severity().word();
    }

    private List<Markup.Content> row(
            String change, ComparableThreat threat, String before, String now) {
        Markup.Content title =
                () -> {
                    if (now.isEmpty()) {
                        markup.text(threat.title());
                    } else {
                        markup.text("a", threat.title(), "href", "#" + threat.id());
                    }
                    markup.text(" at " + threat.at());
                };
        return List.of(
                parts.words(change),
                title,
                parts.words(before.isEmpty() ? "was not there" : before),
                parts.words(now.isEmpty() ? "no longer there" : now));
    }
}
