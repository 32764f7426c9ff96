package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What happens to tool calls.
///
/// @param otherwise for tools that no rule names
/// @param ruleOfTwo when one conversation read untrusted content, read private data, and now
///   reaches out: at least this
/// @param rules the first whose tool fits counts
public record ToolRules(Verdict otherwise, Verdict ruleOfTwo, List<ToolRule> rules) {
    /// Copies the list.
    public ToolRules {
        rules = List.copyOf(rules);
    }

    /// What a rule says of a call.
    public enum Verdict {
        /// It goes through.
        ALLOW,
        /// It is judged by the ground its values stand on.
        JUDGE,
        /// A person must approve.
        ASK,
        /// It is stopped.
        BLOCK
    }

    /// A rule about tools.
    ///
    /// @param tool name, or `server/name` for tools of a server
    /// @param verdict what happens to calls that keep to the rule
    /// @param when what the arguments must fulfil, else the call is stopped
    /// @param schema what the arguments must look like, else the call is stopped
    /// @param pin digest of the description as approved; another one stops every call
    /// @param limit how often and how much
    public record ToolRule(
            Glob tool,
            Verdict verdict,
            Optional<Predicate> when,
            Optional<ArgumentSchema> schema,
            Optional<Digest> pin,
            Limit limit) {}

    /// How often and how much.
    ///
    /// @param calls most calls
    /// @param amount most of all amounts together
    /// @param per over which time, for each principal and over all conversations; empty for one
    ///   conversation
    public record Limit(long calls, double amount, Optional<Duration> per) {}

    /// Whether a rule counts over all conversations.
    public boolean countsOverTime() {
        return rules.stream().anyMatch(rule -> rule.limit().per().isPresent());
    }

    /// The rule of a tool.
    Optional<ToolRule> rule(String tool) {
        return rules.stream().filter(r -> r.tool().fits(tool)).findFirst();
    }

    /// Why the rule stops a call's arguments; empty when it does not.
    static Optional<String> broken(ToolRule rule, JsonNode arguments) {
        Optional<String> shape = rule.schema().flatMap(s -> s.problem(arguments));
        if (shape.isPresent()) {
            return shape;
        }
        boolean isBroken = rule.when().isPresent() && !rule.when().get().holds(arguments);
        return isBroken
                ? Optional.of("the arguments do not fulfil `" + rule.when().get().text() + "`")
                : Optional.empty();
    }
}
