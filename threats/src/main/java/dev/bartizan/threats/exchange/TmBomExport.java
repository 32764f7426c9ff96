package dev.bartizan.threats.exchange;

import static dev.bartizan.threats.exchange.ModelExport.ordered;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A system and its threats as TM-BOM in the schema of OWASP's threat model library. The schema
/// allows no words of others, so kinds finer than actor, component and data store are lost.
final class TmBomExport {
    private static final String FORMAT = "tm-bom";
    private static final String NAME = "symbolic_name";
    private static final String PERSONA = "adversary";
    private static final Set<String> SENSITIVE =
            Set.of("personal-data", "credentials", "secret", "payment", "health-data");

    private final AiSystem system;
    private final ThreatModel model;
    private final Map<String, Object> root;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> zones = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> ends = new HashMap<>();
    private final Map<String, List<Object>> lists = new LinkedHashMap<>();

    private TmBomExport(AiSystem system, ThreatModel model) {
        this.system = system;
        this.model = model;
        this.root = Carried.ofRoot(system.carried(), FORMAT);
    }

    static Map<String, Object> document(AiSystem system, ThreatModel model) {
        return new TmBomExport(system, model).document();
    }

    private Map<String, Object> document() {
        ReturningFlows flows = ReturningFlows.of(system, root);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", root.getOrDefault("version", "1"));
        document.put("scope", scope());
        document.put("trust_zones", system.zones().values().stream().map(this::zone).toList());
        for (String list : List.of("actors", "components", "data_stores")) {
            lists.put(list, new ArrayList<>());
        }
        system.elements().values().forEach(this::addElement);
        document.put("trust_boundaries", root.getOrDefault("trust_boundaries", boundaries()));
        document.putAll(lists);
        document.put("data_sets", root.getOrDefault("data_sets", List.of()));
        document.put("data_flows", flows.each(this::flow));
        addThreats(document);
        root.forEach(document::putIfAbsent);
        return document;
    }

    private Map<String, Object> scope() {
        Map<String, Object> scope = Carried.map(root, "scope");
        boolean isPublic =
                system.zones().values().stream()
                        .anyMatch(zone -> zone.trust() == Zone.Trust.UNTRUSTED);
        scope.put("title", system.name());
        scope.putIfAbsent("description", system.name());
        scope.putIfAbsent("business_criticality", "moderate");
        scope.putIfAbsent("data_sensitivity", List.of());
        scope.putIfAbsent("exposure", isPublic ? "external" : "internal");
        scope.putIfAbsent("tier", "important");
        return scope;
    }

