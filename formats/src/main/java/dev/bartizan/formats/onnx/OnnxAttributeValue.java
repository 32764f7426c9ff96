package dev.bartizan.formats.onnx;

import java.util.List;

/// The value of an attribute.
public sealed interface OnnxAttributeValue {
    /// A number.
    record FloatValue(float value) implements OnnxAttributeValue {}

    /// A whole number.
    record IntValue(long value) implements OnnxAttributeValue {}

    /// Bytes, mostly a text.
    record Text(OnnxBytes bytes) implements OnnxAttributeValue {
        /// The bytes as UTF-8; what is no UTF-8 shows as replacement characters.
        public String text() {
            return bytes.utf8();
        }
    }

    /// A tensor.
    record TensorValue(OnnxTensor tensor) implements OnnxAttributeValue {}

    /// A sparse tensor.
    record SparseValue(OnnxSparseTensor tensor) implements OnnxAttributeValue {}

    /// A graph, such as the body of a loop.
    record GraphValue(OnnxGraph graph) implements OnnxAttributeValue {}

    /// A type.
    record TypeValue(OnnxType type) implements OnnxAttributeValue {}

    /// A list of values of one type.
    sealed interface Several extends OnnxAttributeValue {}

    /// Numbers.
    record Floats(List<Float> values) implements Several {
        public Floats {
            values = PackedList.copyOfFloats(values);
        }
    }

    /// Whole numbers.
    record Ints(List<Long> values) implements Several {
        public Ints {
            values = PackedList.copyOfLongs(values);
        }
    }

    /// Byte strings, mostly texts.
    record Texts(List<OnnxBytes> values) implements Several {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /// Tensors.
    record Tensors(List<OnnxTensor> values) implements Several {
        public Tensors {
            values = List.copyOf(values);
        }
    }

    /// Sparse tensors.
    record Sparses(List<OnnxSparseTensor> values) implements Several {
        public Sparses {
            values = List.copyOf(values);
        }
    }

    /// Graphs.
    record Graphs(List<OnnxGraph> values) implements Several {
        public Graphs {
            values = List.copyOf(values);
        }
    }

    /// Types.
    record Types(List<OnnxType> values) implements Several {
        public Types {
            values = List.copyOf(values);
        }
    }

    /// The attribute of that name of the enclosing function, whatever it is.
    record Reference(String attribute, long type) implements OnnxAttributeValue {}
}
