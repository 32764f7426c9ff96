package dev.bartizan.artifacts;

import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python beside a description that has it imported when the model is loaded: `auto_map` and
/// `custom_pipelines` (Hugging Face Transformers, "Sharing custom models" and "Custom pipelines"),
/// and what these modules import from beside themselves. A command that nobody knows is suspicious
/// in a program that somebody starts; in one that runs by itself it is not what a model needs.
final class LoadedCode {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_MODULES = 200;
    private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 64, 100_000, 100);
    private static final Pattern MODULE = Pattern.compile("(\\w+)\\.\\w+");
    private static final Pattern BESIDE =
            Pattern.compile(
                    "(?m)^[ \\t]*from\\s+\\.(\\w+)\\s+import\\b|^[ \\t]*from\\s+\\.\\s+import\\s+(\\w+)");

    private final List<FoundFile> files;
    private final List<FileReport> reports;
    private final Map<Path, Integer> places = new HashMap<>();

    private LoadedCode(List<FoundFile> files, List<FileReport> reports) {
        this.files = files;
        this.reports = new ArrayList<>(reports);
    }

    /// The reports, with what is worse about files because others have them loaded.
    ///
    /// @param reports one for each file
    static List<FileReport> look(List<FoundFile> files, List<FileReport> reports) {
        LoadedCode code = new LoadedCode(files, reports);
        for (int i = 0; i < reports.size(); i++) {
            if (isDescription(reports.get(i))) {
                code.described(i);
            }
        }
        return List.copyOf(code.reports);
    }

    private static boolean isDescription(FileReport report) {
        return report.findings().stream()
                .anyMatch(finding -> finding.rule().equals(TextRules.REMOTE.id()));
    }

    private void described(int description) {
        if (places.isEmpty()) {
            for (int i = 0; i < files.size(); i++) {
                places.put(files.get(i).path(), i);
            }
        }
        Path file = files.get(description).path();
        Deque<String> waiting = new ArrayDeque<>(modules(file));
        Set<String> seen = new HashSet<>(waiting);
        for (int looked = 0; looked < MOST_MODULES && !waiting.isEmpty(); looked++) {
            Path module = file.resolveSibling(waiting.pop() + ".py");
            Integer place = places.get(module);
            if (place == null) {
                continue;
            }
            String source = text(module);
            judge(place, source, reports.get(description).path());
            Matcher beside = BESIDE.matcher(source);
            while (beside.find()) {
                String next = beside.group(1) != null ? beside.group(1) : beside.group(2);
                if (seen.add(next)) {
                    waiting.add(next);
                }
            }
        }
    }

    private void judge(int place, String source, String description) {
        FileReport report = reports.get(place);
        Optional<CodeInText.Use> use =
                CodeInText.inSource(source)
                        .filter(CodeInText.Use::isCommand)
                        .filter(found -> found.severity() == Severity.MEDIUM);
        boolean isSaid = report.verdict() == Verdict.MALICIOUS;
        if (use.isPresent() && !isSaid) {
            reports.set(
                    place,
                    report.with(
                            new Finding(
                                    TextRules.REMOTE.id(),
                                    Severity.HIGH,
                                    "It is imported when the model is loaded ("
                                            + description
                                            + "), and runs a command: "
                                            + use.get().text(),
                                    report.path() + "@0",
                                    TextRules.REMOTE.mend(),
                                    TextRules.REMOTE.cwe(),
                                    TextRules.REMOTE.atlas())));
        }
    }

    /// The modules beside it that a description names.
    private static Set<String> modules(Path description) {
        Set<String> modules = new HashSet<>();
        try {
            Json root =
                    JsonReader.read(text(description).getBytes(StandardCharsets.UTF_8), LIMITS)
                            .value();
            for (String key : List.of("auto_map", "custom_pipelines")) {
                root.get(key).ifPresent(value -> named(value, modules));
            }
        } catch (FormatException e) {
            return Set.of(); // what is wrong with it is said in its own report
        }
        return modules;
    }

    private static void named(Json json, Set<String> into) {
        switch (json) {
            case Json.Text text -> {
                Matcher module = MODULE.matcher(text.value());
                if (module.matches()) {
                    into.add(module.group(1));
                }
            }
            case Json.Members members ->
                    members.members().forEach(member -> named(member.value(), into));
            case Json.Items items -> items.items().forEach(item -> named(item, into));
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private static String text(Path file) {
        try {
            return Files.size(file) > MOST_BYTES
                    ? ""
                    : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // reported as a file that cannot be read
        }
    }
}
