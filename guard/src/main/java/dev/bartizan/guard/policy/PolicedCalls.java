package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.JsonNumbers;
import dev.bartizan.core.ledger.Jcs;
import dev.bartizan.guard.policy.GuardPolicy.Mode;
import dev.bartizan.guard.policy.ToolRules.Limit;
import dev.bartizan.guard.policy.ToolRules.ToolRule;
import dev.bartizan.guard.policy.ToolRules.Verdict;
import dev.bartizan.guard.tools.ApprovedCalls;
import dev.bartizan.guard.tools.CallRules;
import dev.bartizan.guard.tools.CallVerdict;
import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.Conversation.Tool;
import dev.bartizan.guard.tools.Effect;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The tool rules of a policy over one conversation; counts calls and amounts as they come. What a
/// person approved goes through where it was to be asked for.
final class PolicedCalls implements CallRules {
    private final ToolRules rules;
    private final Mode mode;
    private final Conversation conversation;
    private final Map<ToolRule, Long> calls = new HashMap<>();
    private final Map<ToolRule, Double> amounts = new HashMap<>();
    private boolean hasReadForeign;
    private boolean hasReadPrivate;

    private final String principal;
    private final CallState state;
    private final CallRules approved;
    private final Map<Digest, Integer> seen = new HashMap<>();

    /// Rules over one conversation.
    PolicedCalls(
            GuardPolicy policy,
            ToolRules rules,
            Conversation conversation,
            PolicyGuard.Request request,
            CallState state) {
        this.rules = rules;
        this.mode = policy.mode();
        this.conversation = conversation;
        this.principal = request.principal();
        this.state = state;
        approved =
                state.approver()
                        .<CallRules>map(
                                approver -> new ApprovedCalls(principal, policy.digest(), approver))
                        .orElse(CallRules.NONE);
    }

    @Override
    public CallVerdict on(Call call, CallVerdict judged) {
        CallVerdict ruled = ofTwo(call, ruled(call, judged));
        if (mode == Mode.ENFORCE) {
            return spent(call, approved.on(call, ruled));
        }
        if (ruled.decision() == Decision.ALLOW) {
            return ruled;
        }
        return new CallVerdict(
                ruled.callId(),
                Decision.ALLOW,
                "observed only, would " + ruled.decision().label() + ": " + ruled.reason(),
                ruled.taint());
    }

    private Optional<ToolRule> named(Call call) {
        return rules.rule(call.tool()).or(() -> rules.rule(byServer(call.tool())));
    }

    /// What goes through counts towards limits over time.
    private CallVerdict spent(Call call, CallVerdict ruled) {
        Optional<ToolRule> rule = named(call).filter(one -> one.limit().per().isPresent());
        if (rule.isEmpty() || ruled.decision() != Decision.ALLOW) {
            return ruled;
        }
        Limit limit = rule.get().limit();
        Digest key =
                Digest.composite(
                        Map.of("principal", principal, "tool", rule.get().tool().pattern()));
        SpentLimits.Ask ask =
                new SpentLimits.Ask(
                        key,
                        identity(call),
                        amount(call.arguments()),
                        limit,
                        limit.per().orElseThrow());
        return state.spent()
                .spend(ask)
                .map(problem -> decided(ruled, Decision.BLOCK, "policy: " + problem))
                .orElse(ruled);
    }

    /// What tells a call from every other: a conversation that is checked again as it grows does
    /// not spend twice, and the same call made twice in it does.
    private Digest identity(Call call) {
        String id = conversation.id().isEmpty() ? UUID.randomUUID().toString() : conversation.id();
        Map<String, String> parts =
                Map.of(
                        "conversation", id,
                        "call", call.id(),
                        "tool", call.tool(),
                        "arguments", Jcs.write(call.arguments()));
        Digest same = Digest.composite(parts);
        int times = seen.merge(same, 1, Integer::sum);
        return Digest.of(same.hex() + " " + times);
    }

