package dev.bartizan.reports.page;

import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
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

    /// The mark of a simulation.
    void simulated() {
        markup.text("span", "simulated", "class", "chip simulated");
    }

    /// A command to type.
    void command(String command) {
        markup.element(
                "pre", () -> markup.text("code", command), "class", "command", "tabindex", "0");
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

    /// A table inside a box that scrolls sideways by itself.
    void table(String caption, List<String> heads, Markup.Content rows) {
        markup.element(
                        "div",
                        () ->
                                markup.element(
                                        "table",
                                        () -> {
                                            markup.text("caption", caption);
                                            markup.element("thead", () -> heads(heads));
                                            markup.element("tbody", rows);
                                        }),
                        "class",
                        "scroll",
                        "tabindex",
                        "0",
                        "role",
                        "region",
                        "aria-label",
                        caption)
                .line();
    }

    private void heads(List<String> heads) {
        markup.element("tr", () -> heads.forEach(head -> markup.text("th", head, "scope", "col")));
    }

    /// A cell.
    void cell(Markup.Content content) {
        markup.element("td", content);
    }

    /// A cell of text.
    void cell(String text) {
        markup.text("td", text);
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
