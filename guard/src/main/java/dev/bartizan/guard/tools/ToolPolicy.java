package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.Conversation.Attached;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.Conversation.Message;
import dev.bartizan.guard.tools.Conversation.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges what an agent does with what it read, without a policy written for the scenario: a value
/// from untrusted content may not become a recipient, address, command, path or amount unless the
/// user said it, and an effect that the user did not ask for needs approval. Stateless.
public final class ToolPolicy {
    /// The policy by default.
    public ToolPolicy() {}

    /// A verdict for every call and for every answer that shows an image or a link, in order.
    public List<CallVerdict> judge(Conversation conversation) {
        return judge(conversation, CallRules.NONE);
    }

    /// The same under rules of the operator, which see every call in order.
    public List<CallVerdict> judge(Conversation conversation, CallRules rules) {
        Heard heard = new Heard();
        for (Tool tool : conversation.tools().values()) {
            heard.addUntrusted("the description of " + tool.name(), tool.description(), "", true);
        }
        heard.addTrusted(conversation.system(), false);
        List<CallVerdict> verdicts = new ArrayList<>();
        Map<String, String> asked = new HashMap<>();
        String proposed = "";
        for (Message message : conversation.messages()) {
            for (Call call : message.calls()) {
                Scene scene = scene(heard, call, conversation);
                verdicts.add(rules.on(call, new CallJudge(scene).judge(call)));
                asked.put(call.id(), (values(call) + "\n" + spoken(call.tool())).strip());
            }
            if (message.role().equals("assistant")) {
                LinkJudge.judge(message, heard).ifPresent(verdicts::add);
                proposed = message.text();
            }
            if (message.isTrusted()) {
                trust(heard, message, proposed);
            }
            for (Attached attached : message.attached()) {
                String by = asked.getOrDefault(attached.answers(), "");
                heard.addUntrusted(origin(message, attached), attached.text(), by, false);
            }
        }
        return List.copyOf(verdicts);
    }

    private static Scene scene(Heard heard, Call call, Conversation conversation) {
        Tool tool = conversation.tools().get(call.tool());
        Effect effect = tool == null ? Effect.infer(call.tool(), "") : tool.effect();
        List<String> others =
                conversation.tools().keySet().stream().filter(n -> !n.equals(call.tool())).toList();
        return new Scene(
                heard, Intent.of(heard.userText()), effect, call.tool(), values(call), others);
    }

    private static void trust(Heard heard, Message message, String proposed) {
        boolean isUser = message.role().equals("user");
        heard.addTrusted(message.text(), isUser);
        if (isUser && !proposed.isBlank() && Intent.agrees(message.text())) {
            heard.addTrusted(proposed, true);
        }
    }

    /// The words of a tool's name: who says "the alert" speaks of what `get_alert` brought.
    private static String spoken(String tool) {
        return String.join(" ", Texts.words(tool));
    }

    private static String origin(Message message, Attached attached) {
        String place = "message " + message.index();
        return attached.tool().isEmpty() ? place : attached.tool() + " (" + place + ")";
    }

    private static String values(Call call) {
        StringBuilder all = new StringBuilder();
        for (Argument argument : Argument.of(call.arguments(), Effect.READ)) {
            all.append(Texts.plain(argument.value())).append(' ');
        }
        return all.toString().strip();
    }
}
