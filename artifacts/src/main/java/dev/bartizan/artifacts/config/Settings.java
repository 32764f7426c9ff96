package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.text.BuildFiles;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.Lookups;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.RefusedCommands;
import dev.bartizan.artifacts.text.SentOut;
import dev.bartizan.artifacts.text.SettingsAnalyser;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.artifacts.text.ValueText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings that make loaders run something: remote code, targets to instantiate, templates.
final class Settings {
    private static final Set<String> DESCRIBING_KEYS =
            Set.of(
                    "metadata",
                    "description",
                    "notes",
                    "postprocess",
                    "preprocess",
                    "script",
                    "hook",
                    "init",
                    "code",
                    "command",
                    "cmd",
                    "payload",
                    "startup",
                    "post_install");

    private static final int SHORTEST_COMMAND = 4;

    private static final List<String> REMOTE_KEYS =
            List.of("auto_map", "custom_pipelines", "custom_generate");

    /// A text that is a command line from its first word on.
    private static final Pattern COMMAND_LINE =
            Pattern.compile(
                    "\\s*(sudo\\s+)?(/\\S*/)?(python3?|(ba|z|da)?sh|cmd(\\.exe)?|powershell(\\.exe)?|pwsh|curl|wget|nc|node|perl|ruby|eval)\\s+\\S");

    private static final Pattern ENDPOINT =
            Pattern.compile("(?i)\\w*(base_?url|endpoint\\w*|api_?base|api_?url)");

    /// Chains of LangChain that run what a model wrote (CVE-2023-29374, CVE-2023-36258).
    private static final Set<String> RUNS_ANSWERS =
            Set.of("llm_math_chain", "pal_chain", "llm_bash_chain");

    /// Lists of words, which nothing opens.
    private static final Set<String> LISTS_OF_WORDS =
            Set.of(
                    "vocab",
                    "vocabulary",
                    "tokens",
                    "additional_special_tokens",
                    "label",
                    "labels",
                    "names",
                    "words",
                    "stop_words",
                    "classes",
                    "merges");

    /// What a parameter that names a file is by default, and what servers are handed.
    private static final Pattern OF_A_PATH =
            Pattern.compile(
                    "(?i)\\b(?:properties|parameters|inputs|user_config)\\.\\w{0,40}?(?:path|file|key|identity|config|cert|pem|dir|folder|rc)\\w{0,20}\\.(?:default|example|placeholder|examples\\[\\d+])$|servers\\.[^.]{1,80}\\.(?:args\\[\\d+]|env\\.\\w+)$");

    /// Where the programs that are meant to use them keep the user's own.
    private static final Pattern OWN_KEY =
            Pattern.compile(
                    "(?:~|\\$\\{?HOME}?|/home/\\w+|/Users/\\w+)/\\.(?:ssh|aws|kube|gnupg)/[\\w.-]+");

    private final Notes notes;
    private boolean isNotebook;

    Settings(Notes notes) {
        this.notes = notes;
    }

    /// Looks at a document, whatever it is; the cells of a notebook are for {@link Notebooks}.
    void lookAtDocument(Json root) {
        isNotebook = Notebooks.isOne(root);
        look(root, "");
    }

    void look(Json json, String path) {
        notes.checkTime();
        switch (json) {
            case Json.Members members -> {
                remoteCode(members, path);
                serialised(members, path);
                members.text("_type")
                        .filter(RUNS_ANSWERS::contains)
                        .ifPresent(type ->
                                notes.findingAt(
                                        TextRules.TARGET,
                                        Severity.MEDIUM,
                                        place(path),
                                        "The chain \"" + type + "\" runs what a model writes"));
                for (Json.Member member : members.members()) {
                    if (isPlain(member.value())) { // most of what a vocabulary is
                        continue;
                    }
                    String inner = path.isEmpty() ? member.key() : path + "." + member.key();
                    setting(member, members, inner);
                    look(member.value(), inner);
                }
            }
            case Json.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    if (!isPlain(items.items().get(i))) {
                        look(items.items().get(i), path + "[" + i + "]");
                    }
                }
            }
            case Json.Text text -> text(text.value(), path);
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private static boolean isPlain(Json json) {
        return switch (json) {
            case Json.Numeral _, Json.Truth _, Json.Null _ -> true;
            case Json.Text _, Json.Items _, Json.Members _ -> false;
        };
    }

    private void setting(Json.Member member, Json.Members all, String path) {
        if (SettingsAnalyser.TARGET_KEYS.contains(member.key())
                && member.value() instanceof Json.Text text
                && !(Lookups.isOne(text.value())
                        && all.text("path").filter(Lookups::isHarmless).isPresent())) {
            SettingsAnalyser.target(path, text.value(), 0, notes);
        }
        boolean isDescribing = DESCRIBING_KEYS.contains(member.key().toLowerCase(Locale.ROOT));
        if (isDescribing && member.value() instanceof Json.Text text) {
            RefusedCommands.call(text.value())
                    .ifPresent(call ->
                            notes.findingAt(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.MEDIUM,
                                    place(path),
                                    "The setting holds a program: " + call));
        }
    }

