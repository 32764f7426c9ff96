package dev.bartizan.threats.systemfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Words of a schema, and words of a file made fit for a message.
final class Words {
    private static final int MAX_QUOTED = 80;

    private Words() {}

    /// The texts of a list, or the one text.
    static List<String> of(JsonNode node) {
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(word -> words.add(word.asString()));
        } else if (node.isString()) {
            words.add(node.asString());
        }
        return words;
    }

    /// The keys that a schema of a map names.
    static Set<String> keys(JsonNode schema) {
        Set<String> keys = new TreeSet<>();
        schema.path("properties").properties().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    /// A sentence that lists the choice.
    static String oneOf(Collection<String> words) {
        return "Use one of " + String.join(", ", words) + ".";
    }

    /// At most 80 characters, line breaks and control characters made visible as spaces.
    static String clip(String text) {
        String flat = text.replaceAll("\\p{Cntrl}", " ");
        if (flat.length() <= MAX_QUOTED) {
            return flat;
        }
        int end =
                Character.isHighSurrogate(flat.charAt(MAX_QUOTED - 1))
                        ? MAX_QUOTED - 1
                        : MAX_QUOTED;
        return flat.substring(0, end) + "…";
    }
}
