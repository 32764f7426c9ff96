package dev.bartizan.formats.onnx;

/// One dimension of a declared shape.
public sealed interface OnnxDimension {
    /// A fixed size.
    record Fixed(long size) implements OnnxDimension {
        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /// A size known by name only, such as `batch`.
    record Named(String name) implements OnnxDimension {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Nothing is said.
    record Unknown() implements OnnxDimension {
        @Override
        public String toString() {
            return "?";
        }
    }
}
