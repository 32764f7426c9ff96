package dev.bartizan.threats.exchange;

import static dev.bartizan.threats.exchange.ModelExport.ordered;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A system and its threats as an OTM 0.2 document. What came from OTM goes back as it came; what
/// OTM has no word for stands under `attributes.bartizan`.
final class OtmExport {
    private static final String FORMAT = "otm";
    private static final String DIAGRAM = "diagram";

    private final AiSystem system;
    private final ThreatModel model;
    private final Map<String, Object> root;
    private final Map<String, String> zoneIds = new HashMap<>();
    private final Map<String, String> elementIds = new HashMap<>();

    private OtmExport(AiSystem system, ThreatModel model) {
        this.system = system;
        this.model = model;
        this.root = Carried.ofRoot(system.carried(), FORMAT);
    }

    static Map<String, Object> document(AiSystem system, ThreatModel model) {
        return new OtmExport(system, model).document();
    }

    private Map<String, Object> document() {
        boolean isNative = root.isEmpty();
        ReturningFlows flows = ReturningFlows.of(system, root);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("otmVersion", root.getOrDefault("otmVersion", "0.2.0"));
        Map<String, Object> project = Carried.map(root, "project");
        project.put("name", system.name());
        project.putIfAbsent("id", ModelExport.slug(system.name()));
        Carried.map(project, "attributes").put("bartizan", RootEnvelope.of(system, isNative));
        List<Map<String, Object>> threats = Carried.maps(root, "threats");
        document.putAll(root);
        system.zones().values().forEach(zone -> zoneIds.put(zone.id(), sourceId(zone)));
        system.elements().values().forEach(e -> elementIds.put(e.id(), sourceId(e)));
        document.put("representations", representations());
        document.put("trustZones", zones());
        document.put("components", system.elements().values().stream().map(this::part).toList());
        document.put("dataflows", flows.each(this::flow));
        model.threats().stream()
                .filter(threat -> !isForeign(threat))
                .map(OtmExport::threat)
                .forEach(threats::add);
        document.put("threats", threats);
        return document;
    }

    private static String sourceId(Zone zone) {
        return Carried.sourceId(Carried.of(zone.attributes(), FORMAT), zone.id());
    }

    private static String sourceId(Element element) {
        return Carried.sourceId(Carried.of(element.attributes(), FORMAT), element.id());
    }

    private List<Map<String, Object>> representations() {
        List<Map<String, Object>> all = Carried.maps(root, "representations");
        if (all.isEmpty()) {
            all.add(ordered("name", "Diagram", "id", DIAGRAM, "type", "diagram"));
        }
        return all;
    }

    private List<Object> zones() {
        List<Object> zones = new ArrayList<>();
        system.zones().values().forEach(zone -> zones.add(zone(zone)));
        boolean isEverythingPlaced =
                system.elements().values().stream()
                        .allMatch(element -> system.zones().containsKey(element.zone()));
        if (!isEverythingPlaced) {
            Map<String, Object> risk = ordered("trustRating", 70);
            zones.add(
                    ordered(
                            "id",
                            OtmImport.NO_ZONE,
                            "name",
                            "No zone",
                            "type",
                            "internal",
                            "risk",
                            risk));
        }
        return zones;
    }

    private Map<String, Object> zone(Zone zone) {
        Map<String, Object> out = Carried.of(zone.attributes(), FORMAT);
        out.put("id", Carried.sourceId(out, zone.id()));
        out.put("name", zone.label());
        out.putIfAbsent("type", zone.trust().word());
        Map<String, Object> risk = Carried.map(out, "risk");
        risk.putIfAbsent("trustRating", rating(zone.trust()));
        zone.attributes()
                .text("within")
                .ifPresent(outer ->
                        out.put(
                                "parent",
                                ordered("trustZone", zoneIds.getOrDefault(outer, outer))));
        draw(out, zone.attributes().map("layout"), zone.id());
        Carried.map(out, "attributes").put("bartizan", Carried.envelope(zone, FORMAT));
        return out;
    }

