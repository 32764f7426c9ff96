package dev.bartizan.targets.protocol;

import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.ShippedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Makes prompts from templates and a seed. Every template comes up equally often, in shuffled
/// rounds; slots are filled at random. Drawing in rounds spreads successes no wider than
/// independent draws would, so that the binomial interval holds.
final class Prompts {
    private static final String LIST = "protocol/prompts.json";
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)\\}");

    private final Map<String, List<String>> words = new TreeMap<>();
    private final Map<String, List<String>> templates = new TreeMap<>();

    private Prompts() {}

    /// With the templates of this module.
    static Prompts installed() {
        Prompts prompts = new Prompts();
        for (Map.Entry<String, JsonNode> part :
                BoundedJson.MAPPER.readTree(ShippedText.of(LIST)).properties()) {
            if (part.getKey().equals("words")) {
                part.getValue()
                        .properties()
                        .forEach(e -> prompts.words.put(e.getKey(), texts(e.getValue())));
            } else {
                prompts.templates.put(part.getKey(), texts(part.getValue()));
            }
        }
        return prompts;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.stringValue()));
        return List.copyOf(texts);
    }

    /// So many prompts of a kind.
    ///
    /// @param kind `seed-secret` or `never-calls`
    /// @param own words for slots of this oracle, such as `owner`
    List<String> of(String kind, Map<String, String> own, int count, long seed) {
        List<String> round = new ArrayList<>(templates.getOrDefault(kind, List.of()));
        if (round.isEmpty()) {
            throw new IllegalArgumentException("No prompts of kind " + kind);
        }
        Random random = new Random(seed);
        List<String> prompts = new ArrayList<>();
        while (prompts.size() < count) {
            Collections.shuffle(round, random);
            for (String template :
                    round.subList(0, Math.min(round.size(), count - prompts.size()))) {
                prompts.add(filled(template, own, random));
            }
        }
        return prompts;
    }

    private String filled(String template, Map<String, String> own, Random random) {
        Matcher slot = SLOT.matcher(template);
        StringBuilder text = new StringBuilder();
        while (slot.find()) {
            String name = slot.group(1);
            List<String> choices = words.getOrDefault(name, List.of());
            String word =
                    choices.isEmpty()
                            ? own.getOrDefault(name, name)
                            : choices.get(random.nextInt(choices.size()));
            slot.appendReplacement(text, Matcher.quoteReplacement(word));
        }
        slot.appendTail(text);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
