package dev.bartizan.range;

import dev.bartizan.core.Digest;
import dev.bartizan.range.Reply.ToolCall;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers in the shape of the OpenAI chat API.
final class Wire {
    private static final int MAX_SCORED_TOKENS = 32;

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Wire() {}

    /// A chat completion.
    static String completion(
            Reply reply, String model, Instant at, boolean hasScores, Dice.Draw draw) {
        ObjectNode root = ChatRequest.JSON.createObjectNode();
        root.put("id", "chatcmpl-" + draw.request().substring(0, 20));
        root.put("object", "chat.completion");
        root.put("created", at.getEpochSecond());
        root.put("model", model);
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        message.put("content", reply.text());
        if (!reply.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            reply.calls().forEach(call -> add(call, calls, draw));
        }
        choice.put("finish_reason", reply.calls().isEmpty() ? "stop" : "tool_calls");
        if (hasScores) {
            addScores(choice.putObject("logprobs").putArray("content"), reply.text(), draw);
        }
        long words = SPACES.splitAsStream(reply.text()).count();
        root.putObject("usage").put("completion_tokens", words);
        return text(root);
    }

    private static void add(ToolCall call, ArrayNode calls, Dice.Draw draw) {
        ObjectNode node = calls.addObject();
        String id = Digest.of(draw.request() + draw.before() + calls.size()).hex();
        node.put("id", "call_" + id.substring(0, 16));
        node.put("type", "function");
        ObjectNode function = node.putObject("function");
        function.put("name", call.tool());
        function.put("arguments", call.arguments());
        if (call.isApproved()) {
            node.put("approved", true);
        }
    }

    private static void addScores(ArrayNode tokens, String text, Dice.Draw draw) {
        String[] words = SPACES.split(text, MAX_SCORED_TOKENS + 1);
        for (int i = 0; i < Math.min(words.length, MAX_SCORED_TOKENS); i++) {
            ObjectNode token = tokens.addObject();
            token.put("token", words[i]);
            token.put("logprob", -0.01 * (1 + draw.choice("token" + i, 300)));
            token.putArray("top_logprobs");
        }
    }

    /// The list of models.
    static String models(String model, String version) {
        ObjectNode root = ChatRequest.JSON.createObjectNode();
        root.put("object", "list");
        ObjectNode item = root.putArray("data").addObject();
        item.put("id", model);
        item.put("object", "model");
        item.put("version", version);
        item.put("owned_by", "simulation");
        return text(root);
    }

    /// An error.
    static String error(String code, String message) {
        ObjectNode root = ChatRequest.JSON.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("message", message);
        error.put("type", "invalid_request_error");
        error.put("code", code.toLowerCase(Locale.ROOT));
        return text(root);
    }

    /// An acknowledgement.
    static String done(String what) {
        return text(ChatRequest.JSON.createObjectNode().put("done", what));
    }

    private static String text(ObjectNode node) {
        return ChatRequest.JSON.writeValueAsString(node);
    }
}
