package dev.bartizan.targets.prediction;

import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.Call;
import java.net.URI;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes rows of numbers as an endpoint takes them.
///
/// @param uri where they go
/// @param protocol how they are wrapped
/// @param rowDims sizes of one example
/// @param input what takes them, for the inference protocol
/// @param template a document in which `{rows}` stands for all rows, for the user's own
record PredictionRequest(
        URI uri, PredictionProtocol protocol, List<Long> rowDims, Input input, String template) {
    static final String SLOT = "{rows}";

    /// An input as the inference protocol describes it.
    ///
    /// @param name of it
    /// @param datatype of its numbers
    record Input(String name, String datatype) {
        private static final Set<String> REALS = Set.of("FP16", "BF16", "FP32", "FP64");

        static final Input USUAL = new Input("input", "FP32");

        boolean isOfReals() {
            return REALS.contains(datatype);
        }
    }

    PredictionRequest {
        rowDims = List.copyOf(rowDims);
    }

    /// Numbers in one row.
    int width() {
        return rowDims.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
    }

    Call of(float[] values) {
        int rows = values.length / width();
        return Call.post(
                uri,
                switch (protocol) {
                    case OIP_V2 -> inference(values, rows);
                    case TENSORFLOW, TORCHSERVE -> "{\"instances\":" + nested(values, rows) + "}";
                    case JSON -> template.replace(SLOT, nested(values, rows));
                });
    }

    private String inference(float[] values, int rows) {
        ObjectNode root = BoundedJson.MAPPER.createObjectNode();
        ObjectNode node = root.putArray("inputs").addObject();
        node.put("name", input.name());
        ArrayNode shape = node.putArray("shape");
        shape.add(rows);
        rowDims.forEach(shape::add);
        node.put("datatype", input.datatype());
        ArrayNode data = node.putArray("data");
        for (float value : values) {
            data.add(value);
        }
        return BoundedJson.write(root);
    }

    /// Rows as nested arrays of their shape.
    private String nested(float[] values, int rows) {
        StringBuilder text = new StringBuilder(values.length * 10).append('[');
        for (int row = 0; row < rows; row++) {
            text.append(row == 0 ? "" : ",");
            append(text, values, row * width(), 0);
        }
        return text.append(']').toString();
    }

    private int append(StringBuilder text, float[] values, int from, int axis) {
        if (axis == rowDims.size()) {
            text.append(values[from]);
            return from + 1;
        }
        int at = from;
        text.append('[');
        for (long i = 0; i < rowDims.get(axis); i++) {
            text.append(i == 0 ? "" : ",");
            at = append(text, values, at, axis + 1);
        }
        text.append(']');
        return at;
    }
}
