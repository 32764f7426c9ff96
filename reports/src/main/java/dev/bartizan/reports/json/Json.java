package dev.bartizan.reports.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON documents whose bytes depend on nothing but their content: keys in the order in which they
/// were put, two spaces, line feeds, ASCII.
public final class Json {
    private static final JsonMapper WRITER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /// An empty object.
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// An empty list.
    public static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// A list of texts.
    public static ArrayNode texts(List<String> texts) {
        ArrayNode list = list();
        texts.forEach(list::add);
        return list;
    }

    /// The lower-case word of a constant.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The document with a line feed at its end.
    public static String print(JsonNode document) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return WRITER.writer().with(printer).writeValueAsString(wellFormed(document)) + "\n";
    }

    /// The text with a question mark for each lone surrogate, which no encoding of Unicode can
    /// hold.
    public static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static JsonNode wellFormed(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = object();
            node.properties()
                    .forEach(each ->
                            copy.set(wellFormed(each.getKey()), wellFormed(each.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = list();
            node.forEach(each -> copy.add(wellFormed(each)));
            return copy;
        }
        return node.isString()
                ? JsonNodeFactory.instance.stringNode(wellFormed(node.stringValue()))
                : node;
    }
}
