package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxBytes;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.nio.ByteBuffer;
import java.util.List;

/// Lists in the attributes of an ONNX node.
///
/// @param node whose attributes they are
record NodeValues(OnnxNode node) {
    private static final int MOST = 20_000_000;

    boolean has(String name) {
        return node.attribute(name).isPresent();
    }

    String text(String name, String otherwise) throws FormatException {
        if (!has(name)) {
            return otherwise;
        }
        if (node.attribute(name).orElseThrow() instanceof OnnxAttributeValue.Text text) {
            return text.text();
        }
        throw wrong(name, "a text");
    }

    long whole(String name, long otherwise) throws FormatException {
        if (!has(name)) {
            return otherwise;
        }
        if (node.attribute(name).orElseThrow() instanceof OnnxAttributeValue.IntValue number) {
            return number.value();
        }
        throw wrong(name, "a whole number");
    }

    List<String> texts(String name) throws FormatException {
        if (!has(name)) {
            return List.of();
        }
        if (node.attribute(name).orElseThrow() instanceof OnnxAttributeValue.Texts texts) {
            return texts.values().stream().map(OnnxBytes::utf8).toList();
        }
        throw wrong(name, "a list of texts");
    }

    List<Long> wholes(String name) throws FormatException {
        if (!has(name)) {
            return List.of();
        }
        if (node.attribute(name).orElseThrow() instanceof OnnxAttributeValue.Ints numbers) {
            return numbers.values();
        }
        throw wrong(name, "a list of whole numbers");
    }

    /// Numbers given as a list of floats, or as a tensor of floats, doubles or bytes.
    double[] numbers(String name) throws FormatException {
        if (!has(name)) {
            return new double[0];
        }
        return switch (node.attribute(name).orElseThrow()) {
            case OnnxAttributeValue.Floats floats ->
                    floats.values().stream().mapToDouble(Float::doubleValue).toArray();
            case OnnxAttributeValue.TensorValue(OnnxTensor tensor) -> numbers(name, tensor);
            default -> throw wrong(name, "a list or a tensor of numbers");
        };
    }

    private double[] numbers(String name, OnnxTensor tensor) throws FormatException {
        if (!(tensor.data() instanceof OnnxTensorData.Inline(OnnxBytes bytes))) {
            throw wrong(name, "a tensor inside the file");
        }
        if (tensor.elements() > MOST) {
            throw FormatException.limit(0, name + " has more than " + MOST + " numbers");
        }
        int width =
                switch (tensor.elementType()) {
                    case FLOAT -> Float.BYTES;
                    case DOUBLE -> Double.BYTES;
                    case UINT8 -> 1;
                    default -> throw wrong(name, "a tensor of float, double or uint8");
                };
        ByteBuffer buffer = bytes.buffer();
        double[] values = new double[(int) tensor.elements()];
        if (buffer.remaining() != (long) values.length * width) {
            throw wrong(name, "a tensor whose bytes fit its shape");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (width) {
                        case Float.BYTES -> buffer.getFloat();
                        case Double.BYTES -> buffer.getDouble();
                        default -> buffer.get() & 0xff;
                    };
        }
        return values;
    }

    FormatException wrong(String name, String wanted) {
        return FormatException.broken(
                0, node.opType() + ": attribute \"" + name + "\" is not " + wanted);
    }
}
