package dev.bartizan.reports.page;

import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.markup.Markup;
import java.util.List;

/// The page about an attack on a model of tables: how many rows evade it at what cost, and what an
/// evasion looks like.
///
/// @param subject the model, as the user typed it
/// @param headline the result in one line
/// @param facts name and value
/// @param fields telling rows before and after, and the curve of costs
/// @param doubts what speaks against the counts; may be empty
/// @param command that makes the result again
public record EvasionPage(
        String subject,
        String headline,
        List<List<String>> facts,
        ChangedFields fields,
        List<String> doubts,
        String command) {
    public EvasionPage {
        facts = facts.stream().map(List::copyOf).toList();
        doubts = List.copyOf(doubts);
    }

    /// The page as one HTML file.
    public String write() {
        Markup markup = new Markup();
        Parts parts = new Parts(markup);
        return PageFrame.writeWithPictures(
                markup,
                "Attack on " + subject,
                () -> {
                    markup.element(
                                    "header",
                                    () -> {
                                        markup.text("p", "Bartizan attack", "class", "kicker")
                                                .line();
                                        markup.text("h1", subject + ": " + headline).line();
                                    })
                            .line();
                    markup.element("main", () -> main(markup, parts), "id", "main").line();
                });
    }

    private void main(Markup markup, Parts parts) {
        if (doubts.isEmpty()) {
            markup.text(
                            "p",
                            "Every evasion was asked of the model alone and keeps every constraint.")
                    .line();
        }
        doubts.forEach(doubt -> markup.text("p", "Do not rely on these counts: " + doubt).line());
        if (!fields.cases().isEmpty()) {
            parts.section(
                    "pictures",
                    "What an evasion looks like",
                    () ->
                            markup.element(
                                            "figure",
                                            () -> new ChangedRows(markup, parts).write(fields),
                                            "class",
                                            "changed")
                                    .line());
        }
        parts.section(
                "facts",
                "Result",
                () ->
                        parts.table(
                                "Result",
                                List.of("What", "Value"),
                                facts.stream()
                                        .map(row -> row.stream().map(parts::words).toList())
                                        .toList()));
        parts.section(
                "again",
                "The same again",
                () -> markup.element("p", () -> markup.text("code", command)));
    }
}