    private void text(String text, String path) {
        String key = key(path);
        boolean isListedWord =
                path.endsWith("]")
                        && (LISTS_OF_WORDS.contains(key)
                                || LISTS_OF_WORDS.contains(
                                        key(path.substring(0, path.lastIndexOf('[')))));
        boolean isUsual = OF_A_PATH.matcher(path).find() && OWN_KEY.matcher(text).matches();
        if (!isListedWord && !isUsual) {
            MetadataText.privatePath("setting " + path, text, notes);
        }
        if (isNotebook && key.equals("source") && path.startsWith("cells[")) {
            ValueText.lookAtSource(key, text, place(path), notes);
        } else {
            ValueText.look(key, text, place(path), notes);
        }
        commandLine(text, path);
        BuildFiles.requirement(text, place(path), notes);
        boolean isMeant = path.endsWith("template") || path.contains("chat_template");
        if (TemplateAnalysis.isTemplate(text)
                || (isMeant && (text.contains("{{") || text.contains("{%")))) {
            TemplateAnalysis.look(text, path, isMeant, notes);
        }
    }

    private void commandLine(String text, String path) {
        if (text.length() >= SHORTEST_COMMAND && COMMAND_LINE.matcher(text).lookingAt()) {
            CodeInText.call(text)
                    .ifPresent(call ->
                            notes.findingAt(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.MEDIUM,
                                    place(path),
                                    "The setting is a command line with a program in it: " + call));
        }
    }

    /// The last key of a path; of an item of a list, that of the list.
    private static String key(String path) {
        int index = path.endsWith("]") ? path.lastIndexOf('[') : -1;
        int end = index < 0 ? path.length() : index;
        return path.substring(path.lastIndexOf('.', end - 1) + 1, end);
    }

    /// `auto_map` and `custom_pipelines` (Hugging Face Transformers, "Sharing custom models" and
    /// "Custom pipelines"): the loader imports a Python file from the repository named before `--`,
    /// or from beside the weights.
    private void remoteCode(Json.Members members, String path) {
        for (String key : REMOTE_KEYS) {
            remoteCode(key, members, path);
        }
    }

    private void remoteCode(String key, Json.Members members, String path) {
        members.get(key)
                .ifPresent(map -> {
                    boolean isForeign = mentions(map, key.equals("custom_generate") ? "/" : "--");
                    boolean isTrusted =
                            members.get("trust_remote_code")
                                    .filter(new Json.Truth(true)::equals)
                                    .isPresent();
                    notes.findingAt(
                            TextRules.REMOTE,
                            isForeign || isTrusted ? Severity.MEDIUM : Severity.LOW,
                            place(path),
                            isForeign
                                    ? "Loading runs code from another repository"
                                    : "Loading can run Python files beside the weights");
                });
    }

    /// LangChain (`langchain_core.load`): the loader imports and calls what `id` names.
    private void serialised(Json.Members members, String path) {
        if (members.get("lc").isEmpty() || members.text("type").isEmpty()) {
            return;
        }
        String name =
                members.items("id").stream()
                        .filter(Json.Text.class::isInstance)
                        .map(part -> ((Json.Text) part).value())
                        .collect(Collectors.joining("."));
        members.get("kwargs").ifPresent(given -> handsOver(given, name, path));
        Reach.of(name)
                .ifPresent(reach ->
                        notes.findingAt(
                                TextRules.TARGET,
                                reach.severity(),
                                place(path),
                                "\"id\" names " + name + ", which can " + reach.what()));
    }

    /// A secret of the one who loads it, and an address of somebody else to which it is sent.
    private void handsOver(Json given, String name, String path) {
        if (!(given instanceof Json.Members members)) {
            return;
        }
        Optional<String> address =
                members.members().stream()
                        .filter(member -> ENDPOINT.matcher(member.key()).matches())
                        .flatMap(member ->
                                member.value() instanceof Json.Text text
                                        ? Stream.of(text.value())
                                        : Stream.of())
                        .filter(SentOut::isForeign)
                        .findFirst();
        List<String> secrets =
                members.members().stream()
                        .map(Json.Member::value)
                        .filter(value -> value.text("type").filter("secret"::equals).isPresent())
                        .flatMap(value -> value.items("id").stream())
                        .flatMap(id ->
                                id instanceof Json.Text text
                                        ? Stream.of(text.value())
                                        : Stream.of())
                        .toList();
        if (address.isPresent() && !secrets.isEmpty()) {
            boolean isOwn =
                    secrets.stream()
                            .map(secret -> secret.toLowerCase(Locale.ROOT).replaceFirst("_.*", ""))
                            .allMatch(name.toLowerCase(Locale.ROOT)::contains);
            notes.findingAt(
                    TextRules.TARGET,
                    isOwn ? Severity.MEDIUM : Severity.HIGH,
                    place(path),
                    "Loading hands " + String.join(", ", secrets) + " to " + address.get());
        }
    }

    private static boolean mentions(Json json, String word) {
        return switch (json) {
            case Json.Text text -> text.value().contains(word);
            case Json.Members members ->
                    members.members().stream().anyMatch(m -> mentions(m.value(), word));
            case Json.Items items -> items.items().stream().anyMatch(i -> mentions(i, word));
            case Json.Numeral _, Json.Truth _, Json.Null _ -> false;
        };
    }

    private String place(String path) {
        return notes.item().path() + "#" + path;
    }
}
