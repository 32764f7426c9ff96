package dev.bartizan.formats.onnx;

import dev.bartizan.formats.onnx.OnnxAttributeValue.FloatValue;
import dev.bartizan.formats.onnx.OnnxAttributeValue.IntValue;
import dev.bartizan.formats.onnx.OnnxAttributeValue.Ints;
import dev.bartizan.formats.onnx.OnnxAttributeValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A named constant of a node: `AttributeProto`.
///
/// @param name of the attribute
/// @param value what it is
public record OnnxAttribute(String name, OnnxAttributeValue value) {
    /// A whole number.
    public static OnnxAttribute of(String name, long value) {
        return new OnnxAttribute(name, new IntValue(value));
    }

    /// A number.
    public static OnnxAttribute of(String name, float value) {
        return new OnnxAttribute(name, new FloatValue(value));
    }

    /// A text.
    public static OnnxAttribute of(String name, String value) {
        return new OnnxAttribute(
                name, new Text(OnnxBytes.of(value.getBytes(StandardCharsets.UTF_8))));
    }

    /// Whole numbers.
    public static OnnxAttribute ofInts(String name, long... values) {
        return new OnnxAttribute(name, new Ints(Arrays.stream(values).boxed().toList()));
    }
}
