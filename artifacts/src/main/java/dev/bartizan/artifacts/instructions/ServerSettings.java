package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.artifacts.text.SentOut;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
                    "(?i)(curl|wget|iwr|irm|invoke-webrequest)\\b.{0,500}(\\||;|&&|-o)|/dev/tcp/|base64\\s+-d|-e(nc|ncodedcommand)\\b|\\beval\\b|\\$\\(\\s*(curl|wget)\\b|`\\s*(curl|wget)\\b|https?://.{0,500}\\b(exec|eval)\\b|\\b(exec|eval)\\b.{0,500}https?://");
    private static final Pattern WIDE_MOUNT =
            Pattern.compile(
                    "(^|=)(/|~|\\$\\{?HOME}?|/var/run/docker\\.sock|/etc|/root|[A-Za-z]:\\\\?):|source=/,|src=/,");
    private static final Pattern SECRET_KEY =
            Pattern.compile(
                    "(?i).*(token|secret|password|passwd|api_?key|private_?key|credential).*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "(?i)(\\$\\{?.*|<.*>|.*(your|example|placeholder|changeme|xxx|\\*\\*\\*|dummy|insert|todo|here).*|)");

    private static final Pattern WHOLE_FOLDER =
            Pattern.compile(
                    "/|~/?|\\$\\{?HOME}?/?|[A-Za-z]:[\\\\/]?|/(home|Users)(/[\\w.-]+)?/?|/root/?|[A-Za-z]:[\\\\/]Users([\\\\/][\\w.-]+)?[\\\\/]?|%USERPROFILE%");
    private static final Pattern WALLS =
            Pattern.compile(
                    "^--(pid|ipc|uts|userns|network|net|cgroupns)=host|^--cap-add=(ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH)|^--security-opt=\\S*(unconfined|disable)|^--device=/dev/(mem|kmem|sd|nvme)");
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "(?i)^(--(registry|index-url|extra-index-url|index|default-index|find-links)(=|$)|npm_config_registry$|(uv|pip)_(default_|extra_)?index(_url)?$)");
    private static final Pattern KNOWN_REGISTRY =
            Pattern.compile(
                    "(?i)^https://(registry\\.(npmjs\\.org|yarnpkg\\.com)|pypi\\.org|files\\.pythonhosted\\.org|npm\\.pkg\\.github\\.com|download\\.pytorch\\.org)|^\\$\\{");
    private static final Pattern PACKAGE_ADDRESS =
            Pattern.compile(
                    "(?i)^(https?://\\S+\\.(tgz|tar\\.gz|zip|whl)\\b|git\\+(https?|ssh)://|\\S+\\s*@\\s*git\\+)");

    /// A version that a project on a forge has tagged.
    private static final Pattern RELEASE =
            Pattern.compile(
                    "(?i)(?:[\\w.\\[\\]-]{1,80}\\s*@\\s*)?git\\+https://(?:github\\.com|gitlab\\.com|codeberg\\.org|bitbucket\\.org)/[\\w./-]+?(?:\\.git)?@v?\\d+\\.\\d+[\\w.+-]*");

    private static final Pattern IN_ARGUMENT =
            Pattern.compile(
                    "://[^/\\s:@]+:[^/\\s:@$<{]{4,}@|\\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\\w{40,}|sk-[A-Za-z0-9_-]{24,}|xox[abprs]-[A-Za-z0-9-]{20,}|AKIA[0-9A-Z]{16}|glpat-[\\w-]{20,}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{30,})\\b|^--?(api[-_]?key|token|password|secret)=[^\\s$<{]{12,}$");
    private static final Pattern UNASKED =
            Pattern.compile(
                    "(?i)\\*|.*(exec|shell|command|run_|bash|terminal|write_file|delete).*");

    /// `-lc`, `-ic` and the like: a command follows.
    private static final Pattern SHELL_OPTIONS = Pattern.compile("-[ilxeu]{1,4}c");

    private static final Pattern KEYS_MOUNTED =
            Pattern.compile(
                    "(^|=|\\s)\\S{0,80}/\\.(ssh|aws|kube|gnupg|docker|netrc|config/gcloud)/?[\\w.-]{0,40}(:|,)");

    /// Names by which variables hold secrets, with whose they are.
    private static final Pattern HELD =
            Pattern.compile(
                    "\\$\\{?(?:env:)?(\\w{1,30}?)_(?:\\w{0,40}_)?(?:TOKEN|SECRET|KEY|PASSWORD|PAT|CREDENTIALS)\\b");

    private static final Map<String, String> HOSTS_OF =
            Map.ofEntries(
                    Map.entry("ANTHROPIC", "anthropic"),
                    Map.entry("OPENAI", "openai"),
                    Map.entry("AWS", "amazonaws"),
                    Map.entry("GITHUB", "github"),
                    Map.entry("GH", "github"),
                    Map.entry("HF", "hf|huggingface"),
                    Map.entry("GEMINI", "google"),
                    Map.entry("GOOGLE", "google"),
                    Map.entry("SLACK", "slack"),
                    Map.entry("STRIPE", "stripe"),
                    Map.entry("NPM", "npm"));

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
        if (server.get("env").orElse(new Json.Null()) instanceof Json.Members variables) {
            new ServerEnvironment(variables, this::report).look();
        }
        new ServerLaunch(command, arguments, server, this::report).look();
        disguised(arguments);
        folders(arguments);
        host(program, arguments);
        sources(arguments);
        secrets(arguments);
        approvals();
        server.text("url").ifPresent(this::url);
        for (String block : List.of("env", "headers")) {
            if (server.get(block).orElse(new Json.Null()) instanceof Json.Members members) {
                members.members().forEach(member -> environment(block, member));
            }
        }
    }

    private void disguised(List<String> arguments) {
        Disguise.in(name)
                .ifPresent(how ->
                        report(InstructionRules.HIDDEN, Severity.MEDIUM, how + ", in its name"));
        arguments.stream()
                .flatMap(argument -> Disguise.in(argument).stream())
                .findFirst()
                .ifPresent(how ->
                        report(InstructionRules.HIDDEN, Severity.MEDIUM, how + ", in an argument"));
    }

    /// Whether an argument says that a program follows on the command line; to containers `-e`
    /// hands a variable, and a shell is named by itself.
    private static boolean isInline(String argument, boolean isContainer) {
        return isContainer
                ? SHELLS.contains(argument)
                : argument.equals("-c")
                        || argument.equals("-e")
                        || argument.equals("--eval")
                        || SHELL_OPTIONS.matcher(argument).matches()
                        || argument.equalsIgnoreCase("/c");
    }

    private void command(String program, List<String> arguments, String whole) {
        boolean isContainer = program.equals("docker") || program.equals("podman");
        boolean isInline = arguments.stream().anyMatch(a -> isInline(a, isContainer));
        Optional<Commands.Judged> judged =
                Commands.judge(whole).filter(j -> j.severity().isAtLeast(Severity.HIGH));
        lookalike(arguments);
        boolean isOrdinary = OrdinaryStart.is(program, arguments);
        if (judged.isPresent()) {
            report(
                    InstructionRules.COMMAND,
                    Severity.HIGH,
                    "is started by a command that steals, or fetches and runs: "
                            + judged.get().text());
        } else if (FETCHES.matcher(OrdinaryStart.withoutHarmless(whole)).find()) {
            report(
                    InstructionRules.COMMAND,
                    Severity.HIGH,
                    "is started by a command that fetches or hides a program");
        } else if (SHELLS.contains(program) || isInline) {
            boolean startsRunner =
                    program.equals("cmd") && arguments.stream().anyMatch(RUNNERS::contains);
            report(
                    InstructionRules.COMMAND,
                    startsRunner || isOrdinary ? Severity.LOW : Severity.MEDIUM,
                    "is started through a shell or from a program on the command line");
        } else if (RUNNERS.contains(program)
                && arguments.stream().noneMatch(a -> PINNED.matcher(a).find())) {
            report(
                    InstructionRules.COMMAND,
                    Severity.LOW,
                    "is fetched by " + program + " without a pinned version");
        }
    }

    /// A package whose name is nearly that of a well-known one.
    private void lookalike(List<String> arguments) {
        arguments.stream()
                .filter(Lookalikes::is)
                .findFirst()
                .ifPresent(argument ->
                        report(
                                InstructionRules.COMMAND,
                                Severity.HIGH,
                                "is fetched from \""
                                        + argument
                                        + "\", which only looks like a well-known package"));
    }

    private void folders(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean isRoot = WHOLE_FOLDER.matcher(argument).matches();
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

    /// What takes the walls of a container down (`docker run`).
    private void host(String program, List<String> arguments) {
        if (!program.equals("docker") && !program.equals("podman")) {
            return;
        }
        arguments.stream()
                .filter(argument -> KEYS_MOUNTED.matcher(argument).find())
                .findFirst()
                .ifPresent(argument ->
                        report(
                                InstructionRules.SCOPE,
                                Severity.MEDIUM,
                                "is given the keys of the user: \"" + argument + "\""));
        for (int i = 0; i < arguments.size(); i++) {
            String next = i + 1 < arguments.size() ? "=" + arguments.get(i + 1) : "";
            String argument = arguments.get(i);
            String whole = argument.contains("=") ? argument : argument + next;
            if (WALLS.matcher(whole).find()) {
                report(
                        InstructionRules.SCOPE,
                        Severity.HIGH,
                        "takes part in the host: \"" + whole + "\"");
                return;
            }
        }
    }

    /// Packages from an address or another registry are what their server says today.
    private void sources(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean isRegistry = REGISTRY.matcher(argument).find();
            String value =
                    isRegistry && !argument.contains("=") && i + 1 < arguments.size()
                            ? arguments.get(i + 1)
                            : argument.replaceFirst("^[^=]*=", "");
            boolean isPackage = PACKAGE_ADDRESS.matcher(argument).find();
            boolean isPinned = argument.matches(".*(@|#)[0-9a-f]{40}\\b.*");
            boolean isRelease = RELEASE.matcher(argument).matches();
            if ((isRegistry && !KNOWN_REGISTRY.matcher(value).find()) || (isPackage && !isPinned)) {
                report(
                        InstructionRules.COMMAND,
                        isRelease ? Severity.LOW : Severity.MEDIUM,
                        "is fetched from \"" + (isRegistry ? value : argument) + "\"");
                return;
            }
        }
    }

    private void secrets(List<String> arguments) {
        sentSecrets(arguments);
        for (String argument : arguments) {
            boolean isSecret = IN_ARGUMENT.matcher(argument).find() && !argument.contains("${");
            if (isSecret) {
                report(
                        InstructionRules.SECRET,
                        Severity.MEDIUM,
                        "is given a secret in the clear on its command line");
                return;
            }
        }
    }

    /// Secrets of one service that are handed to a server of another.
    private void sentSecrets(List<String> arguments) {
        String address = server.text("url").orElse("");
        boolean isProxied = arguments.stream().anyMatch(a -> a.matches("https?://.+"));
        if (address.isEmpty() && isProxied) {
            address = String.join(" ", arguments);
        }
        if (address.isEmpty()) {
            return;
        }
        StringBuilder given = new StringBuilder(address);
        if (server.get("headers").orElse(new Json.Null()) instanceof Json.Members headers) {
            headers.members()
                    .forEach(member -> {
                        if (member.value() instanceof Json.Text text) {
                            given.append('\n').append(text.value());
                        }
                    });
        }
        String host = address.replaceFirst("(?i)(?s)^.*?https?://([^/\\s?#]*).*", "$1");
        Set<String> owners = new TreeSet<>();
        HELD.matcher(given).results().forEach(held -> owners.add(held.group(1)));
        boolean isForeign =
                owners.stream()
                        .anyMatch(owner ->
                                HOSTS_OF.containsKey(owner)
                                        && !Pattern.compile(HOSTS_OF.getOrDefault(owner, ""))
                                                .matcher(host)
                                                .find());
        boolean isLocal = host.matches("(localhost|127\\.|10\\.|192\\.168\\.|\\[::1).*");
        if (isForeign && !isLocal) {
            report(
                    InstructionRules.SECRET,
                    owners.size() > 1 ? Severity.HIGH : Severity.MEDIUM,
                    "at " + host + " is handed secrets of others: " + String.join(", ", owners));
        }
        boolean isUnencrypted =
                isProxied
                        && arguments.stream()
                                .anyMatch(a -> a.startsWith("http://") && SentOut.isForeign(a));
        if (isUnencrypted) {
            report(InstructionRules.SCOPE, Severity.MEDIUM, "is reached without encryption");
        }
    }

    /// Clients that ask nobody before a tool is used.
    private void approvals() {
        for (String key : List.of("autoApprove", "alwaysAllow", "autoAllow")) {
            for (Json tool : server.items(key)) {
                if (tool instanceof Json.Text text && UNASKED.matcher(text.value()).matches()) {
                    report(
                            InstructionRules.SCOPE,
                            Severity.MEDIUM,
                            "may use \"" + text.value() + "\" without anybody being asked");
                    return;
                }
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
        String given = member.value() instanceof Json.Text text ? text.value() : "";
        boolean checksNothing =
                member.key().matches("NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY")
                        && given.equals("0");
        boolean isUnchecked =
                checksNothing || (member.key().equals("GIT_SSL_NO_VERIFY") && !given.isEmpty());
        boolean isElsewhere =
                REGISTRY.matcher(member.key()).find() && !KNOWN_REGISTRY.matcher(given).find();
        if (isUnchecked || isElsewhere) {
            report(
                    InstructionRules.COMMAND,
                    Severity.MEDIUM,
                    isUnchecked
                            ? "checks no certificates (" + member.key() + ")"
                            : "is fetched from \"" + given + "\"");
        }
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