    /// A name that the schema allows and nothing else has.
    private String symbolic(String wanted) {
        String base =
                wanted.toLowerCase(Locale.ROOT)
                        .replaceAll("[^0-9a-z]+", "-")
                        .replaceAll("^-+|-+$", "");
        String name = base.isEmpty() ? "x" : base;
        for (int i = 2; !taken.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private Map<String, Object> zone(Zone zone) {
        Map<String, Object> out = Carried.of(zone.attributes(), FORMAT);
        Object source = out.remove("source-id");
        String name = source == null ? symbolic(zone.id()) : source.toString();
        zones.put(zone.id(), name);
        out.put(NAME, name);
        out.put("title", zone.label());
        out.putIfAbsent("description", "Trust: " + zone.trust().word());
        return out;
    }

    private void addElement(Element element) {
        Map<String, Object> out = Carried.of(element.attributes(), FORMAT);
        out.remove("source-id");
        Object cameFrom = out.remove("list");
        String list = cameFrom == null ? list(element) : cameFrom.toString();
        Object source = out.get(NAME);
        String name = source == null ? symbolic(element.id()) : source.toString();
        out.put(NAME, name);
        out.put("title", element.label());
        out.put(
                "description",
                element.attributes().text("description").orElse(element.kind().word()));
        if (list.equals("actors")) {
            out.putIfAbsent("type", "user");
        } else if (list.equals("data_stores")) {
            out.putIfAbsent("type", "object");
        }
        if (zones.containsKey(element.zone())) {
            out.put("trust_zone", zones.get(element.zone()));
        }
        String type = TmBomImport.LISTS.getOrDefault(list, "component");
        ends.put(element.id(), ordered("type", type, "object", name));
        lists.computeIfAbsent(list, _ -> new ArrayList<>()).add(out);
    }

    private static String list(Element element) {
        return switch (DragonExport.shape(element.kind())) {
            case "actor" -> "actors";
            case "store" -> "data_stores";
            default -> "components";
        };
    }

    /// Pairs of zones that a flow joins.
    private List<Object> boundaries() {
        Set<String> pairs = new TreeSet<>();
        for (Flow flow : system.flows()) {
            String one = zoneOf(flow.from());
            String other = zoneOf(flow.to());
            if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
                pairs.add(one.compareTo(other) < 0 ? one + " " + other : other + " " + one);
            }
        }
        List<Object> boundaries = new ArrayList<>();
        for (String pair : pairs) {
            int space = pair.indexOf(' ');
            boundaries.add(
                    ordered(
                            "trust_zone_a", pair.substring(0, space),
                            "trust_zone_b", pair.substring(space + 1)));
        }
        return boundaries;
    }

    private String zoneOf(String element) {
        return system.element(element).map(e -> zones.getOrDefault(e.zone(), "")).orElse("");
    }

    private Map<String, Object> flow(Flow flow, Map<String, Object> carried, int number) {
        Map<String, Object> out = new LinkedHashMap<>(carried);
        out.remove("name");
        out.putIfAbsent(NAME, symbolic("flow-" + number + "-" + flow.from() + "-" + flow.to()));
        out.putIfAbsent("title", flow.from() + " to " + flow.to());
        out.putIfAbsent("description", String.join(", ", flow.carries()));
        out.put("source", ends.get(flow.from()));
        out.put("destination", ends.get(flow.to()));
        out.putIfAbsent(
                "has_sensitive_data", flow.carries().stream().anyMatch(SENSITIVE::contains));
        out.putIfAbsent("encrypted", false);
        return out;
    }

    private void addThreats(Map<String, Object> document) {
        List<Map<String, Object>> threats = Carried.maps(root, "threats");
        List<Object> known = new ArrayList<>();
        threats.forEach(threat -> known.add(threat.get(NAME)));
        List<Map<String, Object>> controls = Carried.maps(root, "controls");
        Map<String, String> names = new LinkedHashMap<>();
        for (Threat threat : model.threats()) {
            if (!known.contains(threat.roles().getOrDefault("declared", ""))) {
                Map<String, Object> out = threat(threat);
                names.put(threat.id(), String.valueOf(out.get(NAME)));
                threats.add(out);
            }
        }
        for (Control control : system.controls()) {
            List<String> against =
                    model.threats().stream()
                            .filter(threat -> threat.at().equals(control.at()))
                            .filter(threat -> names.containsKey(threat.id()))
                            .map(threat -> names.get(threat.id()))
                            .toList();
            controls.add(
                    ordered(
                            NAME,
                            symbolic(control.id()),
                            "title",
                            control.id(),
                            "description",
                            control.kind() + " at " + control.at(),
                            "threats",
                            against,
                            "status",
                            "assumed",
                            "priority",
                            "medium"));
        }
        List<Map<String, Object>> personas = Carried.maps(root, "threat_personas");
        if (!names.isEmpty()
                && personas.stream().noneMatch(each -> PERSONA.equals(each.get(NAME)))) {
            personas.add(persona());
        }
        document.put("threat_personas", personas);
        document.put("threats", threats);
        document.put("controls", controls);
    }

    private static Map<String, Object> persona() {
        return ordered(
                NAME,
                PERSONA,
                "title",
                "Adversary",
                "description",
                "Whoever gains from the system's failure",
                "is_person",
                true,
                "skill_level",
                "engineer",
                "access_level",
                "anonymous",
                "malicious_intent",
                true,
                "applicability_to_org",
                "moderate");
    }

    private Map<String, Object> threat(Threat threat) {
        Map<String, Object> out =
                ordered(
                        NAME,
                        threat.id().toLowerCase(Locale.ROOT),
                        "title",
                        threat.title(),
                        "description",
                        threat.why(),
                        "threat_persona",
                        PERSONA,
                        "event",
                        threat.title(),
                        "sources",
                        List.of("adversary"));
        Map<String, Object> end = ends.get(threat.at());
        if (end != null && "component".equals(end.get("type"))) {
            out.put("components_affected", List.of(end.get("object")));
        }
        List<Object> weaknesses = new ArrayList<>();
        for (String cwe : threat.mappings().getOrDefault("cwe", List.of())) {
            if (cwe.matches("CWE-[0-9]{1,6}")) {
                weaknesses.add(ordered("cwe_id", Integer.valueOf(cwe.substring(4))));
            }
        }
        if (!weaknesses.isEmpty()) {
            out.put("weaknesses", weaknesses);
        }
        return out;
    }
}
