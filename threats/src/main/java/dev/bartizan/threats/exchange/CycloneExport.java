package dev.bartizan.threats.exchange;

import static dev.bartizan.threats.exchange.ModelExport.ordered;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A system and its threats as TM-BOM in CycloneDX 1.6: a component for each zone, element, flow
/// and threat, described by `cdx:model:` properties.
final class CycloneExport {
    private static final String FORMAT = "cyclonedx";
    private static final String THREAT_MODEL = "threat-model";

    private final AiSystem system;
    private final ThreatModel model;
    private final Map<String, Object> root;
    private final Map<String, String> ids = new HashMap<>();
    private final TreeMap<Integer, List<Object>> parts = new TreeMap<>();

    private CycloneExport(AiSystem system, ThreatModel model) {
        this.system = system;
        this.model = model;
        this.root = Carried.ofRoot(system.carried(), FORMAT);
    }

    static Map<String, Object> document(AiSystem system, ThreatModel model) {
        return new CycloneExport(system, model).document();
    }

    private Map<String, Object> document() {
        boolean isNative = root.isEmpty();
        ReturningFlows flows = ReturningFlows.of(system, root);
        List<Map<String, Object>> models = Carried.maps(root, "models");
        if (models.isEmpty()) {
            models.add(
                    ordered(
                            "type", THREAT_MODEL,
                            "bom-ref", uuid("model " + system.name()),
                            "name", system.name()));
        }
        system.zones().values().forEach(zone -> ids.put("zone " + zone.id(), idOf(zone)));
        system.zones().values().forEach(this::addZone);
        system.elements().values().forEach(this::addElement);
        flows.each(this::addFlow);
        Carried.maps(root, "other-parts").forEach(this::add);
        model.threats().forEach(this::addThreat);
        List<Object> components = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            Map<String, Object> head = new LinkedHashMap<>(models.get(i));
            head.put("components", parts.getOrDefault(i, List.of()));
            components.add(head);
        }
        components.addAll(Carried.maps(root, "other-components"));
        root.keySet().removeAll(List.of("models", "other-parts", "other-components"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bomFormat", "CycloneDX");
        document.put("specVersion", root.getOrDefault("specVersion", "1.6"));
        document.put("version", root.getOrDefault("version", 1));
        Map<String, Object> component = Carried.map(Carried.map(root, "metadata"), "component");
        component.putIfAbsent("type", "application");
        component.putIfAbsent("bom-ref", uuid("system " + system.name()));
        component.put("name", system.name());
        Properties.of(component).add(envelope(RootEnvelope.of(system, isNative)));
        root.forEach(document::putIfAbsent);
        document.put("components", components);
        return document;
    }

    private static String idOf(Zone zone) {
        return Carried.sourceId(Carried.of(zone.attributes(), FORMAT), uuid("zone " + zone.id()));
    }

    /// Puts a component into the model that it came from.
    private void add(Map<String, Object> part) {
        Object number = part.remove("model");
        int at = number instanceof Number n ? n.intValue() : 0;
        parts.computeIfAbsent(at, _ -> new ArrayList<>()).add(part);
    }

    private void addZone(Zone zone) {
        Map<String, Object> out = Carried.of(zone.attributes(), FORMAT);
        Properties properties = Properties.of(out);
        begin(out, Carried.sourceId(out, uuid("zone " + zone.id())), zone.label());
        properties.set("type", "boundary");
        properties.setIfAbsent(
                "risk:trustRating", Integer.toString(OtmExport.rating(zone.trust())));
        zone.attributes()
                .text("within")
                .ifPresent(outer -> properties.set("inBoundary", ids.get("zone " + outer)));
        draw(properties, zone.attributes().map("layout"), "rectangle");
        properties.add(envelope(Carried.envelope(zone, FORMAT)));
        add(out);
    }

    private void addElement(Element element) {
        Map<String, Object> out = Carried.of(element.attributes(), FORMAT);
        Properties properties = Properties.of(out);
        String id = Carried.sourceId(out, uuid(element.id()));
        ids.put(element.id(), id);
        begin(out, id, element.label());
        element.attributes().text("description").ifPresent(text -> out.put("description", text));
        properties.setIfAbsent("type", element.kind().word());
        if (system.zones().containsKey(element.zone())) {
            properties.set("inBoundary", ids.get("zone " + element.zone()));
        }
        draw(properties, element.attributes().map("layout"), "rectangle");
        properties.add(envelope(Carried.envelope(element, FORMAT, Set.of())));
        add(out);
    }

    private Map<String, Object> addFlow(Flow flow, Map<String, Object> carried, int number) {
        Map<String, Object> out = new LinkedHashMap<>(carried);
        Properties properties = Properties.of(out);
        Object id = out.getOrDefault("bom-ref", uuid("flow " + number + flow.from() + flow.to()));
        String name = String.valueOf(out.getOrDefault("name", flow.from() + " to " + flow.to()));
        begin(out, String.valueOf(id), name);
        properties.set("type", "dataflow");
        properties.set("dataflow:source", ids.get(flow.from()));
        properties.set("dataflow:destination", ids.get(flow.to()));
        properties.add(envelope(ordered("carries", flow.carries())));
        add(out);
        return out;
    }

    private void addThreat(Threat threat) {
        Map<String, Object> out = new LinkedHashMap<>();
        Properties properties = Properties.of(out);
        begin(out, threat.id(), threat.title());
        out.put("description", threat.why());
        properties.set("type", "threat");
        properties.set("threat:severity", threat.severity().word());
        properties.set("threat:state", ModelExport.state(threat));
        properties.set("threat:at", ids.get(threat.at()));
        properties.add(envelope(ordered("threat", threat.id())));
        add(out);
    }

    private static void begin(Map<String, Object> out, String id, String name) {
        out.putIfAbsent("type", THREAT_MODEL);
        out.put("bom-ref", id);
        out.put("name", name);
    }

    private static void draw(Properties properties, Attributes layout, String shape) {
        if (layout.has("x")) {
            properties.setIfAbsent("shape", shape);
            for (String key : List.of("x", "y", "width", "height")) {
                layout.number(key)
                        .ifPresent(number -> properties.set("shape:" + key, number.toString()));
            }
        }
    }

    private static Map<String, Object> envelope(Map<String, Object> values) {
        return ordered(
                "name",
                CycloneImport.ENVELOPE,
                "value",
                JsonMapper.shared().writeValueAsString(values));
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// The properties of a component, by name.
    private static final class Properties {
        private final List<Map<String, Object>> list;

        private Properties(List<Map<String, Object>> list) {
            this.list = list;
        }

        static Properties of(Map<String, Object> component) {
            List<Map<String, Object>> list = Carried.maps(component, "properties");
            component.put("properties", list);
            return new Properties(list);
        }

        private Optional<Map<String, Object>> named(String name) {
            return list.stream()
                    .filter(each -> (CycloneImport.PREFIX + name).equals(each.get("name")))
                    .findFirst();
        }

        void set(String name, @Nullable String value) {
            if (value == null) {
                return;
            }
            named(name)
                    .ifPresentOrElse(
                            property -> property.put("value", value),
                            () ->
                                    list.add(
                                            ordered(
                                                    "name",
                                                    CycloneImport.PREFIX + name,
                                                    "value",
                                                    value)));
        }

        void setIfAbsent(String name, String value) {
            if (named(name).isEmpty()) {
                set(name, value);
            }
        }

        void add(Map<String, Object> property) {
            list.add(property);
        }
    }
}
