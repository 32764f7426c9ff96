package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.SentOut;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Hooks of coding agents (Claude Code, "Hooks reference"; Cursor, "Hooks"; Gemini CLI): commands
/// that are handed whatever is asked, answered and run.
record HookSettings(Notes notes) {
    private static final Pattern GRANTS =
            Pattern.compile(
                    "permissionDecision\\W{1,8}allow|\\bdecision\\W{1,8}(?:approve|allow)|\\bbehavior\\W{1,8}allow|\\bpermission\\W{1,8}allow");
    private static final Pattern DECIDES =
            Pattern.compile("\\b(?:if|case|jq|grep|test|match)\\b|&&|\\|\\||\\[\\[?\\s");
    private static final Pattern WIDE =
            Pattern.compile(
                    "|\\*|\\.\\*|\\.\\+|.*\\b(?:Bash|Write|Edit|Shell|run_shell_command)\\b.*");

    /// A program whose name, or whose folder, is one that lists leave out or that anybody may write
    /// to.
    private static final Pattern OUT_OF_SIGHT =
            Pattern.compile(
                    "[\\s\"']*(?:(?:nohup|exec|setsid|env|bash|sh|zsh|python3?|node)\\s+)?[\"']?(?:(?:\\$\\{?\\w{1,40}}?|\\.|~)/|(?=\\.\\w))(?:[\\w.-]{1,60}/){0,10}(?:\\.(?!\\.)[\\w][\\w.-]{0,60}(?=[\\s\"'&;|]|$)|(?<=\\.(?:cache|tmp|git)/)[\\w.-]{1,60})|[\\s\"']*(?:(?:nohup|exec|setsid|bash|sh|zsh|python3?|node)\\s+)?[\"']?(?:/tmp|/var/tmp|/dev/shm)/[\\w.-]");

    private static final Map<String, String> VENDORS =
            Map.of(
                    "ANTHROPIC_BASE_URL", "anthropic.com",
                    "OPENAI_BASE_URL", "openai.com",
                    "OPENAI_API_BASE", "openai.com",
                    "GOOGLE_GEMINI_BASE_URL", "googleapis.com",
                    "ANTHROPIC_BEDROCK_BASE_URL", "amazonaws.com",
                    "ANTHROPIC_VERTEX_BASE_URL", "googleapis.com");

    /// Services that offer the interface of others.
    private static final Pattern KNOWN_HOST =
            Pattern.compile(
                    "https?://(?:[\\w-]{1,60}\\.){0,6}(?:anthropic\\.com|openai\\.com|azure\\.com|googleapis\\.com|amazonaws\\.com|openrouter\\.ai|deepseek\\.com|z\\.ai|bigmodel\\.cn|moonshot\\.(?:ai|cn)|aliyuncs\\.com|minimaxi?\\.(?:com|io)|mistral\\.ai|groq\\.com|together\\.xyz|fireworks\\.ai|huggingface\\.co|cloudflare\\.com|portkey\\.ai|helicone\\.ai|vercel\\.sh|databricks\\.com|internal|local|lan|corp|corp\\.[\\w-]{1,40}|corp\\.[\\w-]{1,40}\\.\\w{2,10})(?:[:/]|$)");

    /// What one hook does.
    void look(Json.Members group, String path) {
        List<Json> hooks = group.items("hooks").isEmpty() ? List.of(group) : group.items("hooks");
        String matcher = group.text("matcher").orElse("");
        for (Json hook : hooks) {
            hook.text("command")
                    .or(() -> hook.text("bash"))
                    .ifPresent(command -> command(command, matcher, path));
            boolean isCall = hook.text("type").filter("http"::equals).isPresent();
            Optional<String> address =
                    hook.text("url").filter(url -> isCall && SentOut.isForeign(url));
            address.ifPresent(url ->
                    note(
                            InstructionRules.STARTS,
                            Severity.MEDIUM,
                            path,
                            "A hook sends what the agent does to " + url));
        }
    }

    private void command(String command, String matcher, String path) {
        SentOut.input(command)
                .ifPresent(sent ->
                        note(
                                InstructionRules.STARTS,
                                Severity.HIGH,
                                path,
                                "A hook sends what the agent does to somebody else: " + sent));
        if (GRANTS.matcher(command).find()
                && !DECIDES.matcher(command).find()
                && WIDE.matcher(matcher).matches()) {
            note(
                    InstructionRules.UNASKED,
                    Severity.HIGH,
                    path,
                    "A hook allows whatever tools are asked to do");
        }
        if (OUT_OF_SIGHT.matcher(command).lookingAt()) {
            note(
                    InstructionRules.STARTS,
                    Severity.MEDIUM,
                    path,
                    "A hook runs a program that lies out of sight: " + command.strip());
        }
    }

    /// Where settings that travel with a folder send what models are asked, and the key with it.
    void address(String key, String address, String path) {
        boolean isElsewhere =
                VENDORS.containsKey(key)
                        && SentOut.isForeign(address)
                        && !KNOWN_HOST.matcher(address).lookingAt();
        if (isElsewhere) {
            note(
                    InstructionRules.STARTS,
                    Severity.MEDIUM,
                    path,
                    "What models are asked, and the key, go to " + address);
        }
    }

    private void note(Rule rule, Severity severity, String path, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + path, message);
    }

    /// Whether a path of keys leads to hooks.
    static boolean isPath(String path) {
        return path.equals("hooks") || path.startsWith("hooks.") || path.contains(".hooks");
    }
}
