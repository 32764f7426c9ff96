package dev.bartizan.core;

/// Something known of an element.
///
/// @param element id of the element
/// @param name such as `exposes` or `onnx.custom-operator`
/// @param value as text; `true` for a bare fact
/// @param origin where it is known from: a place in the system file, or what was read and by whom
/// @param isDeclared whether the user declared it; otherwise something read it off the target
/// @param spot the file and the place in it, when it was read off one
public record Fact(
        String element, String name, String value, String origin, boolean isDeclared, Spot spot) {
    /// A fact that was read off no file.
    public Fact(String element, String name, String value, String origin, boolean isDeclared) {
        this(element, name, value, origin, isDeclared, Spot.NONE);
    }

    @Override
    public String toString() {
        return element + " " + name + " = " + value + " (" + origin + ")";
    }
}