    /// How far a zone is trusted, 0..100.
    static int rating(Zone.Trust trust) {
        return switch (trust) {
            case UNTRUSTED -> 10;
            case PARTNER -> 40;
            case INTERNAL -> 70;
            case RESTRICTED -> 100;
        };
    }

    private Map<String, Object> part(Element element) {
        Map<String, Object> out = Carried.of(element.attributes(), FORMAT);
        out.put("id", Carried.sourceId(out, element.id()));
        out.put("name", element.label());
        out.putIfAbsent("type", element.kind().word());
        element.attributes().text("description").ifPresent(text -> out.put("description", text));
        boolean isNested = Carried.map(out, "parent").containsKey("component");
        if (!isNested) {
            String zone = zoneIds.getOrDefault(element.zone(), OtmImport.NO_ZONE);
            out.put("parent", ordered("trustZone", zone));
        }
        draw(out, element.attributes().map("layout"), element.id());
        List<Map<String, Object>> threats = Carried.maps(out, "threats");
        for (Threat threat : model.threats()) {
            if (threat.at().equals(element.id()) && !isForeign(threat)) {
                threats.add(ordered("threat", threat.id(), "state", ModelExport.state(threat)));
            }
        }
        out.put("threats", threats);
        Carried.map(out, "attributes")
                .put("bartizan", Carried.envelope(element, FORMAT, foreign(element)));
        return out;
    }

    /// Threats that OTM's own words hold: they came from there.
    private static Set<String> foreign(Element element) {
        return element.attributes().map("carried").has(FORMAT)
                ? Carried.declaredKeys(element)
                : Set.of();
    }

    private boolean isForeign(Threat threat) {
        String key = threat.roles().getOrDefault("declared", "");
        return !key.isEmpty()
                && system.element(threat.at())
                        .map(element -> foreign(element).contains(key))
                        .orElse(false);
    }

    /// Moves what is drawn; draws what was not.
    private void draw(Map<String, Object> out, Attributes layout, String id) {
        if (!layout.has("x")) {
            return;
        }
        List<Map<String, Object>> drawn = Carried.maps(out, "representations");
        if (drawn.stream().noneMatch(each -> each.containsKey("position"))) {
            drawn.add(ordered("representation", DIAGRAM, "id", "box-" + id));
        }
        Map<String, Object> box =
                drawn.stream()
                        .filter(each -> each.containsKey("position"))
                        .findFirst()
                        .orElse(drawn.getLast());
        box.put("position", pair(layout, "x", "y"));
        box.put("size", pair(layout, "width", "height"));
        out.put("representations", drawn);
    }

    private static Map<String, Object> pair(Attributes layout, String first, String second) {
        return ordered(
                first, layout.number(first).orElse(0), second, layout.number(second).orElse(0));
    }

    private Map<String, Object> flow(Flow flow, Map<String, Object> carried, int number) {
        Map<String, Object> out = new LinkedHashMap<>(carried);
        out.putIfAbsent("name", flow.from() + " to " + flow.to());
        out.putIfAbsent("id", "flow-" + number);
        out.put("source", elementIds.get(flow.from()));
        out.put("destination", elementIds.get(flow.to()));
        out.putIfAbsent("bidirectional", false);
        out.put("assets", flow.carries());
        out.remove("sourceNode");
        out.remove("destinationNode");
        return out;
    }

    private static Map<String, Object> threat(Threat threat) {
        Map<String, Object> risk =
                ordered("likelihood", 50, "impact", Math.min(100, threat.severity().weight() * 4));
        return ordered(
                "id", threat.id(),
                "name", threat.title(),
                "description", threat.why(),
                "categories", threat.mappings().getOrDefault("stride", List.of()),
                "risk", risk);
    }
}
