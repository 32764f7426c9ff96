package dev.bartizan.reports.page;

import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.List;

/// Small parts that every section of a page is made of.
final class Parts {
    private final Markup markup;

    Parts(Markup markup) {
        this.markup = markup;
    }

    /// A standing as symbol and word.
    void standing(Standing standing) {
        markup.element(
                "span",
                () -> {
                    icon(standing.word());
                    markup.text("span", standing.word());
                },
                "class",
                "chip s-" + standing.word());
    }

    /// A severity as word.
    void severity(Severity severity) {
        markup.text("span", severity.word(), "class", "severity v-" + severity.word());
    }

    /// The symbol of that name, for the eye only.
    void icon(String name) {
        markup.element(
                "svg",
                () -> markup.empty("use", "href", "#i-" + name),
                "class",
                "icon",
                "width",
                "16",
                "height",
                "16",
                "viewBox",
                "0 0 16 16",
                "aria-hidden",
                "true");
    }

    /// An outcome as word, in the colour of the standing it speaks for.
    void outcome(Outcome outcome) {
        Standing alike =
                switch (outcome) {
                    case Outcome.Confirmed _ -> Standing.CONFIRMED;
                    case Outcome.Withstood _ -> Standing.WITHSTOOD;
                    case Outcome.Cleared _ -> Standing.CLEARED;
                    case Outcome.Proved _ -> Standing.PROVED;
                    case Outcome.NotApplicable _ -> Standing.UNTESTED;
                    case Outcome.CouldNotTell _, Outcome.Failed _ -> Standing.UNDETERMINED;
                };
        markup.element(
                "span",
                () -> {
                    icon(alike.word());
                    markup.text("span", Words.name(outcome));
                },
                "class",
                "chip s-" + alike.word());
    }

    /// The mark of a simulation.
    void simulated() {
        markup.text("span", "simulated", "class", "chip simulated");
    }

    /// A command to type.
    void command(String command) {
        markup.element(
                "pre",
                () -> markup.element("code", () -> words(command.split(" "))),
                "class",
                "command");
    }

    /// Each word by itself, so that an option is not broken after its dashes.
    private void words(String[] words) {
        for (int i = 0; i < words.length; i++) {
            markup.text(i == 0 ? "" : " ").text("span", words[i]);
        }
    }

    /// A term and what it stands for.
    void entry(String term, Markup.Content content) {
        markup.element(
                        "div",
                        () -> {
                            markup.text("dt", term);
                            markup.element("dd", content);
                        })
                .line();
    }

    /// A term and a text; nothing when the text is blank.
    void entry(String term, String text) {
        if (!text.isBlank()) {
            entry(term, () -> markup.text(text));
        }
    }

    /// A table; in a narrow window its rows become blocks.
    void table(String caption, List<String> heads, List<List<Markup.Content>> rows) {
        markup.element(
                        "table",
                        () -> {
                            markup.text("caption", caption);
                            markup.element("thead", () -> heads(heads)).line();
                            markup.element("tbody", () -> rows.forEach(row -> row(heads, row)));
                        })
                .line();
    }

    private void heads(List<String> heads) {
        markup.element("tr", () -> heads.forEach(head -> markup.text("th", head, "scope", "col")));
    }

    /// A row of a table, its first cell naming the row. Each cell repeats the head of its column,
    /// for windows too narrow to show columns side by side.
    private void row(List<String> heads, List<Markup.Content> cells) {
        markup.element(
                        "tr",
                        () -> {
                            for (int i = 0; i < cells.size(); i++) {
                                cell(i, heads.get(i), cells.get(i));
                            }
                        })
                .line();
    }

    private void cell(int column, String head, Markup.Content content) {
        Markup.Content held = () -> markup.element("div", content);
        if (column == 0) {
            markup.element("th", held, "scope", "row", "data-head", head);
        } else {
            markup.element("td", held, "data-head", head);
        }
    }

    /// Content that is only text.
    Markup.Content words(String text) {
        return () -> markup.text(text);
    }

    /// A section of the page with its heading.
    void section(String id, String title, Markup.Content content) {
        markup.element(
                        "section",
                        () -> {
                            markup.text("h2", title, "id", id + "-title").line();
                            content.write();
                        },
                        "id",
                        id,
                        "aria-labelledby",
                        id + "-title")
                .line();
    }
}
