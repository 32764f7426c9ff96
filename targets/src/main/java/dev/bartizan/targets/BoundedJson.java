package dev.bartizan.targets;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes JSON of endpoints, bounded in depth and length.
public final class BoundedJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_CHARS = 64 << 20;

    /// The mapper, for building and writing.
    public static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxDocumentLength(MAX_CHARS)
                                                    .maxStringLength(MAX_CHARS)
                                                    .build())
                                    .build())
                    .build();

    private BoundedJson() {}

    /// The document in a text; empty when it is not JSON or breaks a bound.
    public static Optional<JsonNode> read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The text under a key, or nothing.
    public static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isString() ? value.stringValue() : "";
    }

    /// As text on one line.
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
