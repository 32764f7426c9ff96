package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.Conversation.Attached;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.Conversation.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads messages of the shapes that agents speak. What is no plain text of a speaker is untrusted.
final class MessageReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_DEPTH = 8;

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> tools = new HashMap<>();
    private StringBuilder text = new StringBuilder();
    private List<Attached> attached = new ArrayList<>();
    private List<Call> calls = new ArrayList<>();

    List<Message> read(JsonNode conversation) {
        conversation.path("messages").forEach(this::message);
        return messages;
    }

    private void message(JsonNode node) {
        text = new StringBuilder();
        attached = new ArrayList<>();
        calls = new ArrayList<>();
        String role = role(node);
        if (node.path("method").asString("").equals("tools/call")) {
            JsonNode params = node.path("params");
            call(node.path("id"), params.path("name"), params.path("arguments"));
        } else if (node.has("jsonrpc")) {
            attach(strings(node.path("result")), text(node.path("id")), "");
        } else {
            item(node, role);
        }
        calls.forEach(call -> tools.put(call.id(), call.tool()));
        messages.add(new Message(messages.size(), role, text.toString(), attached, calls));
    }

    private static String role(JsonNode node) {
        String type = node.path("type").asString("");
        if (node.path("method").isString() || type.equals("function_call")) {
            return "assistant";
        }
        return node.has("jsonrpc") || type.equals("function_call_output")
                ? "tool"
                : node.path("role").asString("");
    }

    private void item(JsonNode node, String role) {
        switch (node.path("type").asString("")) {
            case "function_call" ->
                    call(node.path("call_id"), node.path("name"), node.path("arguments"));
            case "function_call_output" ->
                    attach(strings(node.path("output")), text(node.path("call_id")), "");
            default -> chat(node, role);
        }
    }

    private void chat(JsonNode node, String role) {
        boolean isResult = role.equals("tool") || role.equals("function");
        String answers = text(node.path("tool_call_id"));
        String named = node.path("name").asString("");
        if (node.path("content").isArray()) {
            for (JsonNode block : node.path("content")) {
                block(block, isResult, answers, named);
            }
        } else if (isResult) {
            attach(text(node.path("content")), answers, named);
        } else {
            text.append(text(node.path("content")));
        }
        for (JsonNode call : node.path("tool_calls")) {
            JsonNode function = call.path("function");
            call(call.path("id"), function.path("name"), function.path("arguments"));
        }
        JsonNode old = node.path("function_call");
        if (old.isObject()) {
            calls.add(
                    new Call(
                            "msg:" + messages.size(),
                            old.path("name").asString(""),
                            arguments(old.path("arguments"))));
        }
    }

    private void block(JsonNode block, boolean isResult, String answers, String named) {
        switch (block.path("type").asString("text")) {
            case "text", "input_text", "output_text" -> {
                String words = block.path("text").asString("");
                if (isResult) {
                    attach(words, answers, named);
                } else {
                    text.append(words).append('\n');
                }
            }
            case "tool_use" -> call(block.path("id"), block.path("name"), block.path("input"));
            case "tool_result" -> {
                JsonNode content = block.path("content");
                String words = content.isString() ? content.asString() : strings(content);
                attach(words, text(block.path("tool_use_id")), "");
            }
            default -> attach(strings(block), "", "");
        }
    }

    private void call(JsonNode id, JsonNode name, JsonNode arguments) {
        calls.add(new Call(text(id), name.asString(""), arguments(arguments)));
    }

    private void attach(String words, String answers, String named) {
        attached.add(new Attached(words, tools.getOrDefault(answers, named), answers));
    }

    /// All texts within a block, without the names of its parts.
    private static String strings(JsonNode node) {
        return strings(node, new StringBuilder(), 0).toString().strip();
    }

    private static StringBuilder strings(JsonNode node, StringBuilder out, int depth) {
        if (node.isString()) {
            out.append(node.asString()).append('\n');
        }
        if (depth < MAX_DEPTH) {
            node.properties().stream()
                    .filter(e -> !e.getKey().equals("type") && !e.getKey().equals("media_type"))
                    .forEach(e -> strings(e.getValue(), out, depth + 1));
            if (node.isArray()) {
                node.forEach(child -> strings(child, out, depth + 1));
            }
        }
        return out;
    }

    private static JsonNode arguments(JsonNode node) {
        if (!node.isString()) {
            return node;
        }
        try {
            return MAPPER.readTree(node.asString());
        } catch (JacksonException e) {
            return node; // judged as the text it is
        }
    }

    static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        return node.isValueNode() ? node.asString("") : node.toString();
    }
}
