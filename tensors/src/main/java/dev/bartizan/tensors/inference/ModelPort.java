package dev.bartizan.tensors.inference;

import dev.bartizan.formats.onnx.OnnxElementType;
import java.util.List;
import java.util.stream.Collectors;

/// An input or output of a loaded model.
///
/// @param name of the value
/// @param type of the numbers; undefined when it is no tensor of numbers
/// @param dims sizes; -1 where any size is taken
public record ModelPort(String name, OnnxElementType type, List<Long> dims) {
    public ModelPort {
        dims = List.copyOf(dims);
    }

    /// Whether it is a tensor whose numbers can be given or read.
    public boolean isNumeric() {
        return DenseTensor.canHold(type);
    }

    /// Such as `claim float[?,12]`.
    @Override
    public String toString() {
        return name
                + " "
                + type.word()
                + dims.stream()
                        .map(dim -> dim < 0 ? "?" : dim.toString())
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
