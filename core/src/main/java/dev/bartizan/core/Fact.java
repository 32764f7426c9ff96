package dev.bartizan.core;

/// Something known of an element.
///
/// @param element id of the element
/// @param name such as `exposes` or `onnx.custom-operator`
/// @param value as text; `true` for a bare fact
/// @param origin where it is known from: a place in the system file, or what was read and by whom
/// @param isDeclared whether the user declared it; otherwise something read it off the target
public record Fact(String element, String name, String value, String origin, boolean isDeclared) {
    @Override
    public String toString() {
        return element + " " + name + " = " + value + " (" + origin + ")";
    }
}
