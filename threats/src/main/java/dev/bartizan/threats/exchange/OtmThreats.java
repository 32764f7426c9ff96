package dev.bartizan.threats.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The threats and mitigations of an OTM document, and what components and flows say of them.
final class OtmThreats {
    private static final Pattern OURS = Pattern.compile("T-[A-Z2-7]{12}");
    private static final double CRITICAL = 90;
    private static final double HIGH = 70;
    private static final double MEDIUM = 40;

    private final Map<String, Plain> threats;
    private final Map<String, Plain> mitigations;
    private final String owner;

    OtmThreats(Plain root) {
        threats = byId(root.at("threats"));
        mitigations = byId(root.at("mitigations"));
        owner = root.at("project").text("owner").orElse("");
    }

    private static Map<String, Plain> byId(Plain list) {
        Map<String, Plain> byId = new LinkedHashMap<>();
        list.items().forEach(item -> item.text("id").ifPresent(id -> byId.putIfAbsent(id, item)));
        return byId;
    }

    /// Whether a component's or a document's threat is one that an export of ours wrote.
    static boolean isOurs(Object threat) {
        if (!(threat instanceof Map<?, ?> map)) {
            return false;
        }
        Object id = map.containsKey("threat") ? map.get("threat") : map.get("id");
        return id != null && OURS.matcher(id.toString()).matches();
    }

    /// The document's own threats, to be carried along.
    List<Object> withoutOurs() {
        List<Object> own = new ArrayList<>();
        threats.values()
                .forEach(threat -> {
                    Map<String, Object> values = threat.besides();
                    if (!isOurs(values)) {
                        own.add(values);
                    }
                });
        return own;
    }

    /// Adds the threats that a component or flow names to an element.
    void of(Plain holder, String part, Draft draft) {
        for (Plain said : holder.at("threats").items()) {
            String id = said.text("threat").orElse("");
            if (!id.isEmpty() && !OURS.matcher(id).matches()) {
                draft.know(part, known(said, id));
            }
        }
    }

    private KnownThreat known(Plain said, String id) {
        Optional<Plain> threat = Optional.ofNullable(threats.get(id));
        List<String> mends = new ArrayList<>();
        for (Plain mitigation : said.at("mitigations").items()) {
            Plain named = mitigations.get(mitigation.text("mitigation").orElse(""));
            if (named != null) {
                named.text("name")
                        .ifPresent(name ->
                                mends.add(
                                        name
                                                + mitigation
                                                        .text("state")
                                                        .map(state -> " (" + state + ")")
                                                        .orElse("")));
            }
        }
        String mend = String.join("; ", mends);
        return new KnownThreat(
                id,
                threat.flatMap(t -> t.text("name")).orElse(id),
                threat.flatMap(t -> t.at("risk").number("impact")).map(OtmThreats::word).orElse(""),
                threat.flatMap(t -> t.text("description")).orElse(""),
                mend,
                KnownThreat.answer(said.text("state").orElse(""), mend, owner));
    }

    private static String word(double impact) {
        if (impact >= CRITICAL) {
            return "critical";
        }
        if (impact >= HIGH) {
            return "high";
        }
        return impact >= MEDIUM ? "medium" : "low";
    }
}
