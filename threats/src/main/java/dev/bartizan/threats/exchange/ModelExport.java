package dev.bartizan.threats.exchange;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes systems and their threats in the formats of other tools. The same system gives the same
/// bytes.
public final class ModelExport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ModelExport() {}

    /// Open Threat Model 0.2 as JSON. What OTM has no word for stands under `attributes.bartizan`,
    /// from where {@link ModelImport} takes it back.
    public static String otm(AiSystem system, ThreatModel model) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("otmVersion", "0.2.0");
        root.put("project", Map.of("name", system.name(), "id", slug(system.name())));
        root.put(
                "representations",
                List.of(ordered("name", "Diagram", "id", "diagram", "type", "diagram")));
        List<Object> zones = new ArrayList<>();
        system.zones().values().forEach(zone -> zones.add(otmZone(zone)));
        zones.add(
                ordered(
                        "id",
                        OtmImport.NO_ZONE,
                        "name",
                        "No zone",
                        "type",
                        "internal",
                        "risk",
                        Map.of("trustRating", 70)));
        root.put("trustZones", zones);
        root.put(
                "components",
                system.elements().values().stream()
                        .map(e -> otmComponent(system, e, model))
                        .toList());
        List<Object> flows = new ArrayList<>();
        for (Flow flow : system.flows()) {
            flows.add(
                    ordered(
                            "name",
                            flow.from() + " to " + flow.to(),
                            "id",
                            "flow-" + flows.size(),
                            "source",
                            flow.from(),
                            "destination",
                            flow.to(),
                            "bidirectional",
                            false,
                            "assets",
                            flow.carries()));
        }
        root.put("dataflows", flows);
        root.put("threats", model.threats().stream().map(ModelExport::otmThreat).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> otmZone(Zone zone) {
        int rating =
                switch (zone.trust()) {
                    case UNTRUSTED -> 10;
                    case PARTNER -> 40;
                    case INTERNAL -> 70;
                    case RESTRICTED -> 100;
                };
        return ordered(
                "id", zone.id(),
                "name", zone.id(),
                "type", zone.trust().word(),
                "risk", Map.of("trustRating", rating),
                "attributes",
                        Map.of("bartizan", ordered("id", zone.id(), "trust", zone.trust().word())));
    }

    private static Map<String, Object> otmComponent(
            AiSystem system, Element element, ThreatModel model) {
        Map<String, Object> component = new LinkedHashMap<>();
        component.put("id", element.id());
        component.put("name", element.label());
        component.put("type", element.kind().word());
        element.attributes()
                .text("description")
                .ifPresent(text -> component.put("description", text));
        boolean isPlaced = system.zones().containsKey(element.zone());
        String zone = isPlaced ? element.zone() : OtmImport.NO_ZONE;
        component.put("parent", Map.of("trustZone", zone));
        Attributes layout = element.attributes().map("layout");
        if (layout.has("x")) {
            component.put(
                    "representations",
                    List.of(
                            ordered(
                                    "representation",
                                    "diagram",
                                    "id",
                                    "box-" + element.id(),
                                    "position",
                                    part(layout, "x", "y"),
                                    "size",
                                    part(layout, "width", "height"))));
        }
        List<Object> threats = new ArrayList<>();
        for (Threat threat : model.threats()) {
            if (threat.at().equals(element.id())) {
                threats.add(ordered("threat", threat.id(), "state", state(threat)));
            }
        }
        component.put("threats", threats);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("id", element.id());
        own.put("kind", element.kind().word());
        Map<String, Object> values = new LinkedHashMap<>(element.attributes().values());
        List.of("layout", "description", "carried").forEach(values::remove);
        own.put("values", values);
        component.put("attributes", Map.of("bartizan", own));
        return component;
    }

    private static Map<String, Object> part(Attributes layout, String first, String second) {
        return ordered(
                first, layout.number(first).orElse(0), second, layout.number(second).orElse(0));
    }

    private static String state(Threat threat) {
        return switch (threat.applicability()) {
            case Applicability.Applies _ -> "exposed";
            case Applicability.Mitigated _ -> "mitigated";
            case Applicability.DoesNotApply _ -> "not-applicable";
        };
    }

    private static Map<String, Object> otmThreat(Threat threat) {
        return ordered(
                "id", threat.id(),
                "name", threat.title(),
                "description", threat.why(),
                "categories", threat.mappings().getOrDefault("stride", List.of()),
                "risk",
                        Map.of(
                                "likelihood",
                                50,
                                "impact",
                                Math.min(100, threat.severity().weight() * 4)));
    }

    /// Threat Dragon 2 as JSON.
    public static String threatDragon(AiSystem system, ThreatModel model) {
        Map<String, Object> root = DragonExport.document(system, model);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// The threats as comma-separated values (RFC 4180), one a line. Cells that a spreadsheet would
    /// run are quoted with a leading apostrophe.
    public static String csv(ThreatModel model) {
        StringBuilder text =
                new StringBuilder("id,rule,severity,applicability,at,title,atlas,mend\r\n");
        for (Threat threat : model.threats()) {
            List<String> cells =
                    List.of(
                            threat.id(),
                            threat.rule(),
                            threat.severity().word(),
                            state(threat),
                            threat.at(),
                            threat.title(),
                            String.join(" ", threat.mappings().getOrDefault("atlas", List.of())),
                            threat.mend());
            text.append(String.join(",", cells.stream().map(ModelExport::cell).toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = isFormula ? "'" + text : text;
        return safe.matches("[A-Za-z0-9 _.:'-]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /// A Mermaid flowchart with zones as subgraphs.
    public static String mermaid(AiSystem system) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Map<String, String> names = new LinkedHashMap<>();
        system.elements().keySet().forEach(id -> names.put(id, "n" + names.size()));
        int zones = 0;
        for (Zone zone : system.zones().values()) {
            text.append("  subgraph z")
                    .append(zones++)
                    .append("[\"")
                    .append(label(zone.id()))
                    .append("\"]\n");
            nodes(system, zone.id(), names, "    ", text);
            text.append("  end\n");
        }
        nodes(system, "", names, "  ", text);
        for (Flow flow : system.flows()) {
            String carries =
                    flow.carries().isEmpty()
                            ? ""
                            : "|\"" + label(String.join(", ", flow.carries())) + "\"|";
            text.append("  ")
                    .append(names.get(flow.from()))
                    .append(" -->")
                    .append(carries)
                    .append(' ')
                    .append(names.get(flow.to()))
                    .append('\n');
        }
        return text.toString();
    }

    private static void nodes(
            AiSystem system,
            String zone,
            Map<String, String> names,
            String indent,
            StringBuilder text) {
        for (Element element : system.elements().values()) {
            String own = system.zones().containsKey(element.zone()) ? element.zone() : "";
            if (own.equals(zone)) {
                text.append(indent)
                        .append(names.get(element.id()))
                        .append("[\"")
                        .append(label(element.label()))
                        .append("\"]\n");
            }
        }
    }

    private static String label(String text) {
        return text.replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\s+", " ");
    }

    private static String slug(String name) {
        String slug = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return slug.isEmpty() ? "system" : slug;
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
