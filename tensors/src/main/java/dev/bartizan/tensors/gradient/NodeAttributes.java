package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/// Reads attributes of a node.
final class NodeAttributes {
    private NodeAttributes() {}

    static long integer(OnnxNode node, String name, long otherwise) {
        return node.attribute(name)
                .map(value ->
                        value instanceof OnnxAttributeValue.IntValue(long number)
                                ? number
                                : otherwise)
                .orElse(otherwise);
    }

    static double number(OnnxNode node, String name, double otherwise) {
        return node.attribute(name).orElse(null)
                        instanceof OnnxAttributeValue.FloatValue(float number)
                ? number
                : otherwise;
    }

    static String text(OnnxNode node, String name, String otherwise) {
        return node.attribute(name)
                .map(value ->
                        value instanceof OnnxAttributeValue.Text text ? text.text() : otherwise)
                .orElse(otherwise);
    }

    static Optional<long[]> integers(OnnxNode node, String name) {
        return node.attribute(name)
                .flatMap(value ->
                        value instanceof OnnxAttributeValue.Ints(List<Long> numbers)
                                ? Optional.of(numbers.stream().mapToLong(Long::longValue).toArray())
                                : Optional.empty());
    }
}
