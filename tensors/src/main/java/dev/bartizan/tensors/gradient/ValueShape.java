package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxElementType;
import java.util.List;

/// Type and sizes of a value in a graph.
///
/// @param type of its numbers
/// @param dims sizes; -1 where the size follows the number of examples
record ValueShape(OnnxElementType type, List<Long> dims) {
    /// A size that follows the number of examples.
    static final long BATCH = -1;

    ValueShape {
        dims = List.copyOf(dims);
    }

    int rank() {
        return dims.size();
    }

    boolean isFloating() {
        return type == OnnxElementType.FLOAT || type == OnnxElementType.DOUBLE;
    }

    /// An axis counted from the front.
    int axis(long given) {
        return (int) (given < 0 ? given + rank() : given);
    }

    /// A size that must be known.
    ///
    /// @throws GradientException when it follows the number of examples
    long fixed(int axis, String opType) throws GradientException {
        long dim = dims.get(axis);
        if (dim == BATCH) {
            throw GradientException.operator(opType, "it mixes examples of a batch");
        }
        return dim;
    }
}
