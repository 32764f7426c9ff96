package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Rule;
import java.util.List;

/// What findings in texts for models mean.
public final class InstructionRules {
    /// ATLAS: indirect prompt injection.
    private static final String INJECTION = "AML.T0051.001";

    static final Rule HIDDEN =
            new Rule(
                    "text-hides-characters",
                    "Remove the characters that people do not see; ask who put them there.",
                    List.of("CWE-1007", "CWE-116"),
                    List.of(INJECTION));

    static final Rule INSTRUCTION =
            new Rule(
                    "text-instructs-the-model",
                    "Do not give this text to a model; have its author explain or remove the passage.",
                    List.of("CWE-1427"),
                    List.of(INJECTION));

    static final Rule SHADOWING =
            new Rule(
                    "tool-shadows-another",
                    "Remove what a tool's description says about other tools; give tools distinct names.",
                    List.of("CWE-1427", "CWE-290"),
                    List.of(INJECTION));

    static final Rule COMMAND =
            new Rule(
                    "server-starts-a-command",
                    "Pin the version or digest of what is started, and start it without a shell.",
                    List.of("CWE-829", "CWE-494"),
                    List.of("AML.T0010.001"));

    static final Rule STARTS =
            new Rule(
                    "settings-run-a-command",
                    "Read the command before you open or install the folder; open it as untrusted.",
                    List.of("CWE-829", "CWE-78"),
                    List.of("AML.T0010.001"));

    static final Rule UNASKED =
            new Rule(
                    "settings-ask-nobody",
                    "Have the client ask before tools run; allow single commands by name.",
                    List.of("CWE-862", "CWE-250"),
                    List.of());

    static final Rule SCOPE =
            new Rule(
                    "server-reaches-too-much",
                    "Grant the narrowest folder, scope or mount that the work needs.",
                    List.of("CWE-250", "CWE-732"),
                    List.of());

    static final Rule SECRET =
            new Rule(
                    "secret-in-settings",
                    "Revoke the secret, and name an environment variable or a vault instead.",
                    List.of("CWE-798"),
                    List.of("AML.T0055"));

    private static final List<Rule> ORDERS = List.of(HIDDEN, INSTRUCTION, SHADOWING);
    private static final List<Rule> GRANTS = List.of(SCOPE, UNASKED, SECRET);

    private InstructionRules() {}

    /// Whether a finding of that rule is that a text gives a model orders.
    public static boolean isAboutOrders(String rule) {
        return ORDERS.stream().anyMatch(each -> each.id().equals(rule));
    }

    /// Whether a rule is about what a model is told or granted, not about code.
    public static boolean isAboutTexts(String rule) {
        return isAboutOrders(rule) || GRANTS.stream().anyMatch(each -> each.id().equals(rule));
    }
}
