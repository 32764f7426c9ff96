package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.instructions.AgentSettings;
import dev.bartizan.artifacts.instructions.DataRows;
import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.instructions.ToolManifests;
import dev.bartizan.artifacts.keras.KerasConfig;
import dev.bartizan.artifacts.mxnet.MxnetSymbol;
import dev.bartizan.artifacts.ocdbt.OrbaxMetadata;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.artifacts.text.EncodedFiles;
import dev.bartizan.artifacts.text.TextContent;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.artifacts.trees.XgboostDocument;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// JSON documents: what their settings make a loader do. Each kind of document has its own rules;
/// they all look at every document, since the name proves nothing.
public final class JsonAnalyser implements FormatAnalyser {

    private static final int FIRST_LINE_BYTES = 200;

    /// Files of Transformers, Keras, diffusers and PEFT that hold one object.
    private static final Set<String> OBJECTS =
            Set.of(
                    "config.json",
                    "generation_config.json",
                    "tokenizer_config.json",
                    "tokenizer.json",
                    "special_tokens_map.json",
                    "preprocessor_config.json",
                    "processor_config.json",
                    "adapter_config.json",
                    "model_index.json",
                    "metadata.json");

    private static final int SHORTEST_ENCODED = 24;
    private static final Rule BROKEN =
            Rule.structure("json-structure", "Have the file saved again.", "CWE-20");

    /// Made for the list of formats.
    public JsonAnalyser() {}

    @Override
    public String format() {
        return "json";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        char first = TextContent.firstSign(item);
        if ((first == '{' || first == '[') && isOfLines(item)) {
            return TextContent.of(item).isPresent();
        }
        if (first != '{' && first != '[') {
            return item.hasEnding(".json", ".ipynb") && item.bytes().size() > 0;
        }
        if (first == '{'
                && !item.hasEnding(".json")
                && Forms.NO_JSON.matcher(start(item)).lookingAt()) {
            return false;
        }
        if (first == '[' && Forms.SECTION.matcher(start(item)).lookingAt()) {
            return false;
        }
        Optional<String> text = TextContent.of(item).map(String::strip);
        return text.filter(t -> !t.startsWith("{{") && !t.startsWith("{%") && !t.startsWith("{#"))
                .filter(t ->
                        item.hasEnding(".json", ".ipynb") || t.endsWith("}") || t.endsWith("]"))
                .isPresent();
    }

    private static String start(Item item) throws IOException {
        return new String(item.head(FIRST_LINE_BYTES), StandardCharsets.UTF_8);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        String text =
                TextContent.of(item)
                        .orElseThrow(() -> FormatException.broken(0, "The document is no text"));
        JsonReader.Document document;
        try {
            document = JsonReader.read(text, JsonLimits.forHeap());
        } catch (FormatException e) {
            if (Forms.COMMENTED.matcher(item.name()).matches() && text.contains("/")) {
                look(JsonReader.read(Comments.without(text), JsonLimits.forHeap()).value(), notes);
                notes.coverAll();
                return;
            }
            if (isOfLines(item) || looksLikeLines(text)) {
                lines(text, notes);
                return;
            }
            unread(text, notes);
            throw e;
        }
        notes.coverAll();
        if (!document.duplicateKeys().isEmpty()) {
            notes.finding(
                    BROKEN,
                    Severity.LOW,
                    0,
                    "Keys stand twice: " + String.join(", ", document.duplicateKeys()));
        }
        if (OBJECTS.contains(item.name()) && !(document.value() instanceof Json.Members)) {
            notes.broken(BROKEN, Severity.LOW, 0, "Loaders take an object here, and nothing else");
        }
        look(document.value(), notes);
        if (text.indexOf('\\') >= 0) {
            encoded(document.value(), notes);
        }
    }

