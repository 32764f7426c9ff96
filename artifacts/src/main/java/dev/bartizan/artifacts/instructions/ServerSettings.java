package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How a client starts or reaches one MCP server.
record ServerSettings(Notes notes, String name, Json server) {
    private static final Set<String> RUNNERS =
            Set.of("npx", "bunx", "pnpx", "uvx", "pipx", "uv", "docker", "podman", "deno");
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "zsh", "cmd", "cmd.exe", "powershell", "pwsh");
    private static final Pattern PINNED =
            Pattern.compile(
                    "(@|==)v?\\d+\\.\\d+(\\.\\d+)?[\\w.+-]*$|@sha256:[0-9a-f]{64}$|#[0-9a-f]{40}$");
    private static final Pattern FETCHES =
            Pattern.compile(
                    "(?i)(curl|wget|iwr|irm|invoke-webrequest)\\b.*(\\||;|&&|-o)|/dev/tcp/|base64\\s+-d|-e(nc|ncodedcommand)\\b|\\beval\\b");
    private static final Pattern WIDE_MOUNT =
            Pattern.compile(
                    "(^|=)(/|~|\\$\\{?HOME}?|/var/run/docker\\.sock|/etc|/root|[A-Za-z]:\\\\?):|source=/,|src=/,");
    private static final Pattern SECRET_KEY =
            Pattern.compile(
                    "(?i).*(token|secret|password|passwd|api_?key|private_?key|credential).*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "(?i)(\\$\\{?.*|<.*>|.*(your|example|placeholder|changeme|xxx|\\*\\*\\*|dummy|insert|todo|here).*|)");

    void look() {
        String command = server.text("command").orElse("");
        List<String> arguments =
                server.items("args").stream()
                        .filter(Json.Text.class::isInstance)
                        .map(argument -> ((Json.Text) argument).value())
                        .toList();
        String program =
                command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1)
                        .toLowerCase(Locale.ROOT);
        if (!command.isEmpty()) {
            notes.reaches("command " + program);
            command(program, arguments, command + " " + String.join(" ", arguments));
        }
        folders(arguments);
        server.text("url").ifPresent(this::url);
        for (String block : List.of("env", "headers")) {
            if (server.get(block).orElse(new Json.Null()) instanceof Json.Members members) {
                members.members().forEach(member -> environment(block, member));
            }
        }
    }

    /// Whether an argument says that a program follows on the command line; to containers `-e`
    /// hands a variable, and a shell is named by itself.
    private static boolean isInline(String argument, boolean isContainer) {
        return isContainer
                ? SHELLS.contains(argument)
                : argument.equals("-c")
                        || argument.equals("-e")
                        || argument.equals("--eval")
                        || argument.equalsIgnoreCase("/c");
    }

    private void command(String program, List<String> arguments, String whole) {
        boolean isContainer = program.equals("docker") || program.equals("podman");
        boolean isInline = arguments.stream().anyMatch(a -> isInline(a, isContainer));
        if (FETCHES.matcher(whole).find()) {
            report(
                    InstructionRules.COMMAND,
                    Severity.HIGH,
                    "is started by a command that fetches or hides a program");
        } else if (SHELLS.contains(program) || isInline) {
            boolean startsRunner =
                    program.equals("cmd") && arguments.stream().anyMatch(RUNNERS::contains);
            report(
                    InstructionRules.COMMAND,
                    startsRunner ? Severity.LOW : Severity.MEDIUM,
                    "is started through a shell or from a program on the command line");
        } else if (RUNNERS.contains(program)
                && arguments.stream().noneMatch(a -> PINNED.matcher(a).find())) {
            report(
                    InstructionRules.COMMAND,
                    Severity.LOW,
                    "is fetched by " + program + " without a pinned version");
        }
    }

    private void folders(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean isRoot = Set.of("/", "~", "$HOME", "${HOME}", "C:\\", "C:/").contains(argument);
            if (isRoot || argument.equals("--privileged") || WIDE_MOUNT.matcher(argument).find()) {
                boolean isHost = !isRoot;
                report(
                        InstructionRules.SCOPE,
                        isHost ? Severity.HIGH : Severity.MEDIUM,
                        "reaches the whole machine: \"" + argument + "\"");
                return;
            }
        }
    }

    private void url(String url) {
        notes.reaches("server " + url.replaceFirst("[?#].*", ""));
        boolean isLocal = url.matches("(?i)http://(localhost|127\\.|\\[::1]).*");
        if (url.toLowerCase(Locale.ROOT).startsWith("http://") && !isLocal) {
            report(InstructionRules.SCOPE, Severity.MEDIUM, "is reached without encryption");
        }
    }

    private void environment(String block, Json.Member member) {
        boolean isSecret =
                (SECRET_KEY.matcher(member.key()).matches()
                                || member.key().equalsIgnoreCase("authorization"))
                        && member.value() instanceof Json.Text value
                        && value.value().length() >= 12
                        && !PLACEHOLDER
                                .matcher(value.value().replaceFirst("(?i)^bearer ", ""))
                                .matches();
        if (isSecret) {
            report(
                    InstructionRules.SECRET,
                    Severity.MEDIUM,
                    "is given a secret in the clear under " + block + "." + member.key());
        }
    }

    private void report(Rule rule, Severity severity, String what) {
        notes.findingAt(
                rule,
                severity,
                notes.item().path() + "#servers/" + name,
                "The server \"" + name + "\" " + what);
    }
}
