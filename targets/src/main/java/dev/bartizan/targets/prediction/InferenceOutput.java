package dev.bartizan.targets.prediction;

import dev.bartizan.targets.BoundedJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// An output of the inference protocol, whose numbers lie flat.
final class InferenceOutput {
    private InferenceOutput() {}

    /// Its numbers by row; the output itself when they do not fit.
    static JsonNode rows(JsonNode output, int rows) {
        JsonNode data = output.path("data");
        if (!data.isArray() || data.isEmpty() || data.size() % rows != 0) {
            return output;
        }
        int each = data.size() / rows;
        ArrayNode nested = BoundedJson.MAPPER.createArrayNode();
        for (int row = 0; row < rows; row++) {
            ArrayNode own = nested.addArray();
            for (int i = 0; i < each; i++) {
                own.add(data.get(row * each + i));
            }
        }
        return nested;
    }
}
