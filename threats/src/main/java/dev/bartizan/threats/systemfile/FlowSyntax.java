package dev.bartizan.threats.systemfile;

import java.util.Arrays;
import java.util.List;

/// The arrows of the system file: `a -> b`, `a -> b -> c`.
final class FlowSyntax {
    private FlowSyntax() {}

    /// The element ids of a chain, in order; fewer than two when it is none.
    static List<String> chain(String text) {
        return Arrays.stream(text.split("->", -1)).map(String::strip).toList();
    }
}
