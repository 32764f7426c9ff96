package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
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
                    "(?i)command|\\w*command|apikeyhelper|awsauthrefresh|awscredentialexport|otelheadershelper|statusline|(pre|post)?install|(pre|post)?prepare|shellargs?|args|runargs|runtimeargs|bash");

    private static final Pattern API_ADDRESS =
            Pattern.compile("(?i)\\w*_?base_?url|\\w*_api_base|\\w*_endpoint");

    /// Codex (openai/codex, `docs/config.md`): nobody is asked, and nothing is out of reach.
    private static final Pattern NEVER_ASKS =
            Pattern.compile("(?m)^[ \\t]*approval_policy\\s*=\\s*[\"']never[\"']");

    private static final Pattern REACHES_ALL =
            Pattern.compile("(?m)^[ \\t]*sandbox_mode\\s*=\\s*[\"']danger-full-access[\"']");

    private static final Pattern UNASKED_KEY =
            Pattern.compile(
                    "(?i)(.*\\.)?(auto_?approve|auto_?accept|auto_?run|yolo(_?mode)?|dangerously\\w*|enableAllProjectMcpServers|skipDangerousModePermissionPrompt)(\\..*)?");
    private static final Pattern PROGRAM_KEY =
            Pattern.compile(
                    "(?i)[\\w-]{1,40}(\\.[\\w-]{1,40}){0,6}\\.(\\w*path|executable|command|interpreter|\\w*bin)");

    /// Git is never part of a folder that is worked on.
    private static final Pattern OWN_GIT =
            Pattern.compile("git\\.path=(\\./|\\$\\{workspaceFolder}|[\\w.-]+/)");

    private static final Pattern OUT_OF_SIGHT =
            Pattern.compile(
                    "(?:\\./|\\$\\{workspaceFolder}/)?(?:[\\w-]{1,60}/){0,6}\\.(?!venv|env|conda|pixi|tox|nox|pyenv|virtualenv|direnv|devenv|nix|yarn|pnp|vscode|bin|cargo|rustup|local|tools|\\.)[\\w.-]{1,60}/[\\w./-]{1,100}$");

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

    /// What settings of editors and their agents begin with, before a dot.
    private static final Set<String> EDITOR =
            Set.of(
                    "chat",
                    "terminal",
                    "python",
                    "editor",
                    "files",
                    "task",
                    "security",
                    "git",
                    "go",
                    "java",
                    "cmake",
                    "eslint",
                    "npm",
                    "php",
                    "ruby",
                    "rust-analyzer",
                    "github",
                    "cursor",
                    "cline",
                    "roo-cline",
                    "claude-code",
                    "geminicodeassist");

    private static final Set<String> SETTINGS =
            Set.of(
                    "hooks",
                    "permissions",
                    "tasks",
                    "scripts",
                    "env",
                    "apiKeyHelper",
                    "statusLine",
                    "mounts",
                    "runArgs",
                    "configurations",
                    "autoAccept",
                    "autoApprove",
                    "enableAllProjectMcpServers",
                    "yolo",
                    "initializeCommand",
                    "onCreateCommand",
                    "updateContentCommand",
                    "postCreateCommand",
                    "postStartCommand",
                    "postAttachCommand");

    private final Notes notes;
    private final HookSettings hooks;

    private AgentSettings(Notes notes) {
        this.notes = notes;
        this.hooks = new HookSettings(notes);
    }

    /// Looks at settings in TOML.
    public static void lookAtText(String text, Notes notes) {
        if (text.contains("approval_policy")
                && Finds.any(NEVER_ASKS, text)
                && Finds.any(REACHES_ALL, text)) {
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
        return root.members().stream().map(Json.Member::key).anyMatch(AgentSettings::isSetting)
                || root.get("tools").filter(Json.Members.class::isInstance).isPresent();
    }

    private static boolean isSetting(String key) {
        int dot = key.indexOf('.');
        return dot > 0 ? EDITOR.contains(key.substring(0, dot)) : SETTINGS.contains(key);
    }

    private void walk(Json node, String path, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Members members -> {
                opening(members);
                if (HookSettings.isPath(path) && (isHook(members) || isGroup(members))) {
                    hooks.look(members, path);
                }
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

    private static boolean isGroup(Json.Members members) {
        return members.get("hooks").filter(Json.Items.class::isInstance).isPresent();
    }

    /// A hook that stands in no group with a matcher, as Cursor has them.
    private static boolean isHook(Json.Members members) {
        return members.get("command").isPresent() && members.get("type").isEmpty();
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
        if (path.startsWith("env.") && member.value() instanceof Json.Text address) {
            hooks.address(member.key(), address.value(), path);
        }
        editor(member, path);
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

    /// VS Code: programs that it starts by themselves, and the question whether to trust a folder.
    private void editor(Json.Member member, String path) {
        boolean isProgram =
                PROGRAM_KEY.matcher(member.key()).matches()
                        && member.value() instanceof Json.Text program
                        && (OWN_GIT.matcher(member.key() + "=" + program.value()).lookingAt()
                                || OUT_OF_SIGHT.matcher(program.value()).lookingAt());
        if (isProgram) {
            note(
                    InstructionRules.STARTS,
                    Severity.MEDIUM,
                    path,
                    "The editor starts a program of the folder: "
                            + ((Json.Text) member.value()).value());
        }
        boolean isTrusted =
                (member.key().equals("security.workspace.trust.enabled")
                                && member.value().equals(new Json.Truth(false)))
                        || (member.key().equals("task.allowAutomaticTasks")
                                && member.value().equals(new Json.Text("on")));
        if (isTrusted) {
            note(
                    InstructionRules.UNASKED,
                    Severity.MEDIUM,
                    path,
                    "The editor trusts every folder, or runs its tasks unasked");
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
                .max(Comparator.comparing(AgentSettings::reach))
                .ifPresent(each ->
                        note(
                                InstructionRules.SCOPE,
                                reach(each),
                                path,
                                "The container is given the host: " + each));
    }

    /// How far a container gets; shared memory alone is what training needs.
    private static Severity reach(String given) {
        if (given.equals("--ipc=host")) {
            return Severity.LOW;
        }
        return given.startsWith("--") ? Severity.MEDIUM : Severity.HIGH;
    }

    private void note(Rule rule, Severity severity, String path, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + path, message);
    }
}
