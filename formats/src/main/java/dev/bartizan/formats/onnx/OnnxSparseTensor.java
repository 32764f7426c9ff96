package dev.bartizan.formats.onnx;

import java.util.List;

/// A constant kept as its non-zero values: `SparseTensorProto`.
///
/// @param values the values; its name is the tensor's name
/// @param indices where they stand
/// @param dims shape of the whole
public record OnnxSparseTensor(OnnxTensor values, OnnxTensor indices, List<Long> dims) {
    public OnnxSparseTensor {
        dims = List.copyOf(dims);
    }
}
