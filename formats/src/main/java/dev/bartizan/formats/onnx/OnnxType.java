package dev.bartizan.formats.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The type of a value: `TypeProto`.
public sealed interface OnnxType {
    /// A tensor.
    ///
    /// @param elementType of its elements
    /// @param shape empty when the rank is not said
    record TensorType(OnnxElementType elementType, Optional<List<OnnxDimension>> shape)
            implements OnnxType {
        public TensorType {
            shape = shape.map(List::copyOf);
        }

        @Override
        public String toString() {
            return elementType.word() + shapeText(shape);
        }
    }

    /// A sparse tensor.
    record SparseType(OnnxElementType elementType, Optional<List<OnnxDimension>> shape)
            implements OnnxType {
        public SparseType {
            shape = shape.map(List::copyOf);
        }

        @Override
        public String toString() {
            return "sparse " + elementType.word() + shapeText(shape);
        }
    }

    /// A sequence.
    record SequenceType(OnnxType of) implements OnnxType {
        @Override
        public String toString() {
            return "sequence(" + of + ")";
        }
    }

    /// A map.
    record MapType(OnnxElementType key, OnnxType value) implements OnnxType {
        @Override
        public String toString() {
            return "map(" + key.word() + "," + value + ")";
        }
    }

    /// A value that may be missing.
    record OptionalType(OnnxType of) implements OnnxType {
        @Override
        public String toString() {
            return "optional(" + of + ")";
        }
    }

    /// The file does not say.
    record NoType() implements OnnxType {
        @Override
        public String toString() {
            return "?";
        }
    }

    private static String shapeText(Optional<List<OnnxDimension>> shape) {
        return shape.map(dims ->
                        dims.stream()
                                .map(OnnxDimension::toString)
                                .collect(Collectors.joining(",", "[", "]")))
                .orElse("[…]");
    }
}
