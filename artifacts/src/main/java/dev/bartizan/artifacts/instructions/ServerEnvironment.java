package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.SentOut;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The variables that a server is started with: code that they have loaded, programs that they put
/// before others, where they send what is asked.
final class ServerEnvironment {
    private static final Pattern INJECTS =
            Pattern.compile(
                    "LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|PYTHONSTARTUP|BASH_ENV|ENV|NODE_OPTIONS|JAVA_TOOL_OPTIONS|RUBYOPT|PERL5OPT|GIT_SSH_COMMAND|PROMPT_COMMAND");
    private static final Pattern LOADS =
            Pattern.compile(
                    "--require|--import|(^|\\s)-r\\s|-javaagent|-agentpath|(^|\\s)-M|--loader|--experimental-loader");

    /// Where programs and their parts are looked for.
    private static final Pattern SEARCHED =
            Pattern.compile(
                    "(?i)PATH|PYTHONPATH|PYTHONHOME|NODE_PATH|PERL5LIB|RUBYLIB|CLASSPATH|(?:DY)?LD_LIBRARY_PATH");

    /// Relative folders in which projects keep the programs they were set up with.
    private static final Pattern OF_PROJECT =
            Pattern.compile(
                    "(?:\\./)?(?:[\\w-]+/){0,3}(?:node_modules/\\.bin|\\.?v?env/bin|\\.venv/bin)/?");

    private static final Pattern FOLDER_OF_SYSTEM =
            Pattern.compile(
                    "(?i)/usr\\b.*|/s?bin\\b.*|/opt\\b.*|\\$\\{?(?:env:)?PATH}?|%(?:PATH|SystemRoot)%.*|[A-Z]:\\\\Windows.*");
    private static final Pattern ASKED_AT =
            Pattern.compile(
                    "(?i)(?:\\w+_)?(?:base_?ur[il]|api_?(?:base|ur[il]|host|endpoint)|endpoint(?:_ur[il])?)");
    private static final Pattern KEY =
            Pattern.compile("(?i)\\w*(?:api_?key|token|secret|password)\\w*");

    private final Json.Members variables;
    private final Reports reports;

    /// Takes what is found.
    interface Reports {
        /// Notes what a server does.
        void report(Rule rule, Severity severity, String what);
    }

    ServerEnvironment(Json.Members variables, Reports reports) {
        this.variables = variables;
        this.reports = reports;
    }

    void look() {
        for (Json.Member member : variables.members()) {
            String given = member.value() instanceof Json.Text text ? text.value() : "";
            if (!given.isEmpty()) {
                loaded(member.key(), given);
                searched(member.key(), given);
                asked(member.key(), given);
            }
        }
    }

    private void loaded(String key, String given) {
        if (!INJECTS.matcher(key).matches()) {
            return;
        }
        boolean isOption = !key.matches("(NODE|JAVA_TOOL|RUBY|PERL5)_?OPT.*");
        if (isOption || LOADS.matcher(given).find()) {
            reports.report(
                    InstructionRules.COMMAND,
                    Severity.HIGH,
                    "loads code of its own through " + key);
        }
    }

    /// Folders before those of the system: what lies in them runs in the place of what is meant.
    private void searched(String key, String given) {
        if (!SEARCHED.matcher(key).matches()) {
            return;
        }
        boolean isProgram = key.equalsIgnoreCase("PATH");
        String between = given.contains(";") || given.matches("(?i)[A-Z]:\\\\.*") ? ";" : ":";
        for (String folder : given.split(between, 100)) {
            if (FOLDER_OF_SYSTEM.matcher(folder).matches()) {
                return;
            }
            if (Launch.isTemporary(folder + "/.") || (isProgram && isRelative(folder))) {
                reports.report(
                        InstructionRules.COMMAND,
                        Severity.HIGH,
                        "takes programs first from \"" + folder + "\" (" + key + ")");
                return;
            }
        }
    }

    private static boolean isRelative(String folder) {
        boolean isRooted = folder.matches("(?i)[/\\\\~$%{<].*|[A-Z]:.*");
        return !isRooted && !OF_PROJECT.matcher(folder).matches();
    }

    /// Where what models or services are asked goes, and the key with it.
    private void asked(String key, String given) {
        if (!ASKED_AT.matcher(key).matches() || Hosts.isNear(given) || !SentOut.isForeign(given)) {
            return;
        }
        boolean isOpen = given.toLowerCase(Locale.ROOT).startsWith("http://") && hasKey();
        if (isOpen || Hosts.isNumber(given)) {
            reports.report(
                    InstructionRules.SCOPE,
                    Severity.MEDIUM,
                    "sends what it asks, and the key, to " + given + " (" + key + ")");
        }
    }

    private boolean hasKey() {
        Optional<Json.Member> key =
                variables.members().stream()
                        .filter(member -> KEY.matcher(member.key()).matches())
                        .findFirst();
        return key.isPresent();
    }
}
