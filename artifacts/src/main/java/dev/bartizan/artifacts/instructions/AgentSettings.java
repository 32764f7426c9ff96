package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Settings that travel with a folder and make editors, agents and package managers run something
/// or ask nobody: hooks and permissions of coding agents, tasks and terminals of editors,
/// development containers, scripts of packages. All of them are obeyed when the folder is opened or
/// installed.
public final class AgentSettings {
    private static final int DEEPEST = 40;

    /// Keys whose value is a command: of Claude Code, Gemini CLI, VS Code, Dev Containers, npm.
    private static final Pattern COMMAND_KEY =
            Pattern.compile(
                    "(?i)command|\\w*command|apikeyhelper|awsauthrefresh|awscredentialexport|otelheadershelper|statusline|(pre|post)?install|(pre|post)?prepare|shellargs?|args|runargs");

    private static final Pattern API_ADDRESS =
            Pattern.compile("(?i)\\w*_?base_?url|\\w*_api_base|\\w*_endpoint|https?_proxy");

    /// Codex (openai/codex, `docs/config.md`): nobody is asked, and nothing is out of reach.
    private static final Pattern NEVER_ASKS =
            Pattern.compile("(?m)^[ \\t]*approval_policy\\s*=\\s*[\"']never[\"']");

    private static final Pattern REACHES_ALL =
            Pattern.compile("(?m)^[ \\t]*sandbox_mode\\s*=\\s*[\"']danger-full-access[\"']");

    private static final Pattern UNASKED_KEY =
            Pattern.compile(
                    "(?i)(.*\\.)?(auto_?approve|auto_?accept|auto_?run|yolo(_?mode)?|dangerously\\w*|enableAllProjectMcpServers|skipDangerousModePermissionPrompt)(\\..*)?");
    private static final Set<String> ALL_COMMANDS =
            Set.of(
                    "bash(*)",
                    "bash",
                    "*",
                    "shell(*)",
                    "run_shell_command",
                    "bash(sudo:*)",
                    "execute(*)");
    private static final Pattern HOST_MOUNT =
            Pattern.compile(
                    "(?i)source=(/|/etc|/root|/var/run/docker\\.sock)(,|$)|^(/|/etc|/root|/var/run/docker\\.sock):");
    private static final Pattern WALLS =
            Pattern.compile(
                    "^--privileged$|^--(pid|ipc|network|net|userns)=host$|^--cap-add=(ALL|SYS_ADMIN|SYS_MODULE)$");

    private final Notes notes;

    private AgentSettings(Notes notes) {
        this.notes = notes;
    }

    /// Looks at settings in TOML.
    public static void lookAtText(String text, Notes notes) {
        if (NEVER_ASKS.matcher(text).find() && REACHES_ALL.matcher(text).find()) {
            notes.findingAt(
                    InstructionRules.UNASKED,
                    Severity.MEDIUM,
                    notes.item().path(),
                    "The agent runs commands unasked and without a sandbox");
        }
    }

    /// Notes what a document of settings makes tools run.
    public static void look(Json root, Notes notes) {
        AgentSettings settings = new AgentSettings(notes);
        if (root instanceof Json.Members members && isSettings(members)) {
            settings.walk(members, "", 0);
        }
    }

    private static boolean isSettings(Json.Members root) {
        boolean isEditor =
                root.members().stream()
                        .anyMatch(member ->
                                member.key()
                                        .matches(
                                                "(chat|terminal|python|editor|files|task|security)\\..+"));
        return isEditor
                || Set.of(
                                "hooks",
                                "permissions",
                                "tasks",
                                "scripts",
                                "env",
                                "apiKeyHelper",
                                "statusLine",
                                "mounts",
                                "runArgs",
                                "autoAccept",
                                "autoApprove",
                                "enableAllProjectMcpServers",
                                "yolo")
                        .stream()
                        .anyMatch(key -> root.get(key).isPresent())
                || root.members().stream()
                        .anyMatch(member ->
                                member.key()
                                        .matches(
                                                "(initialize|onCreate|updateContent|post(Create|Start|Attach))Command"))
                || root.get("tools").filter(Json.Members.class::isInstance).isPresent();
    }

