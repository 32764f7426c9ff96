package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.ActiveMarkup;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Jupyter notebooks (nbformat 4): what their cells run, and markup in kept outputs that a viewer
/// would run.
final class Notebooks {
    /// Lines and cells that a shell runs (IPython, "Built-in magic commands"). A cell that is
    /// written to a file which grants access or runs by itself.
    private static final Pattern WRITES =
            Pattern.compile(
                    "\\s*%%(?:writefile|file)\\s+(?:-a\\s+)?[\"']?(\\S*(authorized_keys|/\\.(bashrc|bash_profile|profile|zshrc)|/etc/\\S+|/cron\\S*|/sitecustomize\\.py|/profile_default/startup/\\S+|/autostart/\\S+))");

    private static final Pattern SHELL_LINE =
            Pattern.compile(
                    "(?m)^[ \\t]*(?:\\w+[ \\t]*=[ \\t]*)?(?:!!?|%sx[ \\t]|%system[ \\t])(.*)$");

    private static final Pattern SHELL_CELL =
            Pattern.compile("\\A\\s*%%(?:bash|sh|script|system|sx)\\b[^\\n]*\\n([\\s\\S]*)");
    private static final Pattern SCRIPT_ADDRESS =
            Pattern.compile(
                    "(?i)\\b(src|href|action|data)\\s*=\\s*+(?:[\"']\\s*+)?javascript:(?!\\s*(void|;|[\"']))");
    private static final Pattern MAGIC = Pattern.compile("(?m)^[ \\t]*%.*$");

    private static final Rule BROKEN =
            Rule.structure("notebook-structure", "Have the notebook saved again.");

    private Notebooks() {}

    static boolean isOne(Json root) {
        return root.get("nbformat").isPresent() && !root.items("cells").isEmpty();
    }

