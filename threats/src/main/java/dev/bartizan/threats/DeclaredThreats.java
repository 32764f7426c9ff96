package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ThreatId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Threats that a person or another tool wrote down at an element, under `threats`. They stand
/// beside the derived ones and take decisions and evidence as these do.
public final class DeclaredThreats {
    /// Id of the rule.
    static final String RULE = "BZ-declared";

    private static final double TOLERANCE = 0.05;

    private DeclaredThreats() {}

    /// The id of the threat that an element declares.
    ///
    /// @param element id of the element
    /// @param threat key of the threat, unique at the element
    public static String id(String element, String threat) {
        return ThreatId.of(RULE, roles(element, threat));
    }

    private static SortedMap<String, String> roles(String element, String threat) {
        TreeMap<String, String> roles = new TreeMap<>();
        roles.put("at", element);
        roles.put("declared", threat);
        return roles;
    }

    static List<Threat> of(AiSystem system) {
        List<Threat> threats = new ArrayList<>();
        for (Element element : system.elements().values()) {
            if (element.attributes().values().get("threats") instanceof List<?> list) {
                for (Object item : list) {
                    if (item instanceof Map<?, ?> map) {
                        threats.add(threat(element, attributes(map)));
                    }
                }
            }
        }
        return threats;
    }

    private static Attributes attributes(Map<?, ?> map) {
        Map<String, Object> values = new TreeMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Attributes(values);
    }

    private static Threat threat(Element element, Attributes said) {
        String key = said.text("id").orElse("");
        SortedMap<String, String> roles = roles(element.id(), key);
        List<Claim> claims = said.texts("claims").stream().map(Claim::new).toList();
        Fact fact =
                new Fact(element.id(), "declared-threat", key, element.place().toString(), true);
        Map<String, List<String>> mappings = new TreeMap<>();
        if (!said.texts("cwe").isEmpty()) {
            mappings.put("cwe", said.texts("cwe"));
        }
        if (!said.texts("atlas").isEmpty()) {
            mappings.put("atlas", said.texts("atlas"));
        }
        return new Threat(
                ThreatId.of(RULE, roles),
                RULE,
                said.text("title").orElse(key),
                said.text("severity").map(Severity::parse).orElse(Severity.MEDIUM),
                roles,
                new Applicability.Applies(List.of(fact)),
                claims,
                claims,
                said.text("why").orElse("Written down by hand, or taken from another tool."),
                said.text("mend").orElse("Nothing was written down about how to mend it."),
                mappings,
                List.of(),
                TOLERANCE);
    }
}