    private void walk(Json node, String path, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Members members -> {
                opening(members);
                for (Json.Member member : members.members()) {
                    String inner = path.isEmpty() ? member.key() : path + "." + member.key();
                    setting(member, inner);
                    walk(member.value(), inner, depth + 1);
                }
            }
            case Json.Items items -> items.items().forEach(item -> walk(item, path, depth + 1));
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    /// VS Code, "Run behavior": a task that starts when the folder is opened.
    private void opening(Json.Members task) {
        boolean isAtOpening =
                task.get("runOptions")
                        .flatMap(options -> options.text("runOn"))
                        .filter("folderOpen"::equals)
                        .isPresent();
        if (isAtOpening) {
            boolean isHidden =
                    task.get("presentation")
                            .flatMap(shown -> shown.text("reveal"))
                            .filter(reveal -> reveal.equals("never") || reveal.equals("silent"))
                            .isPresent();
            note(
                    InstructionRules.STARTS,
                    isHidden ? Severity.MEDIUM : Severity.LOW,
                    "tasks",
                    "A task runs when the folder is opened"
                            + (isHidden ? ", and is kept out of sight" : ""));
        }
    }

    private void setting(Json.Member member, String path) {
        if (COMMAND_KEY.matcher(member.key()).matches()) {
            command(member, path);
        }
        if (UNASKED_KEY.matcher(path).matches() && isYes(member.value())) {
            note(
                    InstructionRules.UNASKED,
                    Severity.MEDIUM,
                    path,
                    "Tools are used without anybody being asked");
        }
        if (member.key().equals("defaultMode")
                && member.value() instanceof Json.Text mode
                && mode.value().toLowerCase(Locale.ROOT).startsWith("bypass")) {
            note(InstructionRules.UNASKED, Severity.MEDIUM, path, "Permissions are not asked for");
        }
        if (path.endsWith("permissions.allow") || path.equals("permissions.allow")) {
            allowed(member.value(), path);
        }
        if (path.equals("mounts") || path.equals("runArgs")) {
            host(member.value(), path);
        }
        boolean isAddress = path.startsWith("env.") && API_ADDRESS.matcher(member.key()).matches();
        if (isAddress
                && member.value() instanceof Json.Text address
                && address.value().startsWith("http://")
                && !address.value()
                        .matches("http://(localhost|127\\.|\\[::1]|host\\.docker\\.internal).*")) {
            note(
                    InstructionRules.STARTS,
                    Severity.MEDIUM,
                    path,
                    "What models are asked goes to another server, unencrypted: "
                            + address.value());
        }
    }

    private void command(Json.Member member, String path) {
        String command = words(member.value());
        Optional<Commands.Judged> judged = Commands.judge(command);
        if (judged.isPresent()) {
            boolean isAsked =
                    judged.get().kind() == Commands.Kind.FETCHED && path.startsWith("scripts.");
            note(
                    InstructionRules.STARTS,
                    isAsked ? Severity.MEDIUM : judged.get().severity(),
                    path,
                    "A command runs by itself: " + judged.get().text());
        }
    }

    private static String words(Json value) {
        return switch (value) {
            case Json.Text text -> text.value();
            case Json.Items items ->
                    items.items().stream()
                            .map(AgentSettings::words)
                            .collect(Collectors.joining(" "));
            case Json.Members members ->
                    members.members().stream()
                            .map(member -> words(member.value()))
                            .collect(Collectors.joining("\n"));
            case Json.Numeral _, Json.Truth _, Json.Null _ -> "";
        };
    }

    private static boolean isYes(Json value) {
        return switch (value) {
            case Json.Truth truth -> truth.value();
            case Json.Items items -> items.items().contains(new Json.Text("*"));
            case Json.Text text -> text.value().equals("*") || text.value().equals("always");
            case Json.Members _, Json.Numeral _, Json.Null _ -> false;
        };
    }

    private void allowed(Json value, String path) {
        List<String> all = new ArrayList<>();
        ToolManifests.strings(value, all, 0);
        all.stream()
                .filter(each -> ALL_COMMANDS.contains(each.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(each ->
                        note(
                                InstructionRules.UNASKED,
                                Severity.MEDIUM,
                                path,
                                "Every command may run without anybody being asked: " + each));
    }

    private void host(Json value, String path) {
        List<String> all = new ArrayList<>();
        ToolManifests.strings(value, all, 0);
        all.stream()
                .filter(each -> HOST_MOUNT.matcher(each).find() || WALLS.matcher(each).find())
                .findFirst()
                .ifPresent(each ->
                        note(
                                InstructionRules.SCOPE,
                                each.startsWith("--") ? Severity.MEDIUM : Severity.HIGH,
                                path,
                                "The container is given the host: " + each));
    }

    private void note(Rule rule, Severity severity, String path, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + path, message);
    }
}
