package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Open Threat Model 0.1 and 0.2, JSON or YAML.
final class OtmImport {
    private static final double HALF_TRUSTED = 50;
    private static final double LITTLE_TRUSTED = 25;

    /// OTM wants a zone around everything; exports put what lies in none into this one.
    static final String NO_ZONE = "bartizan-no-zone";

    private OtmImport() {}

    static Draft read(Plain root) {
        String version = root.required("otmVersion");
        if (!version.startsWith("0.1") && !version.startsWith("0.2")) {
            throw root.at("otmVersion").refuse("is a version that is not known: " + version);
        }
        Draft draft = new Draft("otm", root.at("project").required("name"));
        Map<String, Plain> components = byId(root.at("components").items());
        OtmThreats threats = new OtmThreats(root);
        for (Plain zone : root.at("trustZones").items()) {
            if (zone.text("id").orElse("").equals(NO_ZONE)) {
                continue;
            }
            draft.zone(
                    zone,
                    zone.required("id"),
                    zone.text("name").orElse(zone.required("id")),
                    trust(zone),
                    zone.at("parent").text("trustZone").orElse(""),
                    box(zone),
                    withoutOurs(zone.besides("id", "name")));
            draft.restoreZone(zone.required("id"), zone.at("attributes").at("bartizan"));
        }
        for (Plain component : components.values()) {
            draft.part(
                    component,
                    component.required("id"),
                    component.text("name").orElse(component.required("id")),
                    component.text("type").orElse(""),
                    zoneOf(component, components, draft),
                    component.text("description").orElse(""),
                    box(component),
                    withoutOurs(component.besides("id", "name", "description")));
            Plain ours = component.at("attributes").at("bartizan");
            if (ours.isMap()) {
                draft.restore(component.required("id"), ours);
            }
            threats.of(component, component.required("id"), draft);
        }
        for (Plain flow : root.at("dataflows").items()) {
            addFlow(flow, draft);
            flow.text("source")
                    .or(() -> flow.text("sourceNode"))
                    .filter(draft.parts()::containsKey)
                    .ifPresent(source -> threats.of(flow, source, draft));
        }
        draft.carried().putAll(root.besides("components", "trustZones", "dataflows"));
        draft.carried().put("threats", threats.withoutOurs());
        draft.restoreRoot(root.at("project").at("attributes").at("bartizan"));
        draft.carried().put("project", withoutOurs(root.at("project").besides()));
        return draft;
    }

    /// What is carried of an object, without what an export of ours added.
    private static Map<String, Object> withoutOurs(Map<String, Object> more) {
        if (more.get("attributes") instanceof Map<?, ?> attributes) {
            Map<String, Object> rest = new LinkedHashMap<>();
            attributes.forEach((key, value) -> rest.put(String.valueOf(key), value));
            rest.remove("bartizan");
            if (rest.isEmpty()) {
                more.remove("attributes");
            } else {
                more.put("attributes", rest);
            }
        }
        if (more.get("threats") instanceof List<?> threats) {
            more.put(
                    "threats",
                    threats.stream().filter(threat -> !OtmThreats.isOurs(threat)).toList());
        }
        return more;
    }

    private static void addFlow(Plain flow, Draft draft) {
        String from = flow.text("source").or(() -> flow.text("sourceNode")).orElse("");
        String to = flow.text("destination").or(() -> flow.text("destinationNode")).orElse("");
        String name = flow.text("name").orElse("");
        if (draft.zones().containsKey(from) || draft.zones().containsKey(to)) {
            draft.lose(flow.path() + " begins or ends at a zone and was left out.");
            return;
        }
        draft.way(
                flow, from, to, name, flow.texts("assets"), flow.besides("source", "destination"));
        if (flow.isTrue("bidirectional")) {
            draft.way(flow, to, from, name, flow.texts("assets"), Map.of());
        }
    }

    private static Map<String, Plain> byId(List<Plain> items) {
        Map<String, Plain> byId = new LinkedHashMap<>();
        for (Plain item : items) {
            String id = item.required("id");
            if (byId.put(id, item) != null) {
                throw item.refuse("has an id that was given before: \"" + id + "\"");
            }
        }
        return byId;
    }

    private static String zoneOf(Plain component, Map<String, Plain> components, Draft draft) {
        List<String> seen = new ArrayList<>();
        Plain here = component;
        while (true) {
            Plain parent = here.at("parent");
            Optional<String> zone = parent.text("trustZone");
            if (zone.isPresent() && zone.get().equals(NO_ZONE)) {
                return "";
            }
            if (zone.isPresent()) {
                if (!draft.zones().containsKey(zone.get())) {
                    throw parent.refuse("names a zone that is not there: \"" + zone.get() + "\"");
                }
                return zone.get();
            }
            String above = parent.text("component").orElse("");
            if (above.isEmpty()) {
                return "";
            }
            Plain next = components.get(above);
            if (next == null) {
                throw parent.refuse("names a component that is not there: \"" + above + "\"");
            }
            if (seen.contains(above)) {
                throw parent.refuse("is part of itself: \"" + above + "\"");
            }
            seen.add(above);
            here = next;
        }
    }

    private static String trust(Plain zone) {
        String ours = zone.at("attributes").at("bartizan").text("trust").orElse("");
        if (List.of("untrusted", "partner", "internal", "restricted").contains(ours)) {
            return ours;
        }
        Optional<Double> rating = zone.at("risk").number("trustRating");
        if (rating.isEmpty()) {
            return "internal";
        }
        if (rating.get() <= LITTLE_TRUSTED) {
            return "untrusted";
        }
        return rating.get() < HALF_TRUSTED ? "partner" : "internal";
    }

    private static Optional<Box> box(Plain item) {
        for (Plain drawn : item.at("representations").items()) {
            Optional<Box> box = boxOf(drawn.at("position"), drawn.at("size"));
            if (box.isPresent()) {
                return box;
            }
        }
        return Optional.empty();
    }

    /// A box of position and size; none when either is missing.
    static Optional<Box> boxOf(Plain position, Plain size) {
        Map<String, Double> numbers = new HashMap<>();
        position.number("x").ifPresent(x -> numbers.put("x", x));
        position.number("y").ifPresent(y -> numbers.put("y", y));
        size.number("width").ifPresent(width -> numbers.put("width", width));
        size.number("height").ifPresent(height -> numbers.put("height", height));
        if (numbers.size() < 4) {
            return Optional.empty();
        }
        return Optional.of(
                new Box(
                        numbers.getOrDefault("x", 0.0),
                        numbers.getOrDefault("y", 0.0),
                        numbers.getOrDefault("width", 0.0),
                        numbers.getOrDefault("height", 0.0)));
    }
}