    private CallVerdict ruled(Call call, CallVerdict judged) {
        Optional<ToolRule> named = named(call);
        if (named.isEmpty()) {
            return verdict(rules.otherwise(), judged, "no rule names the tool " + call.tool());
        }
        ToolRule rule = named.get();
        Optional<String> broken =
                pinned(rule, call)
                        .or(() -> ToolRules.broken(rule, call.arguments()))
                        .or(() -> overLimit(rule, call));
        if (broken.isPresent()) {
            return decided(judged, Decision.BLOCK, "policy: " + broken.get());
        }
        return verdict(rule.verdict(), judged, "policy: rule for " + rule.tool().pattern());
    }

    /// `mcp__mail__send` is `mail/send`.
    private static String byServer(String tool) {
        String bare = tool.startsWith("mcp__") ? tool.substring(5) : tool;
        int gap = bare.indexOf("__");
        return gap < 0 ? tool : bare.substring(0, gap) + "/" + bare.substring(gap + 2);
    }

    private Optional<String> pinned(ToolRule rule, Call call) {
        if (rule.pin().isEmpty()) {
            return Optional.empty();
        }
        Tool tool = conversation.tools().get(call.tool());
        Digest now = pin(tool == null ? "" : tool.description());
        return now.equals(rule.pin().get())
                ? Optional.empty()
                : Optional.of(
                        "the tool's description is not the approved one (now sha256:"
                                + now.hex()
                                + ")");
    }

    /// What a tool's description is pinned by.
    static Digest pin(String description) {
        return Digest.of(description);
    }

    private Optional<String> overLimit(ToolRule rule, Call call) {
        if (rule.limit().per().isPresent()) {
            return Optional.empty();
        }
        long count = calls.merge(rule, 1L, Long::sum);
        double amount = amounts.merge(rule, amount(call.arguments()), Double::sum);
        if (count > rule.limit().calls()) {
            return Optional.of("more than " + rule.limit().calls() + " calls in this conversation");
        }
        return amount > rule.limit().amount()
                ? Optional.of("more than " + rule.limit().amount() + " in this conversation")
                : Optional.empty();
    }

    /// The sum of what arguments called an amount say.
    private static double amount(JsonNode arguments) {
        double sum = 0;
        for (Map.Entry<String, JsonNode> entry : arguments.properties()) {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                sum += amount(value);
            } else if (entry.getKey().matches("(?i).*(amount|total|sum|price|value).*")) {
                sum +=
                        value.isNumber()
                                ? Math.abs(JsonNumbers.nearest(value))
                                : written(value.asString(""));
            }
        }
        return sum;
    }

    private static double written(String text) {
        try {
            return Math.abs(Double.parseDouble(text.replaceAll("[^0-9.]", "")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Untrusted content, private data, and a way out: never all three unseen.
    private CallVerdict ofTwo(Call call, CallVerdict ruled) {
        Tool tool = conversation.tools().get(call.tool());
        Effect effect = tool == null ? Effect.UNKNOWN : tool.effect();
        boolean reachesOut =
                switch (effect) {
                    case SEND, MONEY, NETWORK, EXECUTE -> true;
                    case READ, WRITE, DELETE, ADMIN, UNKNOWN -> false;
                };
        boolean isThird = reachesOut && hasReadForeign && hasReadPrivate;
        hasReadForeign |= effect == Effect.NETWORK || effect == Effect.READ;
        hasReadPrivate |= effect == Effect.READ;
        if (!isThird || rules.ruleOfTwo() == Verdict.ALLOW) {
            return ruled;
        }
        return verdict(
                rules.ruleOfTwo(),
                ruled,
                "policy: rule of two, the conversation read untrusted and private data and reaches out");
    }

    private static CallVerdict verdict(Verdict verdict, CallVerdict judged, String why) {
        return switch (verdict) {
            case ALLOW -> new CallVerdict(judged.callId(), Decision.ALLOW, why, judged.taint());
            case JUDGE -> judged;
            case ASK ->
                    judged.decision() == Decision.BLOCK
                            ? judged
                            : decided(judged, Decision.ASK, why);
            case BLOCK -> decided(judged, Decision.BLOCK, why);
        };
    }

    private static CallVerdict decided(CallVerdict judged, Decision decision, String why) {
        return new CallVerdict(judged.callId(), decision, why, judged.taint());
    }
}
