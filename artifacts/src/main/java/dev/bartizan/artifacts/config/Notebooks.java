package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/// Jupyter notebooks (nbformat 4): what their cells run, and markup in kept outputs that a viewer
/// would run.
final class Notebooks {
    private static final String SHELL_LINES = "(?m)^\\s*(!|%%bash|%%sh|%%script|%sx)";

    private Notebooks() {}

    static void look(Json root, Notes notes) {
        List<Json> cells = root.items("cells");
        if (cells.isEmpty() || root.get("nbformat").isEmpty()) {
            return;
        }
        notes.format("notebook", true);
        for (int i = 0; i < cells.size(); i++) {
            Json cell = cells.get(i);
            String place = notes.item().path() + "#cells[" + i + "]";
            if (cell.text("cell_type").orElse("").equals("code")) {
                code(text(cell.get("source").orElse(new Json.Null())), place, notes);
            }
            for (Json output : cell.items("outputs")) {
                output(output, place, notes);
            }
        }
    }

    private static void code(String source, String place, Notes notes) {
        String plain = source.replaceAll(SHELL_LINES, "$1 ");
        CodeInText.fetchAndRun(source)
                .ifPresent(found ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                Severity.MEDIUM,
                                place,
                                "A cell fetches something and runs it: " + found));
        CodeInText.inSource(plain)
                .ifPresent(use ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                use.severity(),
                                place,
                                "A cell of the notebook runs commands or loads untrusted data: "
                                        + use.text()));
    }

    private static void output(Json output, String place, Notes notes) {
        String html =
                output.get("data")
                        .flatMap(data -> data.get("text/html"))
                        .map(Notebooks::text)
                        .orElse("");
        boolean fetches = html.matches("(?is).*<script[^>]+src\\s*=\\s*['\"]?(https?:)?//.*");
        boolean sends = html.matches("(?is).*(document\\.cookie|kernel\\.execute).*");
        if (fetches || sends) {
            notes.findingAt(
                    TextRules.CODE_BESIDE,
                    sends ? Severity.MEDIUM : Severity.LOW,
                    place,
                    "A kept output runs a script when it is shown");
        }
    }

    /// Sources are a text or a list of lines.
    private static String text(Json json) {
        return switch (json) {
            case Json.Text text -> text.value();
            case Json.Items items ->
                    items.items().stream().map(Notebooks::text).collect(Collectors.joining());
            case Json.Members _, Json.Numeral _, Json.Truth _, Json.Null _ -> "";
        };
    }
}
