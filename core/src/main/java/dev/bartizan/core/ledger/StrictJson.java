package dev.bartizan.core.ledger;

import dev.bartizan.core.JsonNumbers;
import dev.bartizan.core.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Bounded reading of JSON: no duplicate keys, nothing after the value, limits on depth, length and
/// numbers; and typed access to an object whose keys are all known.
final class StrictJson {
    static final int MAX_DEPTH = 64;
    static final int MAX_NUMBER = 400;
    private static final String MEND =
            "Restore the file from a backup, or read it with the version of the tool that wrote it.";
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .maxStringLength(LineReader.MAX_LINE_BYTES)
                                                    .maxNameLength(1000)
                                                    .maxDocumentLength(LineReader.MAX_LINE_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(text -> array.add(wellFormed(text)));
        return array;
    }

    /// The text with each lone surrogate replaced by U+FFFD, since it has no UTF-8 form.
    static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isSurrogate(c) ? 0xfffd : c));
        return out.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /// @throws UserError when it is not one JSON value within the limits
    static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new UserError("Nothing where JSON was expected", "", MEND);
            }
            return node;
        } catch (JacksonException e) {
            throw new UserError("Not JSON: " + e.getOriginalMessage(), "", MEND, e);
        }
    }

    /// Fails unless the node is an object that has only these keys.
    static void requireKeys(JsonNode node, String what, Set<String> keys) {
        if (!node.isObject()) {
            throw wrong(what + " is not an object");
        }
        for (String key : node.propertyNames()) {
            if (!keys.contains(key)) {
                throw wrong(what + " has an unknown key \"" + key + "\"");
            }
        }
    }

    static JsonNode required(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw wrong("Key \"" + key + "\" is missing");
        }
        return value;
    }

    static String text(JsonNode node, String key) {
        JsonNode value = required(node, key);
        if (!value.isString()) {
            throw wrong("Key \"" + key + "\" is not a text");
        }
        return value.stringValue();
    }

    static boolean truth(JsonNode node, String key) {
        JsonNode value = required(node, key);
        if (!value.isBoolean()) {
            throw wrong("Key \"" + key + "\" is neither true nor false");
        }
        return value.booleanValue();
    }

    static double number(JsonNode node, String key) {
        JsonNode value = required(node, key);
        if (!value.isNumber()) {
            throw wrong("Key \"" + key + "\" is not a number");
        }
        return JsonNumbers.nearest(value);
    }

    static int count(JsonNode node, String key) {
        JsonNode value = required(node, key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong("Key \"" + key + "\" is not a whole number");
        }
        return value.intValue();
    }

    static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(node, key)) {
            if (!item.isString()) {
                throw wrong("Key \"" + key + "\" holds something other than texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    static JsonNode list(JsonNode node, String key) {
        JsonNode value = required(node, key);
        if (!value.isArray()) {
            throw wrong("Key \"" + key + "\" is not a list");
        }
        return value;
    }

    static UserError wrong(String what) {
        return new UserError(what, "", MEND);
    }

    static UserError wrong(String what, Throwable cause) {
        return new UserError(what, "", MEND, cause);
    }
}
