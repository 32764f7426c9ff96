package dev.bartizan.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A named value with its type: `ValueInfoProto`.
///
/// @param name of the value
/// @param type as far as the file says
/// @param docString documentation
public record OnnxValueInfo(String name, OnnxType type, String docString) {
    /// A tensor.
    ///
    /// @param dims a number is a fixed size, any other text a name
    public static OnnxValueInfo tensor(String name, OnnxElementType type, String... dims) {
        List<OnnxDimension> shape = Arrays.stream(dims).map(OnnxValueInfo::dimension).toList();
        return new OnnxValueInfo(name, new OnnxType.TensorType(type, Optional.of(shape)), "");
    }

    private static OnnxDimension dimension(String text) {
        return text.matches("[0-9]{1,18}")
                ? new OnnxDimension.Fixed(Long.parseLong(text))
                : new OnnxDimension.Named(text);
    }
}
