package dev.bartizan.fuzz;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.artifacts.Verdict;
import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.instructions.DataRows;
import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.instructions.ToolManifests;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The analysers of module `artifacts`, each by itself: what a container holds is not looked at,
/// since its own analyser has an entry of its own. And the scanner whole.
final class Analysers {
    private static final Scanner SCANNER = new Scanner();

    private Analysers() {}

    static List<Parser> all() {
        List<Parser> parsers = new ArrayList<>();
        for (FormatAnalyser analyser : Scanner.formats()) {
            parsers.add(analyser(analyser));
        }
        parsers.add(Parser.of("protobuf-wire", Analysers::wire, "onnx", "savedmodel"));
        parsers.add(Parser.of("hidden-files", Analysers::hidden, "numpy", "safetensors", "pickle"));
        parsers.add(text("template", (text, notes) -> look(text, true, notes)));
        parsers.add(text("maybe-template", (text, notes) -> look(text, false, notes)));
        parsers.add(text("instructions", Instructions::lookAtText, "text"));
        parsers.add(text("code-in-text", (text, _) -> code(text), "script"));
        parsers.add(json("tool-manifest", ToolManifests::look));
        parsers.add(json("data-rows", DataRows::look));
        parsers.add(Parser.of("scan", Analysers::scan, "*"));
        return parsers;
    }

    private static Parser analyser(FormatAnalyser analyser) {
        return Parser.of(analyser.format(), input -> analyse(analyser, input), analyser.format());
    }

    private static Parser.Outcome analyse(FormatAnalyser analyser, byte[] input)
            throws IOException {
        Notes notes = notes(input);
        if (!analyser.recognises(notes.item())) {
            return Parser.Outcome.OTHER;
        }
        try {
            analyser.analyse(notes.item(), notes);
            return Parser.Outcome.READ;
        } catch (FormatException _) {
            if (scanned(input).verdict() == Verdict.CLEAN) {
                throw new AssertionError("What could not be read is called clean");
            }
            return Parser.Outcome.REFUSED;
        }
    }

    private static Notes notes(byte[] input) {
        Item item = new Item("input", ByteSource.of(input), Optional.empty(), 0, Item.Role.ANY);
        return new Notes(item, (_, inner) -> inner.coverAll(), Budget.forFile(input.length));
    }

    private static FileReport scanned(byte[] input) throws IOException {
        return SCANNER.scan("input", ByteSource.of(input));
    }

    private static Parser.Outcome scan(byte[] input) throws IOException {
        FileReport report = scanned(input);
        if (report.coveredBytes() < 0 || report.coveredBytes() > input.length) {
            throw new AssertionError("Covers " + report.coveredBytes() + " of " + input.length);
        }
        return report.verdict() == Verdict.UNREADABLE
                ? Parser.Outcome.REFUSED
                : Parser.Outcome.READ;
    }

    private static Parser.Outcome wire(byte[] input) throws IOException {
        try {
            Wire.read(ByteSource.of(input));
            return Parser.Outcome.READ;
        } catch (FormatException _) {
            return Parser.Outcome.REFUSED;
        }
    }

    private static Parser.Outcome hidden(byte[] input) throws IOException {
        HiddenFiles.look(ByteSource.of(input), 0, notes(input));
        return Parser.Outcome.READ;
    }

    private static Parser text(String name, BiConsumer<String, Notes> look, String... seeds) {
        return Parser.of(
                name,
                input -> {
                    look.accept(new String(input, StandardCharsets.UTF_8), notes(input));
                    return Parser.Outcome.READ;
                },
                seeds);
    }

    private static void look(String template, boolean isMeant, Notes notes) {
        TemplateAnalysis.look(template, "template", isMeant, notes);
    }

    private static void code(String text) {
        CodeInText.call(text);
        CodeInText.inSource(text);
        CodeInText.fetchAndRun(text);
        CodeInText.script(text);
        CodeInText.bareSource(text);
    }

    private static Parser json(String name, BiConsumer<Json, Notes> look) {
        return Parser.of(
                name,
                input -> {
                    try {
                        look.accept(JsonReader.read(input, JsonLimits.USUAL).value(), notes(input));
                        return Parser.Outcome.READ;
                    } catch (FormatException _) {
                        return Parser.Outcome.REFUSED;
                    }
                },
                "json");
    }
}
