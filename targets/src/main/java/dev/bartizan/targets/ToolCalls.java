package dev.bartizan.targets;

import dev.bartizan.targets.Reply.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Finds tool calls in an answer by their structure, whatever API it comes from: members of
/// `tool_calls`, a `function_call`, and typed parts `tool_use` and `function_call`.
final class ToolCalls {
    private static final int MAX_CALLS = 256;
    private static final Set<String> LISTS = Set.of("tool_calls", "toolCalls");
    private static final Set<String> SINGLES = Set.of("function_call", "functionCall");
    private static final Set<String> TYPES = Set.of("tool_use", "function_call", "tool_call");

    private ToolCalls() {}

    static List<ToolCall> in(JsonNode root) {
        Set<ToolCall> found = new LinkedHashSet<>();
        collect(root, found);
        return new ArrayList<>(found);
    }

    private static void collect(JsonNode node, Set<ToolCall> found) {
        if (found.size() >= MAX_CALLS) {
            return;
        }
        if (node.isArray()) {
            node.forEach(item -> collect(item, found));
            return;
        }
        if (!node.isObject()) {
            return;
        }
        if (TYPES.contains(BoundedJson.text(node, "type"))) {
            add(node, found);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (LISTS.contains(member.getKey()) && member.getValue().isArray()) {
                member.getValue().forEach(item -> add(item, found));
            } else if (SINGLES.contains(member.getKey())) {
                add(member.getValue(), found);
            } else {
                collect(member.getValue(), found);
            }
        }
    }

    private static void add(JsonNode call, Set<ToolCall> found) {
        JsonNode function = call.path("function").isObject() ? call.path("function") : call;
        String name = BoundedJson.text(function, "name");
        if (name.isEmpty()) {
            return;
        }
        JsonNode arguments =
                function.has("arguments") ? function.path("arguments") : function.path("input");
        Set<String> conditions = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> member : call.properties()) {
            if (member.getValue().isBoolean() && member.getValue().booleanValue()) {
                conditions.add(member.getKey());
            }
        }
        String text = arguments.isString() ? arguments.stringValue() : arguments.toString();
        found.add(new ToolCall(name, text, conditions));
    }
}
