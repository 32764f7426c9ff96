package dev.bartizan.guard.scenarios;

import dev.bartizan.guard.scenarios.Scenario.Act;
import dev.bartizan.guard.scenarios.Scenario.Step;
import dev.bartizan.guard.scenarios.Scenario.Turn;
import dev.bartizan.guard.scenarios.Scenario.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes scenarios as conversations in chat-completions form.
public final class Transcripts {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String HERE = "{here}";

    private Transcripts() {}

    /// The conversation of a scenario that ends with the given acts.
    ///
    /// @param way how the attacker's words got in; empty when there are none
    public static ObjectNode of(Scenario scenario, Optional<Way> way, List<Act> acts) {
        ObjectNode root = MAPPER.createObjectNode().put("id", scenario.id());
        ArrayNode tools = root.putArray("tools");
        String poisoned = scenario.steps().getFirst().tool();
        for (Map.Entry<String, String> tool : scenario.tools().entrySet()) {
            boolean isPoisoned =
                    way.equals(Optional.of(Way.DESCRIPTION)) && tool.getKey().equals(poisoned);
            String description = tool.getValue() + (isPoisoned ? " " + scenario.says() : "");
            tools.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.getKey())
                    .put("description", description.strip());
        }
        ArrayNode messages = root.putArray("messages");
        messages.addObject()
                .put("role", "system")
                .put("content", "You are a helpful assistant with tools.");
        user(messages, scenario, way);
        if (way.equals(Optional.of(Way.MEMORY))) {
            result(messages, "m1", "recall_notes", "{}", "Likes short answers. " + scenario.says());
        }
        if (way.equals(Optional.of(Way.DOCUMENT))) {
            String text = "Document 1. How we work.\n\n" + scenario.says();
            result(messages, "d1", "search_documents", "{}", text);
        }
        String written = way.equals(Optional.of(Way.RESULT)) ? scenario.says() : "";
        int number = 0;
        for (Step step : scenario.steps()) {
            String text = filled(step.result(), written);
            result(messages, "s" + number++, step.tool(), step.arguments().toString(), text);
        }
        for (Turn turn : scenario.then()) {
            messages.addObject().put("role", turn.role()).put("content", turn.text());
        }
        act(messages, acts);
        return root;
    }

    private static String filled(String result, String written) {
        if (!result.startsWith("{") && !result.startsWith("[")) {
            return result.replace(HERE, written);
        }
        String quoted = MAPPER.writeValueAsString(written);
        return result.replace(HERE, quoted.substring(1, quoted.length() - 1));
    }

    private static void user(ArrayNode messages, Scenario scenario, Optional<Way> way) {
        ObjectNode message = messages.addObject().put("role", "user");
        if (!way.equals(Optional.of(Way.ATTACHMENT))) {
            message.put("content", scenario.user());
            return;
        }
        ArrayNode blocks = message.putArray("content");
        blocks.addObject().put("type", "text").put("text", scenario.user());
        blocks.addObject()
                .put("type", "document")
                .putObject("source")
                .put("type", "text")
                .put("data", "General terms. " + scenario.says());
    }

    private static void result(
            ArrayNode messages, String id, String tool, String arguments, String text) {
        call(messages, id, tool, arguments);
        messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", text);
    }

    private static void act(ArrayNode messages, List<Act> acts) {
        if (acts.getFirst().tool().equals("answer")) {
            messages.addObject()
                    .put("role", "assistant")
                    .put("content", acts.getFirst().arguments().asString());
            return;
        }
        ObjectNode message = messages.addObject().put("role", "assistant").putNull("content");
        ArrayNode calls = message.putArray("tool_calls");
        int number = 0;
        for (Act act : acts) {
            function(calls, "act" + number++, act.tool(), act.arguments());
        }
    }

    private static void call(ArrayNode messages, String id, String tool, String arguments) {
        ObjectNode message = messages.addObject().put("role", "assistant").putNull("content");
        function(message.putArray("tool_calls"), id, tool, MAPPER.readTree(arguments));
    }

    private static void function(ArrayNode calls, String id, String tool, JsonNode arguments) {
        calls.addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", tool)
                .put("arguments", arguments.toString());
    }
}
