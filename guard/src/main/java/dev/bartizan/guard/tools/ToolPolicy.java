package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.Conversation.Message;
import dev.bartizan.guard.tools.Conversation.Tool;
import java.util.ArrayList;
import java.util.List;

/// Judges what an agent does with what it read, without a policy written for the scenario: a value
/// from untrusted content may not become a recipient, address, command, path or amount unless the
/// user said it, and an effect that the user did not ask for needs approval. Stateless.
public final class ToolPolicy {
    /// The policy by default.
    public ToolPolicy() {}

    /// A verdict for every call and for every answer that shows an image or a link, in order.
    public List<CallVerdict> judge(Conversation conversation) {
        Sources sources = new Sources();
        for (Tool tool : conversation.tools().values()) {
            sources.addForeign("the description of " + tool.name(), tool.description(), true);
        }
        List<CallVerdict> verdicts = new ArrayList<>();
        String proposed = "";
        for (Message message : conversation.messages()) {
            for (Call call : message.calls()) {
                Tool tool = conversation.tools().get(call.tool());
                Effect effect = tool == null ? Effect.infer(call.tool(), "") : tool.effect();
                verdicts.add(new CallJudge(sources).judge(call, effect));
            }
            if (message.role().equals("assistant")) {
                LinkJudge.judge(message, sources).ifPresent(verdicts::add);
                proposed = message.text();
            }
            if (message.isTrusted()) {
                boolean isUser = message.role().equals("user");
                sources.addTrusted(message.text(), isUser);
                if (isUser && !proposed.isBlank() && Intent.agrees(message.text())) {
                    sources.addTrusted(proposed, true);
                }
            }
            for (String attached : message.attached()) {
                String origin =
                        message.tool().isEmpty()
                                ? "message " + message.index()
                                : message.tool() + " (message " + message.index() + ")";
                sources.addForeign(origin, attached, false);
            }
        }
        return List.copyOf(verdicts);
    }

    /// Keeps the strictest decision with its reason.
    static final class Ruling {
        private Decision decision = Decision.ALLOW;
        private String reason = "nothing speaks against it";
        private final List<String> taint = new ArrayList<>();

        void atLeast(Decision wanted, String why) {
            if (wanted.compareTo(decision) > 0) {
                decision = wanted;
                reason = why;
            }
        }

        void taint(String what) {
            if (!taint.contains(what)) {
                taint.add(what);
            }
        }

        boolean isTainted() {
            return !taint.isEmpty();
        }

        CallVerdict verdict(String callId) {
            return new CallVerdict(callId, decision, reason, taint);
        }
    }
}
