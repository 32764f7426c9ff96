package dev.bartizan.formats.onnx;

/// An operator set that a model imports.
///
/// @param domain empty for the standard operators
/// @param version of the set
public record OnnxOpset(String domain, long version) {
    /// The other name of the standard domain.
    public static final String STANDARD_ALIAS = "ai.onnx";

    /// Whether these are the standard operators.
    public boolean isStandard() {
        return domain.isEmpty() || domain.equals(STANDARD_ALIAS);
    }
}
