package dev.bartizan.targets.exposure;

import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.ShippedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Finds names of models, frameworks, paths and code in errors, by a list of patterns that is data.
final class StackNames {
    private static final String LIST = "exposure/stack-names.json";
    private static final int MAX_CHARS = 65_536;
    private static final int MAX_QUOTE = 120;

    private final Map<String, Pattern> patterns;

    private StackNames(Map<String, Pattern> patterns) {
        this.patterns = patterns;
    }

    /// A name that was found.
    ///
    /// @param what what kind of name it is
    /// @param quote the name as it stands there
    record Name(String what, String quote) {}

    /// With the list of this module.
    static StackNames installed() {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (JsonNode item : BoundedJson.MAPPER.readTree(ShippedText.of(LIST))) {
            patterns.put(
                    BoundedJson.text(item, "what"),
                    Pattern.compile(
                            BoundedJson.text(item, "pattern"),
                            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE));
        }
        return new StackNames(patterns);
    }

    /// The names in a text, one a kind. What the request itself said is no news and is left out.
    ///
    /// @param text of an error, of which a bounded part is read
    /// @param sent texts that the request carried
    List<Name> in(String text, List<String> sent) {
        String bounded = text.substring(0, Math.min(text.length(), MAX_CHARS));
        for (String own : sent) {
            bounded = own.isEmpty() ? bounded : bounded.replace(own, " ");
        }
        List<Name> names = new ArrayList<>();
        for (Map.Entry<String, Pattern> entry : patterns.entrySet()) {
            Matcher matcher = entry.getValue().matcher(bounded);
            if (matcher.find()) {
                String quote = matcher.group().strip().replaceAll("\\s+", " ");
                names.add(
                        new Name(
                                entry.getKey(),
                                quote.substring(0, Math.min(quote.length(), MAX_QUOTE))));
            }
        }
        return names;
    }
}
