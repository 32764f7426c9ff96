package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A conversation with tools, read from OpenAI chat-completions form; the content blocks of
/// Anthropic and MCP (`tool_use`, `tool_result`) are understood as well.
///
/// @param id as given
/// @param tools the tools offered, by name
/// @param messages in order
public record Conversation(String id, Map<String, Tool> tools, List<Message> messages) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Copies the collections.
    public Conversation {
        tools = Map.copyOf(tools);
        messages = List.copyOf(messages);
    }

    /// A tool as offered.
    ///
    /// @param name its name
    /// @param description untrusted words
    /// @param effect what it does, stated or inferred
    public record Tool(String name, String description, Effect effect) {}

    /// One message.
    ///
    /// @param index place in the list
    /// @param role who speaks: system, user, assistant or tool
    /// @param text its words
    /// @param attached untrusted text within it, such as documents and tool results
    /// @param calls calls the assistant makes
    /// @param tool for a tool result, the tool that was called
    public record Message(
            int index,
            String role,
            String text,
            List<String> attached,
            List<Call> calls,
            String tool) {
        /// Copies the lists.
        public Message {
            attached = List.copyOf(attached);
            calls = List.copyOf(calls);
        }

        /// Whether its words may direct the agent.
        public boolean isTrusted() {
            return role.equals("system") || role.equals("developer") || role.equals("user");
        }
    }

    /// A call of a tool.
    ///
    /// @param id as given
    /// @param tool name of the tool
    /// @param arguments its arguments; text when they are not JSON
    public record Call(String id, String tool, JsonNode arguments) {}

    /// Reads one conversation.
    public static Conversation of(JsonNode node) {
        Map<String, Tool> tools = new LinkedHashMap<>();
        for (JsonNode one : node.path("tools")) {
            Tool tool = tool(one);
            tools.merge(
                    tool.name(),
                    tool,
                    (a, b) ->
                            new Tool(
                                    a.name(),
                                    a.description() + "\n" + b.description(),
                                    b.effect()));
        }
        List<Message> messages = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (JsonNode one : node.path("messages")) {
            Message message = message(messages.size(), one, names);
            message.calls().forEach(call -> names.put(call.id(), call.tool()));
            messages.add(message);
        }
        return new Conversation(text(node.path("id")), tools, messages);
    }

    private static Tool tool(JsonNode node) {
        JsonNode function = node.has("function") ? node.path("function") : node;
        String name = function.path("name").asString("");
        StringBuilder description = new StringBuilder(function.path("description").asString(""));
        JsonNode schema =
                function.has("parameters")
                        ? function.path("parameters")
                        : function.path("inputSchema");
        describe(schema.isMissingNode() ? function.path("input_schema") : schema, description, 0);
        JsonNode stated = node.path("x-bartizan").path("effect");
        Effect effect =
                Effect.named(stated.asString(""))
                        .orElseGet(() ->
                                Effect.infer(name, function.path("description").asString("")));
        return new Tool(name, description.toString(), effect);
    }

    private static void describe(JsonNode schema, StringBuilder out, int depth) {
        if (depth > 6) {
            return;
        }
        if (schema.isObject() && schema.path("description").isString()) {
            out.append('\n').append(schema.path("description").asString());
        }
        for (JsonNode child : schema) {
            describe(child, out, depth + 1);
        }
    }

    private static Message message(int index, JsonNode node, Map<String, String> names) {
        String role = node.path("role").asString("");
        StringBuilder text = new StringBuilder();
        List<String> attached = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        boolean isResult = role.equals("tool") || role.equals("function");
        if (node.path("content").isArray()) {
            for (JsonNode block : node.path("content")) {
                block(block, isResult, text, attached, calls);
            }
        } else if (isResult) {
            attached.add(text(node.path("content")));
        } else {
            text.append(text(node.path("content")));
        }
        for (JsonNode call : node.path("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(
                    new Call(
                            text(call.path("id")),
                            function.path("name").asString(""),
                            arguments(function.path("arguments"))));
        }
        if (node.path("function_call").isObject()) {
            JsonNode call = node.path("function_call");
            calls.add(
                    new Call(
                            "msg:" + index,
                            call.path("name").asString(""),
                            arguments(call.path("arguments"))));
        }
        String named = node.path("name").asString("");
        String tool = names.getOrDefault(text(node.path("tool_call_id")), named);
        return new Message(index, role, text.toString(), attached, calls, tool);
    }

    private static void block(
            JsonNode block,
            boolean isResult,
            StringBuilder text,
            List<String> attached,
            List<Call> calls) {
        switch (block.path("type").asString("text")) {
            case "text", "input_text", "output_text" -> {
                if (isResult) {
                    attached.add(block.path("text").asString(""));
                } else {
                    text.append(block.path("text").asString("")).append('\n');
                }
            }
            case "tool_use" ->
                    calls.add(
                            new Call(
                                    text(block.path("id")),
                                    block.path("name").asString(""),
                                    block.path("input")));
            default -> attached.add(strings(block, new StringBuilder(), 0).toString());
        }
    }

    private static StringBuilder strings(JsonNode node, StringBuilder out, int depth) {
        if (node.isString()) {
            out.append(node.asString()).append('\n');
        }
        if (depth < 8) {
            for (JsonNode child : node) {
                strings(child, out, depth + 1);
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
            return node;
        }
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        return node.isValueNode() ? node.asString("") : node.toString();
    }
}
