package dev.bartizan.threats.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// TM-BOM in the schema of OWASP's threat model library: actors, components and data stores become
/// elements, trust zones become zones. Data sets, personas, risks and assumptions are carried
/// along.
final class TmBomImport {
    /// The lists whose entries are elements, and the word for one of each.
    static final Map<String, String> LISTS =
            Map.of("actors", "actor", "components", "component", "data_stores", "data_store");

    private static final List<String> ORDER = List.of("actors", "components", "data_stores");
    private static final String NAME = "symbolic_name";
    private static final Pattern OURS = Pattern.compile("t-[a-z2-7]{12}");

    private final Plain root;
    private final Draft draft;

    private TmBomImport(Plain root, Draft draft) {
        this.root = root;
        this.draft = draft;
    }

    static Draft read(Plain root) {
        Draft draft = new Draft("tm-bom", root.at("scope").required("title"));
        new TmBomImport(root, draft).read();
        return draft;
    }

    private void read() {
        for (Plain zone : root.at("trust_zones").items()) {
            String name = zone.text("title").orElse(zone.required(NAME));
            draft.zone(
                    zone,
                    zone.required(NAME),
                    name,
                    DragonImport.trust(name + " " + zone.required(NAME)),
                    "",
                    Optional.empty(),
                    zone.besides(NAME, "title"));
        }
        for (String list : ORDER) {
            root.at(list).items().forEach(item -> addPart(list, item));
        }
        root.at("data_flows").items().forEach(this::addFlow);
        addThreats();
        draft.carried()
                .putAll(
                        root.besides(
                                "trust_zones",
                                "actors",
                                "components",
                                "data_stores",
                                "data_flows"));
        draft.carried()
                .put(
                        "threats",
                        root.at("threats").items().stream()
                                .filter(threat -> !isOurs(threat))
                                .map(Plain::besides)
                                .toList());
    }

    private void addPart(String list, Plain item) {
        String key = key(LISTS.getOrDefault(list, ""), item.required(NAME));
        String zone = zoneOf(item, 0);
        if (!zone.isEmpty() && !draft.zones().containsKey(zone)) {
            throw item.refuse("lies in a trust zone that is not there: \"" + zone + "\"");
        }
        Map<String, Object> more = item.besides(NAME, "title", "description", "trust_zone");
        more.put("list", list);
        more.put(NAME, item.required(NAME));
        draft.part(
                item,
                key,
                item.text("title").orElse(item.required(NAME)),
                list.equals("data_stores")
                        ? "data store " + item.text("type").orElse("")
                        : LISTS.getOrDefault(list, "") + " " + item.text("type").orElse(""),
                zone,
                item.text("description").orElse(""),
                Optional.empty(),
                more);
    }

    /// The zone of a component, or of the component that it is part of.
    private String zoneOf(Plain item, int depth) {
        Optional<String> zone = item.text("trust_zone");
        String parent = item.text("parent_component").orElse("");
        if (zone.isPresent() || parent.isEmpty()) {
            return zone.orElse("");
        }
        List<Plain> components = root.at("components").items();
        if (depth > components.size()) {
            throw item.at("parent_component").refuse("is part of itself: \"" + parent + "\"");
        }
        return components.stream()
                .filter(each -> each.text(NAME).orElse("").equals(parent))
                .findFirst()
                .map(each -> zoneOf(each, depth + 1))
                .orElseThrow(() ->
                        item.at("parent_component")
                                .refuse("names a component that is not there: \"" + parent + "\""));
    }

    /// Names are unique within their list only.
    private static String key(String type, String name) {
        return type + "/" + name;
    }

    private void addFlow(Plain flow) {
        draft.way(
                flow,
                end(flow.at("source")),
                end(flow.at("destination")),
                flow.text("title").orElse(""),
                List.of(),
                flow.besides("source", "destination"));
    }

    private String end(Plain end) {
        String object = end.required("object");
        String type =
                end.text("type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z]+", "_")
                        .replaceAll("s$", "");
        String key = key(type, object);
        if (draft.parts().containsKey(key)) {
            return key;
        }
        List<String> named =
                LISTS.values().stream()
                        .map(word -> key(word, object))
                        .filter(draft.parts()::containsKey)
                        .toList();
        if (named.size() != 1) {
            throw end.refuse("names an element that is not there: \"" + type + " " + object + "\"");
        }
        return named.getFirst();
    }

    private void addThreats() {
        Map<String, List<Plain>> controls = new LinkedHashMap<>();
        for (Plain control : root.at("controls").items()) {
            control.texts("threats")
                    .forEach(threat ->
                            controls.computeIfAbsent(threat, _ -> new ArrayList<>()).add(control));
        }
        for (Plain threat : root.at("threats").items()) {
            if (isOurs(threat)) {
                continue;
            }
            String name = threat.required(NAME);
            List<String> affected = threat.texts("components_affected");
            if (affected.isEmpty()) {
                draft.lose("Threat \"" + name + "\" names no component and is carried along only.");
            }
            for (String component : affected) {
                String key = key("component", component);
                if (!draft.parts().containsKey(key)) {
                    throw threat.at("components_affected")
                            .refuse("names a component that is not there: \"" + component + "\"");
                }
                draft.know(key, known(threat, controls.getOrDefault(name, List.of())));
            }
        }
    }

    /// Whether an export of ours derived the threat.
    private static boolean isOurs(Plain threat) {
        return OURS.matcher(threat.required(NAME)).matches();
    }

    /// A threat counts as mitigated when every control against it is active.
    private KnownThreat known(Plain threat, List<Plain> controls) {
        String mend =
                String.join(
                        "; ",
                        controls.stream()
                                .map(control -> control.text("title").orElse(""))
                                .toList());
        boolean isHeld =
                !controls.isEmpty()
                        && controls.stream()
                                .allMatch(c -> c.text("status").orElse("").equals("active"));
        return new KnownThreat(
                threat.required(NAME),
                threat.text("title").orElse(threat.required(NAME)),
                severity(threat.required(NAME)),
                threat.text("description").orElse(""),
                mend,
                KnownThreat.answer(isHeld ? "mitigated" : "open", mend, ""));
    }

    private String severity(String threat) {
        return root.at("risks").items().stream()
                .filter(risk -> risk.texts("threats").contains(threat))
                .map(risk -> risk.text("level").orElse(""))
                .findFirst()
                .orElse("");
    }
}
