package dev.bartizan.core;

import java.util.Locale;

/// Where in a file something was seen.
///
/// @param file path as the system file names it, or of the file beside it; empty when nothing was
///   read
/// @param part kind of place in the file
/// @param name of the node, tensor or field; empty for the file as a whole
public record Spot(String file, Part part, String name) {
    /// Seen in no file.
    public static final Spot NONE = new Spot("", Part.FILE, "");

    /// Kinds of place.
    public enum Part {
        /// The file as a whole.
        FILE,
        /// A step of a computation.
        NODE,
        /// A table of weights.
        TENSOR,
        /// A key of a header, configuration or vocabulary.
        FIELD;

        /// The word used in output.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether it is no place in a file.
    public boolean isNone() {
        return file.isEmpty();
    }

    /// Such as `models/fraud.onnx, node "head"`; empty for none.
    @Override
    public String toString() {
        return isNone() || name.isEmpty() ? file : file + ", " + part.word() + " \"" + name + "\"";
    }
}