    static void look(Json root, Notes notes) {
        boolean hasCells = root.get("cells").filter(Json.Items.class::isInstance).isPresent();
        if (root.get("nbformat").isPresent() && root.get("cells").isPresent() && !hasCells) {
            notes.broken(BROKEN, Severity.LOW, 0, "The cells of the notebook are no list");
        }
        if (!isOne(root)) {
            return;
        }
        List<Json> cells = root.items("cells");
        notes.format("notebook", true);
        StringBuilder shell = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            Json cell = cells.get(i);
            String place = notes.item().path() + "#cells[" + i + "]";
            if (cell.text("cell_type").orElse("").equals("code")) {
                String source = text(cell.get("source").orElse(new Json.Null()));
                code(source, place, notes);
                shell.append(shell(source)).append('\n');
            }
            if (cell.text("cell_type").orElse("").equals("markdown")) {
                markdown(text(cell.get("source").orElse(new Json.Null())), place, notes);
            }
            for (Json output : cell.items("outputs")) {
                output(output, place, notes);
            }
        }
        together(shell.toString(), notes);
        widgets(root, notes);
    }

    /// What cells do only together: one fetches a program, another runs it.
    private static void together(String shell, Notes notes) {
        boolean isSaid =
                notes.findings().stream().anyMatch(f -> f.severity().isAtLeast(Severity.HIGH));
        Commands.judge(shell)
                .filter(judged -> !isSaid && judged.severity().isAtLeast(Severity.HIGH))
                .ifPresent(judged ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                judged.severity(),
                                notes.item().path() + "#cells",
                                "The cells of the notebook fetch a program and run it: "
                                        + judged.text()));
    }

    private static void code(String source, String place, Notes notes) {
        Matcher written = WRITES.matcher(source);
        if (written.lookingAt()) {
            notes.findingAt(
                    TextRules.CODE_BESIDE,
                    Severity.HIGH,
                    place,
                    "A cell of the notebook writes what opens or runs by itself: "
                            + written.group(1));
        }
        Magics.runFrom(source)
                .ifPresent(address ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                Severity.MEDIUM,
                                place,
                                "A cell of the notebook runs what stands at " + address));
        String shell = shell(source);
        Optional<CodeInText.Use> command =
                shell.isEmpty()
                        ? Optional.empty()
                        : Commands.judge(shell)
                                .map(judged ->
                                        new CodeInText.Use(judged.severity(), judged.text()));
        Severity least = notes.hasRoomFor(Severity.MEDIUM) ? Severity.LOW : Severity.HIGH;
        Stream.of(command, CodeInText.inSource(python(source), least))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(CodeInText.Use::severity))
                .ifPresent(use ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                use.severity(),
                                place,
                                "A cell of the notebook runs commands or loads untrusted data: "
                                        + use.text()));
    }

    /// The Python of a cell.
    private static String python(String source) {
        if (source.indexOf('!') < 0 && source.indexOf('%') < 0) {
            return source;
        }
        return SHELL_CELL.matcher(source).find()
                ? ""
                : MAGIC.matcher(SHELL_LINE.matcher(source).replaceAll("")).replaceAll("");
    }

    /// What a cell hands to a shell.
    private static String shell(String source) {
        return written(source) + Magics.called(source);
    }

    private static String written(String source) {
        if (source.indexOf('!') < 0 && source.indexOf('%') < 0) {
            return "";
        }
        Matcher cell = SHELL_CELL.matcher(source);
        return cell.find()
                ? cell.group(1)
                : SHELL_LINE
                        .matcher(source)
                        .results()
                        .map(line -> line.group(1) + "\n")
                        .collect(Collectors.joining());
    }

    /// Viewers that do not clean markup run it.
    private static void markdown(String source, String place, Notes notes) {
        if (source.contains("javascript") && SCRIPT_ADDRESS.matcher(source).find()) {
            notes.findingAt(
                    TextRules.CODE_BESIDE,
                    Severity.MEDIUM,
                    place,
                    "A text of the notebook runs a script when it is shown");
        }
    }

    private static void shown(String markup, String place, Notes notes) {
        ActiveMarkup.sends(markup)
                .ifPresent(sent ->
                        notes.findingAt(
                                TextRules.CODE_BESIDE,
                                Severity.HIGH,
                                place,
                                "The notebook sends something on when it is shown: " + sent));
    }

    /// The texts that widgets show (ipywidgets, "Embedding widgets").
    private static void widgets(Json root, Notes notes) {
        Optional<Json> states =
                root.get("metadata")
                        .flatMap(metadata -> metadata.get("widgets"))
                        .flatMap(all -> all.get("application/vnd.jupyter.widget-state+json"))
                        .flatMap(kept -> kept.get("state"));
        if (states.orElse(new Json.Null()) instanceof Json.Members all) {
            for (Json.Member widget : all.members()) {
                widget.value()
                        .get("state")
                        .flatMap(state -> state.text("value"))
                        .ifPresent(value ->
                                shown(value, notes.item().path() + "#metadata.widgets", notes));
            }
        }
    }

    private static void output(Json output, String place, Notes notes) {
        String html =
                output.get("data")
                        .flatMap(data -> data.get("text/html"))
                        .map(Notebooks::text)
                        .orElse("");
        String script =
                output.get("data")
                        .flatMap(data -> data.get("application/javascript"))
                        .map(Notebooks::text)
                        .orElse("");
        StringBuilder kept = new StringBuilder(html);
        if (output.get("data").orElse(new Json.Null()) instanceof Json.Members data) {
            data.members().stream()
                    .filter(member -> member.key().contains("svg"))
                    .forEach(member -> kept.append(text(member.value())));
        }
        shown(kept.toString(), place, notes);
        boolean runsInKernel =
                script.contains("kernel.execute") && CodeInText.call(script).isPresent();
        boolean fetches = html.matches("(?is).*<script[^<>]+src\\s*=\\s*['\"]?(https?:)?//.*");
        boolean sends =
                runsInKernel
                        || script.contains("document.cookie")
                        || html.matches("(?is).*(document\\.cookie|kernel\\.execute).*");
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
