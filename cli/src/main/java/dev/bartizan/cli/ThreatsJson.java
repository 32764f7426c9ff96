package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.threats.Crossing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A threat model as the JSON that `threats --format json` promises. The same model gives the same
/// text.
final class ThreatsJson {
    private static final List<String> OWASP = List.of("owasp-llm", "owasp-agentic", "owasp-ml");

    private ThreatsJson() {}

    /// The document: `system`, `threats[]`, `paths[]`, `notes[]`.
    ///
    /// @param notes what could not be read
    static String write(
            AiSystem system,
            List<AssessedThreat> threats,
            List<Crossing> crossings,
            List<String> notes) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("system", system.name());
        ArrayNode list = root.putArray("threats");
        threats.forEach(threat -> list.add(node(threat)));
        ArrayNode paths = root.putArray("paths");
        crossings.forEach(crossing -> paths.add(node(crossing)));
        texts(root, "notes", notes);
        return root.toPrettyString();
    }

    private static ObjectNode node(AssessedThreat assessed) {
        Threat threat = assessed.threat();
        ObjectNode node =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("id", threat.id())
                        .put("rule", threat.rule())
                        .put("title", threat.title());
        texts(node, "elements", new LinkedHashSet<>(elements(threat)));
        node.put("applicability", word(threat.applicability()));
        if (threat.applicability() instanceof Applicability.Mitigated mitigated) {
            texts(node, "controls", mitigated.controls());
        }
        if (threat.applicability() instanceof Applicability.DoesNotApply not) {
            node.put("reason", not.reason());
        }
        node.put("standing", assessed.standing().word());
        node.put("severity", threat.severity().word());
        Set<String> claims = new LinkedHashSet<>();
        threat.confirmedBy().stream().map(Claim::name).forEach(claims::add);
        threat.refutedBy().stream().map(Claim::name).forEach(claims::add);
        texts(node, "claims", claims);
        texts(node, "confirmedBy", threat.confirmedBy().stream().map(Claim::name).toList());
        texts(node, "refutedBy", threat.refutedBy().stream().map(Claim::name).toList());
        mapped(node, "atlas", threat, List.of("atlas"));
        mapped(node, "owasp", threat, OWASP);
        mapped(node, "nist", threat, List.of("nist"));
        mapped(node, "cwe", threat, List.of("cwe"));
        mapped(node, "stride", threat, List.of("stride"));
        ArrayNode facts = node.putArray("facts");
        threat.applicability().facts().forEach(fact -> facts.add(node(fact)));
        ObjectNode roles = node.putObject("roles");
        threat.roles().forEach(roles::put);
        node.set("path", path(threat.path()));
        return node.put("why", threat.why()).put("mend", threat.mend());
    }

    /// The element the threat is at, then the others of its roles.
    private static List<String> elements(Threat threat) {
        List<String> elements = new ArrayList<>(List.of(threat.at()));
        threat.roles()
                .forEach((role, element) -> {
                    if (!role.equals("at") && !role.equals("protocol")) {
                        elements.add(element);
                    }
                });
        return elements;
    }

    private static String word(Applicability applicability) {
        return switch (applicability) {
            case Applicability.Applies _ -> "applies";
            case Applicability.Mitigated _ -> "mitigated";
            case Applicability.DoesNotApply _ -> "does-not-apply";
        };
    }

    private static ObjectNode node(Fact fact) {
        ObjectNode node =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("element", fact.element())
                        .put("name", fact.name())
                        .put("value", fact.value())
                        .put("origin", fact.origin())
                        .put("declared", fact.isDeclared());
        if (!fact.spot().isNone()) {
            node.put("file", fact.spot().file());
        }
        if (!fact.spot().isNone() && !fact.spot().name().isEmpty()) {
            node.put(fact.spot().part().word(), fact.spot().name());
        }
        return node;
    }

    private static ObjectNode node(Crossing crossing) {
        ObjectNode node =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("question", crossing.question())
                        .put("title", crossing.title());
        texts(node, "targets", crossing.targets());
        node.set("path", path(crossing.shortest()));
        node.set("joins", path(crossing.joins()));
        ObjectNode cut = node.putObject("cut");
        texts(cut, "elements", crossing.cutElements());
        cut.set("flows", path(crossing.cutFlows()));
        cut.put("smallest", crossing.isSmallest());
        texts(node, "controls", crossing.controls());
        return node.put("mend", crossing.mend());
    }

    private static ArrayNode path(List<Flow> flows) {
        ArrayNode path = JsonMapper.shared().createArrayNode();
        for (Flow flow : flows) {
            ObjectNode step = path.addObject().put("from", flow.from()).put("to", flow.to());
            texts(step, "carries", flow.carries());
        }
        return path;
    }

    private static void mapped(
            ObjectNode node, String key, Threat threat, List<String> catalogues) {
        List<String> ids = new ArrayList<>();
        catalogues.forEach(name -> ids.addAll(threat.mappings().getOrDefault(name, List.of())));
        texts(node, key, ids);
    }

    private static void texts(ObjectNode node, String key, Iterable<String> texts) {
        ArrayNode array = node.putArray(key);
        texts.forEach(array::add);
    }
}
