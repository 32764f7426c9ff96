package dev.bartizan.reports.page;

import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.markup.Markup;
import java.util.List;

/// Rows of a table before and after an attack, side by side with the scores, and what the attack
/// costs.
final class ChangedRows {
    private final Markup markup;
    private final Parts parts;

    ChangedRows(Markup markup, Parts parts) {
        this.markup = markup;
        this.parts = parts;
    }

    void write(ChangedFields fields) {
        markup.element(
                        "div",
                        () -> fields.cases().forEach(each -> row(fields, each)),
                        "class",
                        "cards")
                .line();
        new CostCurve(markup).draw(fields.curve());
    }

    private void row(ChangedFields fields, ChangedFields.Case row) {
        markup.element(
                        "div",
                        () -> {
                            markup.text(
                                            "h3",
                                            row.name()
                                                    + ": from "
                                                    + row.before().answer()
                                                    + " to "
                                                    + row.after().answer()
                                                    + " for "
                                                    + row.cost())
                                    .line();
                            markup.element("div", () -> scores(fields, row), "class", "scores")
                                    .line();
                            parts.table(
                                    "Every other field stays as it is",
                                    List.of("Field", "Before", "After"),
                                    row.fields().stream().map(this::field).toList());
                        },
                        "class",
                        "card")
                .line();
    }

    private List<Markup.Content> field(ChangedFields.Field field) {
        return List.of(
                () -> {
                    markup.text("strong", field.name());
                    if (!field.note().isEmpty()) {
                        markup.text(" ");
                        markup.text("small", field.note());
                    }
                },
                () -> markup.text("s", field.before()),
                () -> markup.text("mark", field.after()));
    }

    private void scores(ChangedFields fields, ChangedFields.Case row) {
        ScoreBar bar = new ScoreBar(markup, fields.threshold());
        bar.draw("Before", row.before());
        bar.draw("After", row.after());
    }
}
