package dev.bartizan.guard.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A conversation with tools. Messages may be in OpenAI chat-completions or responses form, in
/// Anthropic form (`tool_use`, `tool_result`), or MCP requests and results (`tools/call`).
///
/// @param id as given
/// @param tools the tools offered, by name
/// @param system what the operator says beside the messages (`system`, `instructions`)
/// @param messages in order
public record Conversation(
        String id, Map<String, Tool> tools, String system, List<Message> messages) {
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
    /// @param attached untrusted texts within it, such as documents and tool results
    /// @param calls calls the assistant makes
    public record Message(
            int index, String role, String text, List<Attached> attached, List<Call> calls) {
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

    /// Untrusted text within a message.
    ///
    /// @param text the words
    /// @param tool the tool that returned it; empty for a document
    /// @param answers id of the call it answers; empty for a document
    public record Attached(String text, String tool, String answers) {}

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
        return new Conversation(
                MessageReader.text(node.path("id")),
                tools,
                words(node.path("system")) + words(node.path("instructions")),
                new MessageReader().read(node));
    }

    /// The words of a prompt that is a text or a list of text blocks.
    private static String words(JsonNode prompt) {
        if (prompt.isString()) {
            return prompt.asString() + "\n";
        }
        StringBuilder words = new StringBuilder();
        for (JsonNode block : prompt) {
            words.append(block.path("text").asString("")).append('\n');
        }
        return words.toString();
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
        JsonNode outer = node.path("x-bartizan").path("effect");
        JsonNode stated = outer.isString() ? outer : function.path("x-bartizan").path("effect");
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
}