    /// What a document says that readers of JSON give up on: lenient ones stop where it ends, and
    /// models read on.
    private static void unread(String text, Notes notes) {
        Instructions.lookAtText(text, notes);
        Commands.judge(text)
                .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                .ifPresent(judged ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.MEDIUM,
                                0,
                                "A document that does not read as JSON holds a command that steals, or"
                                        + " fetches and runs: "
                                        + judged.text()));
    }

    /// Pickles in texts whose letters are written as escapes; where there are none, the document is
    /// searched as it stands.
    private static void encoded(Json json, Notes notes) throws IOException {
        switch (json) {
            case Json.Text text -> {
                if (text.value().length() >= SHORTEST_ENCODED) {
                    EncodedFiles.look(text.value(), notes);
                }
            }
            case Json.Members members -> {
                for (Json.Member member : members.members()) {
                    encoded(member.value(), notes);
                }
            }
            case Json.Items items -> {
                for (Json item : items.items()) {
                    encoded(item, notes);
                }
            }
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private static void look(Json root, Notes notes) throws IOException {
        new Settings(notes).lookAtDocument(root);
        KerasConfig.look(root, KerasConfig.Container.JSON, notes);
        Manifests.look(root, notes);
        ModelManifests.look(root, notes);
        Notebooks.look(root, notes);
        Workflows.look(root, notes);
        TokenizerSteps.look(root, notes);
        TokenizerVocabulary.look(root, notes);
        XgboostDocument.look(root, notes);
        MxnetSymbol.look(root, notes);
        OrbaxMetadata.look(root, notes);
        ToolManifests.look(root, notes);
        AgentSettings.look(root, notes);
        DataRows.look(root, notes);
    }

    /// Whether each line is a document of its own, by the name (JSON Lines).
    private static boolean isOfLines(Item item) {
        return item.hasEnding(".jsonl", ".ndjson", ".jsonlines");
    }

    private static boolean looksLikeLines(String text) {
        List<String> lines = text.lines().limit(3).toList();
        return lines.size() > 1
                && lines.stream().allMatch(line -> line.isBlank() || line.strip().startsWith("{"));
    }

    /// Documents one below the other. Lines that are none are looked at as texts, since models may
    /// be given them all the same.
    private static void lines(String text, Notes notes) throws IOException {
        int at = 0;
        StringBuilder unread = new StringBuilder();
        for (String line : text.lines().limit(200_000).toList()) {
            if (!line.isBlank()) {
                try {
                    look(JsonReader.read(line, JsonLimits.forHeap()).value(), notes);
                } catch (FormatException e) {
                    if (unread.isEmpty()) {
                        notes.broken(
                                BROKEN,
                                Severity.LOW,
                                at + e.offset(),
                                "A line is no JSON: " + e.what());
                    }
                    unread.append(line).append('\n');
                }
            }
            at += line.length() + 1;
        }
        if (!unread.isEmpty()) {
            unread(unread.toString(), notes);
        }
        notes.coverAll();
    }

    /// Compiled when the first such file is met: the list of analysers is made at every start.
    private static final class Forms {
        /// Documents whose readers take comments and commas at the end: those of editors and
        /// agents.
        static final Pattern COMMENTED =
                Pattern.compile(
                        "(tasks|settings(\\.local)?|launch|extensions|keybindings|devcontainer|tsconfig|mcp|hooks|\\.devcontainer|opencode|claude_desktop_config)\\.json|.*\\.(jsonc|code-workspace)");

        /// The first section of TOML or INI, which starts like a list.
        static final Pattern SECTION =
                Pattern.compile("\\s*\\[{1,2}[ ]?[A-Za-z_][\\w. \"-]*]{1,2}[ \\t]*(#.*)?\\r?\\n");

        /// Keys without quotes: Nix, programs, notes.
        static final Pattern NO_JSON = Pattern.compile("\\s*\\{\\s*(?:[A-Za-z_]|\\\\rtf)");

        private Forms() {}
    }
}
