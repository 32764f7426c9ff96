package dev.bartizan.threats.exchange;

import static dev.bartizan.threats.exchange.ModelExport.ordered;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
import dev.bartizan.threats.exchange.Draft.Box;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// A system and its threats as a Threat Dragon 2 document. What came from Threat Dragon goes back
/// as it came; what it has no word for stands under `data.bartizan`.
final class DragonExport {
    private static final String FORMAT = "threat-dragon";
    private static final String VERSION = "2.3.0";

    private final AiSystem system;
    private final ThreatModel model;
    private final Map<String, Object> root;
    private final DragonLayout layout;
    private final Map<String, String> ids = new HashMap<>();
    private final TreeMap<Integer, List<Object>> cells = new TreeMap<>();

    private DragonExport(AiSystem system, ThreatModel model) {
        this.system = system;
        this.model = model;
        this.root = Carried.ofRoot(system.carried(), FORMAT);
        this.layout = DragonLayout.of(system);
    }

    /// The document.
    static Map<String, Object> document(AiSystem system, ThreatModel model) {
        return new DragonExport(system, model).document();
    }

    private Map<String, Object> document() {
        boolean isNative = root.isEmpty();
        ReturningFlows flows = ReturningFlows.of(system, root);
        List<Map<String, Object>> heads = Carried.maps(root, "diagrams");
        if (heads.isEmpty()) {
            heads.add(new LinkedHashMap<>());
        }
        system.zones().values().forEach(this::addZone);
        system.elements().values().forEach(this::addPart);
        flows.each(this::addFlow);
        Carried.maps(root, "other-cells").forEach(cell -> add(cell, cell));
        List<Object> diagrams = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            diagrams.add(diagram(heads.get(i), i));
        }
        Map<String, Object> summary = Carried.map(root, "summary");
        summary.put("title", system.name());
        summary.putIfAbsent("owner", "");
        summary.putIfAbsent("description", "");
        summary.putIfAbsent("id", 0);
        Map<String, Object> detail = Carried.map(root, "detail");
        detail.putIfAbsent("contributors", List.of());
        detail.put("diagrams", diagrams);
        detail.putIfAbsent("diagramTop", diagrams.size());
        detail.putIfAbsent("reviewer", "");
        detail.putIfAbsent("threatTop", 0);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("summary", summary);
        document.put("detail", detail);
        root.keySet().removeAll(Set.of("diagrams", "other-cells"));
        root.forEach(document::putIfAbsent);
        document.put("bartizan", RootEnvelope.of(system, isNative));
        return document;
    }

    private Map<String, Object> diagram(Map<String, Object> head, int number) {
        Map<String, Object> out = new LinkedHashMap<>(head);
        out.putIfAbsent("id", number);
        out.putIfAbsent("title", system.name());
        out.putIfAbsent("diagramType", "STRIDE");
        out.putIfAbsent("thumbnail", "./public/content/images/thumbnail.stride.jpg");
        out.putIfAbsent("version", VERSION);
        out.put("cells", cells.getOrDefault(number, List.of()));
        return out;
    }

    /// Puts a cell into the diagram that it came from.
    private void add(Map<String, Object> carried, Map<String, Object> cell) {
        Object number = carried.get("diagram");
        int diagram = number instanceof Number n ? n.intValue() : 0;
        cell.remove("diagram");
        cells.computeIfAbsent(diagram, _ -> new ArrayList<>()).add(cell);
    }

    private void addZone(Zone zone) {
        Map<String, Object> cell = current(Carried.of(zone.attributes(), FORMAT));
        String id = Carried.sourceId(cell, uuid("zone " + zone.id()));
        Box box = layout.box(zone);
        cell.put("id", id);
        cell.put("position", ordered("x", box.x(), "y", box.y()));
        cell.put("size", ordered("width", box.width(), "height", box.height()));
        cell.putIfAbsent("shape", "trust-boundary-box");
        cell.putIfAbsent("zIndex", -1);
        cell.putIfAbsent("attrs", ordered("label", ordered("text", zone.label())));
        Map<String, Object> data = Carried.map(cell, "data");
        data.put("type", "tm.BoundaryBox");
        data.put("name", zone.label());
        data.putIfAbsent("description", "");
        data.putIfAbsent("isTrustBoundary", true);
        data.putIfAbsent("hasOpenThreats", false);
        Map<String, Object> envelope = Carried.envelope(zone, FORMAT);
        zone.attributes()
                .text("within")
                .flatMap(outer -> Optional.ofNullable(system.zones().get(outer)))
                .ifPresent(outer -> envelope.put("within-key", zoneId(outer)));
        if (layout.isInvented(zone)) {
            envelope.put("drawn", true);
        }
        data.put("bartizan", envelope);
        add(cell, cell);
    }

    private static String zoneId(Zone zone) {
        return Carried.sourceId(Carried.of(zone.attributes(), FORMAT), uuid("zone " + zone.id()));
    }

    private void addPart(Element element) {
        Map<String, Object> raw = Carried.of(element.attributes(), FORMAT);
        List<Map<String, Object>> threats =
                Carried.maps(raw.containsKey("data") ? Carried.map(raw, "data") : raw, "threats");
        boolean isForeign = !raw.isEmpty();
        Map<String, Object> cell = current(raw);
        String id = Carried.sourceId(cell, uuid(element.id()));
        ids.put(element.id(), id);
        Box box = layout.box(element);
        String shape = shape(element.kind());
        cell.put("id", id);
        cell.put("position", ordered("x", box.x(), "y", box.y()));
        cell.put("size", ordered("width", box.width(), "height", box.height()));
        cell.putIfAbsent("attrs", ordered("text", ordered("text", element.label())));
        cell.putIfAbsent("visible", true);
        cell.putIfAbsent("shape", shape);
        cell.putIfAbsent("zIndex", 1);
        Map<String, Object> data = Carried.map(cell, "data");
        data.putIfAbsent(
                "type", "tm." + Character.toUpperCase(shape.charAt(0)) + shape.substring(1));
        data.put("name", element.label());
        data.put("description", element.attributes().text("description").orElse(""));
        data.putIfAbsent("outOfScope", false);
        Set<String> foreign = isForeign ? Carried.declaredKeys(element) : Set.of();
        model.threats().stream()
                .filter(threat -> threat.at().equals(element.id()))
                .filter(threat -> !foreign.contains(threat.roles().getOrDefault("declared", "")))
                .map(DragonExport::dragonThreat)
                .forEach(threats::add);
        data.put("hasOpenThreats", threats.stream().anyMatch(t -> "Open".equals(t.get("status"))));
        data.put("threats", threats);
        Map<String, Object> envelope = Carried.envelope(element, FORMAT, foreign);
        if (layout.isInvented(element)) {
            envelope.put("drawn", true);
        }
        data.put("bartizan", envelope);
        add(cell, cell);
    }

    /// A cell of version 2 as it is; of version 1 only what both versions share.
    private static Map<String, Object> current(Map<String, Object> raw) {
        if (raw.containsKey("data")) {
            return raw;
        }
        Map<String, Object> shared = new LinkedHashMap<>();
        for (String key : List.of("source-id", "diagram")) {
            if (raw.containsKey(key)) {
                shared.put(key, raw.get(key));
            }
        }
        return shared;
    }

    private Map<String, Object> addFlow(Flow flow, Map<String, Object> carried, int number) {
        Map<String, Object> raw = new LinkedHashMap<>(carried);
        String name = String.valueOf(raw.getOrDefault("name", String.join(", ", flow.carries())));
        Object id = raw.getOrDefault("id", uuid("flow " + number + flow.from() + flow.to()));
        List<Map<String, Object>> threats =
                Carried.maps(raw.containsKey("data") ? Carried.map(raw, "data") : raw, "threats");
        Map<String, Object> cell = current(raw);
        cell.remove("name");
        cell.put("id", id);
        cell.putIfAbsent("shape", "flow");
        cell.putIfAbsent("zIndex", 10);
        Carried.map(cell, "source").put("cell", ids.get(flow.from()));
        Carried.map(cell, "target").put("cell", ids.get(flow.to()));
        Map<String, Object> data = Carried.map(cell, "data");
        data.putIfAbsent("type", "tm.Flow");
        data.put("name", name);
        data.putIfAbsent("description", "");
        data.putIfAbsent("outOfScope", false);
        data.putIfAbsent("isBidirectional", false);
        data.put("hasOpenThreats", threats.stream().anyMatch(t -> "Open".equals(t.get("status"))));
        data.put("threats", threats);
        if (!flow.carries().isEmpty()) {
            data.put("bartizan", ordered("carries", flow.carries()));
        }
        add(cell, cell);
        return cell;
    }

    /// What a kind is drawn as: `actor`, `store` or `process`.
    static String shape(ElementKind kind) {
        String word = kind.word();
        if (word.equals("end-user") || word.equals("human-reviewer")) {
            return "actor";
        }
        boolean isStore =
                word.endsWith("store")
                        || word.endsWith("-db")
                        || word.endsWith("corpus")
                        || word.endsWith("registry")
                        || word.endsWith("lake")
                        || word.endsWith("source")
                        || word.endsWith("artifact");
        return isStore ? "store" : "process";
    }

    private static Map<String, Object> dragonThreat(Threat threat) {
        String severity = threat.severity().word();
        boolean isOpen = threat.applicability() instanceof Applicability.Applies;
        return ordered(
                "id",
                uuid(threat.id()),
                "title",
                threat.title(),
                "status",
                isOpen ? "Open" : "Mitigated",
                "severity",
                Character.toUpperCase(severity.charAt(0)) + severity.substring(1),
                "type",
                "Generic",
                "description",
                threat.why(),
                "mitigation",
                threat.mend(),
                "modelType",
                "STRIDE",
                "number",
                0,
                "score",
                "",
                "bartizan",
                threat.id());
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
