package dev.bartizan.core;

import tools.jackson.databind.JsonNode;

/// Numbers of JSON that others wrote, which may be larger than any `double`.
public final class JsonNumbers {
    private JsonNumbers() {}

    /// The nearest `double`: infinite beyond the largest one, not a number for what is no number.
    public static double nearest(JsonNode node) {
        if (!node.isNumber()) {
            return Double.NaN;
        }
        return node.numberValue().doubleValue();
    }
}
