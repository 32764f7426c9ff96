package dev.bartizan.guard.scenarios;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The shapes that agents speak; `Transcripts` writes the first, the others are made of it.
public enum Shape {
    /// Chat completions.
    OPENAI,
    /// Messages with `tool_use` and `tool_result` blocks; the system prompt stands beside them.
    ANTHROPIC,
    /// JSON-RPC `tools/call` requests and their results between the turns of user and assistant.
    MCP;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// A conversation in chat-completions form in this shape; the same calls with the same ids.
    public ObjectNode of(ObjectNode chat) {
        return switch (this) {
            case OPENAI -> chat;
            case ANTHROPIC -> anthropic(chat);
            case MCP -> mcp(chat);
        };
    }

    private static ObjectNode anthropic(ObjectNode chat) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("id", chat.path("id"));
        root.set("tools", tools(chat, "input_schema"));
        ArrayNode messages = root.putArray("messages");
        for (JsonNode message : chat.path("messages")) {
            switch (message.path("role").asString()) {
                case "system" -> root.set("system", message.path("content"));
                case "tool" -> {
                    ObjectNode block = turn(messages, "user").addObject();
                    block.put("type", "tool_result");
                    block.set("tool_use_id", message.path("tool_call_id"));
                    block.putArray("content")
                            .addObject()
                            .put("type", "text")
                            .set("text", message.path("content"));
                }
                default -> {
                    ArrayNode blocks = turn(messages, message.path("role").asString());
                    content(message.path("content"), blocks);
                    for (JsonNode call : message.path("tool_calls")) {
                        ObjectNode use = blocks.addObject().put("type", "tool_use");
                        use.set("id", call.path("id"));
                        use.set("name", call.path("function").path("name"));
                        use.set("input", arguments(call));
                    }
                }
            }
        }
        return root;
    }

    private static ArrayNode turn(ArrayNode messages, String role) {
        return messages.addObject().put("role", role).putArray("content");
    }

    private static void content(JsonNode content, ArrayNode blocks) {
        if (content.isString()) {
            blocks.addObject().put("type", "text").set("text", content);
        } else {
            content.forEach(blocks::add);
        }
    }

    private static ObjectNode mcp(ObjectNode chat) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("id", chat.path("id"));
        root.set("tools", tools(chat, "inputSchema"));
        ArrayNode messages = root.putArray("messages");
        for (JsonNode message : chat.path("messages")) {
            if (message.path("role").asString().equals("tool")) {
                ObjectNode result = messages.addObject().put("jsonrpc", "2.0");
                result.set("id", message.path("tool_call_id"));
                result.putObject("result")
                        .putArray("content")
                        .addObject()
                        .put("type", "text")
                        .set("text", message.path("content"));
            } else if (message.has("tool_calls")) {
                message.path("tool_calls").forEach(call -> request(call, messages));
            } else {
                messages.add(message);
            }
        }
        return root;
    }

    private static void request(JsonNode call, ArrayNode messages) {
        ObjectNode request = messages.addObject().put("jsonrpc", "2.0");
        request.set("id", call.path("id"));
        ObjectNode params = request.put("method", "tools/call").putObject("params");
        params.set("name", call.path("function").path("name"));
        params.set("arguments", arguments(call));
    }

    private static ArrayNode tools(ObjectNode chat, String schema) {
        ArrayNode tools = MAPPER.createArrayNode();
        for (JsonNode tool : chat.path("tools")) {
            ObjectNode one = tools.addObject();
            one.set("name", tool.path("function").path("name"));
            one.set("description", tool.path("function").path("description"));
            one.putObject(schema).put("type", "object");
        }
        return tools;
    }

    private static JsonNode arguments(JsonNode call) {
        return MAPPER.readTree(call.path("function").path("arguments").asString());
    }
}
