package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// OWASP TM-BOM in CycloneDX: threat models as components whose parts carry `cdx:model:`
/// properties.
final class CycloneImport {
    /// How the names of properties begin that describe a model.
    static final String PREFIX = "cdx:model:";

    /// Name of the property in which an export of ours keeps what the format has no word for.
    static final String ENVELOPE = "bartizan:envelope";

    private static final Set<String> NOT_PARTS =
            Set.of("boundary", "asset", "dataflow", "threat", "mitigation");
    private static final Set<String> OTHERS = Set.of("asset", "threat", "mitigation");
    private static final double LITTLE_TRUSTED = 25;

    private CycloneImport() {}

    /// A component of a threat model, its properties, and which of the models it stands in.
    private record Piece(Plain part, Map<String, String> words, int model) {}

    static Draft read(Plain root) {
        String name = root.at("metadata").at("component").text("name").orElse("");
        Draft draft = new Draft("cyclonedx", name.isEmpty() ? "Imported model" : name);
        boolean isThreatModel = false;
        List<Piece> all = new ArrayList<>();
        List<Object> models = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        List<Object> otherParts = new ArrayList<>();
        for (Plain model : root.at("components").items()) {
            if (!model.text("type").orElse("").equals("threat-model")) {
                others.add(model.besides());
                continue;
            }
            isThreatModel = true;
            for (Plain part : model.at("components").items()) {
                all.add(new Piece(part, properties(part), models.size()));
                boolean isOurs = envelope(part).has("threat");
                if (OTHERS.contains(type(properties(part))) && !isOurs) {
                    otherParts.add(carried(part, models.size()));
                }
            }
            models.add(model.besides("components"));
        }
        if (!isThreatModel) {
            throw root.at("components").refuse("holds no component of type threat-model");
        }
        all.forEach(piece -> addZone(piece, draft));
        all.forEach(piece -> addPart(piece, draft));
        all.forEach(piece -> addFlow(piece, draft));
        draft.carried().putAll(root.besides("components"));
        draft.carried().put("models", models);
        draft.carried().put("other-components", others);
        draft.carried().put("other-parts", otherParts);
        draft.restoreRoot(envelope(root.at("metadata").at("component")));
        draft.carried().put("metadata", metadata(root.at("metadata")));
        return draft;
    }

    private static Map<String, Object> metadata(Plain metadata) {
        Map<String, Object> more = metadata.besides();
        Map<String, Object> component = carried(metadata.at("component"), 0);
        component.remove("model");
        if (List.of().equals(component.get("properties"))) {
            component.remove("properties");
        }
        more.put("component", component);
        return more;
    }

    /// What an export of ours wrote beside a component; nothing when there is none.
    private static Plain envelope(Plain part) {
        for (Plain property : part.at("properties").items()) {
            if (property.text("name").orElse("").equals(ENVELOPE)) {
                String json = property.text("value").orElse("");
                return ForeignFile.json(property.path(), json.getBytes(StandardCharsets.UTF_8));
            }
        }
        return part.at(ENVELOPE);
    }

    /// What is carried of a component, without what an export of ours added.
    private static Map<String, Object> carried(Plain part, int model, String... understood) {
        Map<String, Object> more = part.besides(understood);
        more.put("model", (long) model);
        if (more.get("properties") instanceof List<?> list) {
            more.put(
                    "properties",
                    list.stream()
                            .filter(item ->
                                    !(item instanceof Map<?, ?> map
                                            && ENVELOPE.equals(map.get("name"))))
                            .toList());
        }
        return more;
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

    private static void addZone(Piece piece, Draft draft) {
        Plain part = piece.part();
        Map<String, String> words = piece.words();
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
                envelope(part)
                        .text("trust")
                        .orElseGet(() -> isLittleTrusted ? "untrusted" : DragonImport.trust(name)),
                words.getOrDefault("inBoundary", ""),
                box(words),
                carried(part, piece.model(), "bom-ref", "name"));
        draft.restoreZone(part.required("bom-ref"), envelope(part));
    }

    private static void addPart(Piece piece, Draft draft) {
        Plain part = piece.part();
        Map<String, String> words = piece.words();
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
                carried(part, piece.model(), "bom-ref", "name", "description"));
        Plain ours = envelope(part);
        if (ours.isMap()) {
            draft.restore(part.required("bom-ref"), ours);
        }
    }

    private static void addFlow(Piece piece, Draft draft) {
        Plain part = piece.part();
        Map<String, String> words = piece.words();
        if (!type(words).equals("dataflow")) {
            return;
        }
        String from = words.getOrDefault("dataflow:source", "");
        String to = words.getOrDefault("dataflow:destination", "");
        String name = part.text("name").orElse("");
        String data = words.getOrDefault("dataflow:data", "");
        Plain ours = envelope(part);
        List<String> known = data.isEmpty() ? List.of() : List.of(data);
        List<String> carries = ours.isMap() ? ours.texts("carries") : known;
        draft.way(part, from, to, name, carries, carried(part, piece.model(), "name"));
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
