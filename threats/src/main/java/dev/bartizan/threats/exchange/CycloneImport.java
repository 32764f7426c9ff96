package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// OWASP TM-BOM in CycloneDX: threat models as components whose parts carry `cdx:model:`
/// properties.
final class CycloneImport {
    private static final String PREFIX = "cdx:model:";
    private static final Set<String> NOT_PARTS =
            Set.of("boundary", "asset", "dataflow", "threat", "mitigation");
    private static final double LITTLE_TRUSTED = 25;

    private CycloneImport() {}

    static Draft read(Plain root) {
        String name = root.at("metadata").at("component").text("name").orElse("");
        Draft draft = new Draft("cyclonedx", name.isEmpty() ? "Imported model" : name);
        boolean isThreatModel = false;
        Map<Plain, Map<String, String>> all = new LinkedHashMap<>();
        for (Plain model : root.at("components").items()) {
            if (model.text("type").orElse("").equals("threat-model")) {
                isThreatModel = true;
                model.at("components").items().forEach(part -> all.put(part, properties(part)));
            }
        }
        if (!isThreatModel) {
            throw root.at("components").refuse("holds no component of type threat-model");
        }
        all.forEach((part, words) -> addZone(part, words, draft));
        all.forEach((part, words) -> addPart(part, words, draft));
        all.forEach((part, words) -> addFlow(part, words, draft));
        draft.carried().putAll(root.besides("components"));
        return draft;
    }

    private static Map<String, String> properties(Plain part) {
        Map<String, String> words = new HashMap<>();
        for (Plain property : part.at("properties").items()) {
            String name = property.text("name").orElse("");
            if (name.startsWith(PREFIX)) {
                words.putIfAbsent(
                        name.substring(PREFIX.length()), property.text("value").orElse(""));
            }
        }
        return words;
    }

    private static String type(Map<String, String> words) {
        return words.getOrDefault("type", "");
    }

    private static void addZone(Plain part, Map<String, String> words, Draft draft) {
        if (!type(words).equals("boundary")) {
            return;
        }
        String name = part.text("name").orElse("Boundary");
        String rating = words.getOrDefault("risk:trustRating", "");
        boolean isLittleTrusted =
                rating.matches("[0-9]{1,3}") && Integer.parseInt(rating) <= LITTLE_TRUSTED;
        draft.zone(
                part,
                part.required("bom-ref"),
                name,
                isLittleTrusted ? "untrusted" : DragonImport.trust(name),
                words.getOrDefault("inBoundary", ""),
                box(words),
                part.besides("bom-ref", "name"));
    }

    private static void addPart(Plain part, Map<String, String> words, Draft draft) {
        if (NOT_PARTS.contains(type(words))) {
            if (type(words).equals("asset")) {
                draft.lose("Asset \"" + part.text("name").orElse("") + "\" is carried along only.");
            }
            return;
        }
        String zone = words.getOrDefault("inBoundary", "");
        if (!zone.isEmpty() && !draft.zones().containsKey(zone)) {
            throw part.refuse("lies in a boundary that is not there: \"" + zone + "\"");
        }
        draft.part(
                part,
                part.required("bom-ref"),
                part.text("name").orElse("Element"),
                type(words),
                zone,
                part.text("description").orElse(""),
                box(words),
                part.besides("bom-ref", "name", "description"));
    }

    private static void addFlow(Plain part, Map<String, String> words, Draft draft) {
        if (!type(words).equals("dataflow")) {
            return;
        }
        String from = words.getOrDefault("dataflow:source", "");
        String to = words.getOrDefault("dataflow:destination", "");
        String name = part.text("name").orElse("");
        String data = words.getOrDefault("dataflow:data", "");
        List<String> carries = data.isEmpty() ? List.of() : List.of(data);
        draft.way(part, from, to, name, carries, part.besides("name"));
        if (words.getOrDefault("dataflow:isBidirectional", "").equals("true")) {
            draft.way(part, to, from, name, carries, Map.of());
        }
    }

    private static Optional<Box> box(Map<String, String> words) {
        Optional<Double> x = number(words, "shape:x");
        Optional<Double> y = number(words, "shape:y");
        Optional<Double> width = number(words, "shape:width");
        Optional<Double> height = number(words, "shape:height");
        if (x.isEmpty() || y.isEmpty() || width.isEmpty() || height.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Box(x.get(), y.get(), width.get(), height.get()));
    }

    private static Optional<Double> number(Map<String, String> words, String key) {
        String word = words.getOrDefault(key, "");
        return word.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")
                ? Optional.of(Double.valueOf(word))
                : Optional.empty();
    }
}
