package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects steps and constants of a graph under names that nothing else has.
final class GraphBuilder {
    private static final String PREFIX = "bz.";

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> constants = new ArrayList<>();
    private final Map<List<Object>, String> known = new HashMap<>();
    private final String prefix;

    /// @param part tells the names of several builders apart
    GraphBuilder(String part) {
        prefix = PREFIX + part + ".";
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    List<OnnxTensor> constants() {
        return constants;
    }

    String freshName() {
        return prefix + (nodes.size() + constants.size());
    }

    /// Adds a step with one output and returns its name.
    String op(String opType, List<String> inputs, OnnxAttribute... attributes) {
        String output = freshName();
        nodes.add(OnnxNode.of(opType, inputs, List.of(output), attributes));
        return output;
    }

    void add(OnnxNode node) {
        nodes.add(node);
    }

    String longs(long... values) {
        List<Object> key = new ArrayList<>();
        for (long value : values) {
            key.add(value);
        }
        return known.computeIfAbsent(
                key, _ -> add(OnnxTensor.longs(freshName(), new long[] {values.length}, values)));
    }

    String scalarLong(long value) {
        return known.computeIfAbsent(
                List.of("single", value),
                _ -> add(OnnxTensor.longs(freshName(), new long[0], value)));
    }

    /// A single number of a floating-point type.
    String scalar(OnnxElementType type, double value) {
        return known.computeIfAbsent(
                List.of(type, value), _ -> add(number(type, new long[0], value)));
    }

    private OnnxTensor number(OnnxElementType type, long[] dims, double... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(type.bytes(values.length)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (type == OnnxElementType.DOUBLE) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return OnnxTensor.inline(freshName(), type, dims, bytes.flip());
    }

    /// A tensor of a floating-point type.
    String tensor(OnnxElementType type, long[] dims, double... values) {
        return add(number(type, dims, values));
    }

    String add(OnnxTensor constant) {
        constants.add(constant);
        return constant.name();
    }
}
