package dev.bartizan.artifacts.instructions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Words that must stand in a text for an expression to match at all. Most texts have none of them,
/// and looking for words costs a tenth of what matching costs.
final class NeededWords {
    private static final List<String> FORBIDDING =
            List.of(
                    "do not",
                    "don't",
                    "never",
                    "must not",
                    "without",
                    "does not",
                    "doesn't",
                    "need not",
                    "should not",
                    "shouldn't");

    /// One word of each list is needed, in lower case.
    private static final Map<Pattern, List<List<String>>> NEEDED =
            Map.ofEntries(
                    Map.entry(
                            Instructions.OVERRIDE,
                            List.of(
                                    List.of("ignore", "disregard", "forget", "override", "bypass"),
                                    List.of(
                                            "instruction",
                                            "prompt",
                                            "rules",
                                            "guidelines",
                                            "directions",
                                            "restrictions"))),
                    Map.entry(
                            Instructions.CONCEAL,
                            List.of(
                                    FORBIDDING,
                                    List.of(
                                            "user",
                                            "human",
                                            "developer",
                                            "anyone",
                                            "operator",
                                            "person",
                                            "customer"))),
                    Map.entry(
                            Instructions.SECRETLY,
                            List.of(
                                    List.of(
                                            "silently",
                                            "secretly",
                                            "quietly",
                                            "in the background",
                                            "keep ",
                                            "without "))),
                    Map.entry(
                            Instructions.SECRET_PLACE,
                            List.of(
                                    List.of(
                                            "~/.",
                                            "id_",
                                            ".aws/",
                                            "/etc/",
                                            "env",
                                            "mcp.json",
                                            "keychain",
                                            "wallet.dat",
                                            "browser cookies",
                                            " key",
                                            " token",
                                            "credentials"))),
                    Map.entry(
                            Instructions.BEHIND_BACKS,
                            List.of(
                                    FORBIDDING,
                                    List.of(
                                            "mention",
                                            "tell",
                                            "reveal",
                                            "disclose",
                                            "inform",
                                            "show",
                                            "list",
                                            "display",
                                            "report",
                                            "explain"))),
                    Map.entry(
                            Instructions.REMOTE_ORDERS,
                            List.of(
                                    List.of("http"),
                                    List.of("follow", "execute", "obey", "apply", "carry out"))),
                    Map.entry(
                            Instructions.DIVERTS,
                            List.of(
                                    List.of("http", "@"),
                                    List.of(
                                            " go",
                                            " be ",
                                            "cc",
                                            "even if",
                                            "regardless of",
                                            "no matter"))),
                    Map.entry(
                            Instructions.DISARMS,
                            List.of(
                                    List.of(
                                            "--dangerously-",
                                            "--yolo",
                                            "bypasspermissions",
                                            "bash(*)",
                                            "--trust-all-tools"))),
                    Map.entry(
                            Instructions.PIPED,
                            List.of(
                                    List.of("|"),
                                    List.of("curl", "wget", "iwr", "irm", "invoke-webrequest"))),
                    Map.entry(
                            Instructions.DECODED,
                            List.of(List.of("base64", "eval", "powershell", "/dev/tcp/", "nc"))),
                    Map.entry(Instructions.RUN_UNASKED, List.of(List.of("!`"))),
                    Map.entry(
                            Instructions.DESTROYS,
                            List.of(
                                    List.of(
                                            "rm",
                                            "mkfs",
                                            "dd",
                                            ":()",
                                            "chmod",
                                            "authorized_keys",
                                            "crontab"))),
                    Map.entry(
                            Instructions.SENDS_KEYS,
                            List.of(
                                    List.of(
                                            "key",
                                            "token",
                                            "password",
                                            "credential",
                                            "secret",
                                            "cookie"))),
                    Map.entry(Instructions.PRESSING, List.of(List.of("<"))));

    private final String lower;

    NeededWords(String text) {
        this.lower = text.toLowerCase(Locale.ROOT);
    }

    /// Whether the expression may match; always so where no words are known to be needed.
    boolean allow(Pattern expression) {
        return NEEDED.getOrDefault(expression, List.of()).stream()
                .allMatch(words -> words.stream().anyMatch(lower::contains));
    }
}
