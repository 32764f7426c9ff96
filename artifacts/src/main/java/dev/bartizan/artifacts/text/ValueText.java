package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text value of settings, whatever key it stands under: a command that fetches and runs, code
/// fetched without encryption, a path that climbs out of the folder to where systems keep theirs.
public final class ValueText {
    private static final int LONGEST = 64 << 10;
    private static final int SHORTEST = 8;

    /// Keys whose values are read by people or models.
    private static final Set<String> PROSE_KEYS =
            Set.of(
                    "description",
                    "help",
                    "doc",
                    "docs",
                    "note",
                    "notes",
                    "comment",
                    "text",
                    "content",
                    "prompt",
                    "question",
                    "answer",
                    "title",
                    "summary",
                    "message",
                    "readme",
                    "usage",
                    "example",
                    "examples",
                    "instruction",
                    "instructions",
                    "input",
                    "output",
                    "response",
                    "completion",
                    "feature_names",
                    "feature_types",
                    "class_names",
                    "target_names");

    /// Keys whose values are run, or are a part of what is run.
    private static final Set<String> COMMAND_KEYS =
            Set.of(
                    "command",
                    "cmd",
                    "args",
                    "arguments",
                    "runtimeargs",
                    "shellargs",
                    "entrypoint",
                    "exec",
                    "run",
                    "executecommand",
                    "initcommand",
                    "startcommand",
                    "prelaunchcommand");

    /// A command line from its first word on.
    private static final Pattern COMMAND_LINE =
            Pattern.compile(
                    "\\s*(exec:\\s*)?(sudo\\s+)?(/\\S*/)?(curl|wget|iwr|irm|powershell(\\.exe)?|pwsh|cmd(\\.exe)?|(ba|z|da)?sh|eval|source|set\\s+-e\\w*\\s|tar|cat|env|printenv|nc|ncat|socat|scp|rsync|python3?|node|perl|ruby)\\b.*",
                    Pattern.DOTALL);

    private static final Pattern CODE_IN_THE_CLEAR =
            Pattern.compile(
                    "\\s*http://(?!localhost|127\\.|\\[::1]|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.)[^\\s/]+/\\S*\\.(py|sh|ps1|whl|egg|so|dll|jar|js|mjs|ts|wasm|pkl|pickle|joblib|dill)\\s*");

    private static final Pattern CLIMBS =
            Pattern.compile(
                    "\\s*(\\.\\.[\\\\/]){3,}((tmp|etc|root|home|usr|var|dev|proc|opt|Users|Windows)[\\\\/]|\\.(ssh|aws|kube|gnupg|config|bashrc|profile|zshrc|netrc)\\b).*");

    /// Source of Python that is kept as a value.
    private static final Pattern PYTHON =
            Pattern.compile(
                    "(?m)^[ \\t]*(from\\s+[\\w.]+\\s+import\\s|import\\s+[\\w.]+\\s*$|def\\s+\\w+\\s*\\()");

    /// A call from its first word to its end.
    private static final Pattern EXPRESSION =
            Pattern.compile(
                    "\\s*(__import__|eval|exec|compile|getattr|os\\.(system|popen|exec\\w+|spawn\\w+)|subprocess\\.\\w+)\\s*\\(.+\\)\\s*;?\\s*",
                    Pattern.DOTALL);

    /// Code that is named to be fetched while settings are filled in (OmegaConf's resolvers).
    private static final Pattern RESOLVED =
            Pattern.compile("\\$\\{[\\w.]{1,80}:\\s*([A-Za-z_][\\w.]{1,200})\\s*[,}]");

    private ValueText() {}

    /// Notes what a value makes its reader do.
    ///
    /// @param key it stands under
    /// @param place shown in findings
    public static void look(String key, String value, String place, Notes notes) {
        if (value.length() > LONGEST || value.length() < SHORTEST) {
            return;
        }
        anywhere(key, value, place, notes);
        boolean isProse = PROSE_KEYS.contains(key.toLowerCase(Locale.ROOT));
        if (!isProse) {
            program(key, value, place, notes);
        }
        boolean isCommand =
                COMMAND_KEYS.contains(key.toLowerCase(Locale.ROOT))
                        || COMMAND_LINE.matcher(value).matches();
        if (!isProse && isCommand) {
            Commands.judge(value)
                    .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                    .ifPresent(judged ->
                            notes.findingAt(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.HIGH,
                                    place,
                                    "\""
                                            + key
                                            + "\" is a command that steals, or fetches and runs: "
                                            + judged.text()));
        }
        if (!isProse && value.indexOf('\n') > 0 && PYTHON.matcher(value).find()) {
            CodeInText.inSource(value, Severity.HIGH)
                    .filter(use -> use.severity().isAtLeast(Severity.HIGH))
                    .ifPresent(use ->
                            notes.findingAt(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.HIGH,
                                    place,
                                    "\""
                                            + key
                                            + "\" holds a program that does what no component needs: "
                                            + use.text()));
        }
    }

    /// Notes what a value makes its reader do that somebody else reads as a program.
    ///
    /// @param key it stands under
    /// @param place shown in findings
    public static void lookAtSource(String key, String value, String place, Notes notes) {
        if (value.length() <= LONGEST && value.length() >= SHORTEST) {
            anywhere(key, value, place, notes);
        }
    }

    private static void anywhere(String key, String value, String place, Notes notes) {
        resolved(key, value, place, notes);
        FormatFields.look(key, value, place, notes);
        if (value.contains("http://") && CODE_IN_THE_CLEAR.matcher(value).matches()) {
            notes.findingAt(
                    TextRules.REMOTE,
                    Severity.MEDIUM,
                    place,
                    "\""
                            + key
                            + "\" names code that is fetched without encryption: "
                            + value.strip());
        }
        if (value.contains("..") && CLIMBS.matcher(value).matches()) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.MEDIUM,
                    place,
                    "\"" + key + "\" leads out of the folder: " + value.strip());
        }
    }

    /// Notes a value that is a call of Python and nothing else.
    static void program(String key, String value, String place, Notes notes) {
        boolean mayCall = value.length() <= LONGEST && value.indexOf('(') > 0;
        if (!mayCall || !EXPRESSION.matcher(value).matches()) {
            return;
        }
        CodeInText.call(value)
                .ifPresent(call ->
                        notes.findingAt(
                                TextRules.CODE_IN_METADATA,
                                Severity.MEDIUM,
                                place,
                                "\"" + key + "\" is a program and nothing else: " + call));
    }

    private static void resolved(String key, String value, String place, Notes notes) {
        if (!value.contains("${")) {
            return;
        }
        Matcher resolver = RESOLVED.matcher(value);
        while (resolver.find()) {
            String name = resolver.group(1);
            Reach.of(name)
                    .filter(reach -> reach.severity() == Severity.CRITICAL)
                    .ifPresent(reach ->
                            notes.findingAt(
                                    TextRules.TARGET,
                                    Severity.HIGH,
                                    place,
                                    "\""
                                            + key
                                            + "\" names "
                                            + name
                                            + ", which can "
                                            + reach.what()));
        }
    }
}
