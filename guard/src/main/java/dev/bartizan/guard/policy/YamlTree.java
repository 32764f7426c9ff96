package dev.bartizan.guard.policy;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A part of a YAML file as JSON.
final class YamlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 40;

    private YamlTree() {}

    static JsonNode json(Node node) {
        return json(node, 0);
    }

    private static JsonNode json(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        return switch (node) {
            case MappingNode map -> {
                ObjectNode out = NODES.objectNode();
                for (NodeTuple tuple : map.getValue()) {
                    String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "";
                    out.set(key, json(tuple.getValueNode(), depth + 1));
                }
                yield out;
            }
            case SequenceNode list -> {
                ArrayNode out = NODES.arrayNode();
                list.getValue().forEach(item -> out.add(json(item, depth + 1)));
                yield out;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new IllegalArgumentException("an anchor is not allowed here");
        };
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.BOOL)) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            return NODES.numberNode(Double.parseDouble(text));
        }
        return scalar.getTag().equals(Tag.NULL) ? NODES.nullNode() : NODES.stringNode(text);
    }
}
