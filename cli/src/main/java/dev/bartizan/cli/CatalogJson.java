package dev.bartizan.cli;

import dev.bartizan.knowledge.CatalogueChange;
import dev.bartizan.threats.CatalogueImpact;
import dev.bartizan.threats.CatalogueImpact.Touched;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What changed in a catalogue and what it means, as JSON.
final class CatalogJson {
    private CatalogJson() {}

    /// The document: `from`, `to`, `counts`, `changes[]`, `impact`.
    static String write(
            String from, String to, List<CatalogueChange> changes, CatalogueImpact impact) {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("from", from).put("to", to);
        ChangeCounts counts = ChangeCounts.of(changes);
        root.putObject("counts")
                .put("techniquesAdded", counts.techniques())
                .put("mitigationsAdded", counts.mitigations())
                .put("othersAdded", counts.others())
                .put("maturityChanged", counts.matured())
                .put("tacticsChanged", counts.tactics())
                .put("renamed", counts.renamed())
                .put("moved", counts.moved())
                .put("removed", counts.removed());
        ArrayNode list = root.putArray("changes");
        for (CatalogueChange change : changes) {
            list.addObject()
                    .put("id", change.entry().id())
                    .put("name", change.entry().name())
                    .put("kind", change.entry().kind())
                    .put("change", word(change))
                    .put("what", CatalogueImpact.what(change));
        }
        impact(root.putObject("impact"), impact);
        return root.toPrettyString();
    }

    private static void impact(ObjectNode node, CatalogueImpact impact) {
        touched(node.putArray("touched"), impact.touched());
        touched(node.putArray("priorsThatMove"), impact.priorsThatMove());
        ArrayNode rules = node.putArray("rulesToWrite");
        impact.rulesToWrite()
                .forEach(
                        entry -> rules.addObject().put("id", entry.id()).put("name", entry.name()));
        ArrayNode checks = node.putArray("checksMissing");
        for (CatalogueImpact.Untestable missing : impact.checksMissing()) {
            ObjectNode each = checks.addObject().put("id", missing.technique().id());
            ArrayNode claims = each.putArray("claims");
            missing.claims().forEach(claims::add);
            ArrayNode of = each.putArray("rules");
            missing.rules().forEach(of::add);
        }
    }

    private static void touched(ArrayNode list, List<Touched> touched) {
        for (Touched each : touched) {
            list.addObject()
                    .put("technique", each.technique())
                    .put("what", each.what())
                    .put("system", each.system())
                    .put("threat", each.threat().id())
                    .put("rule", each.threat().rule())
                    .put("element", each.threat().at());
        }
    }

    private static String word(CatalogueChange change) {
        return switch (change) {
            case CatalogueChange.Added _ -> "added";
            case CatalogueChange.Removed _ -> "removed";
            case CatalogueChange.Renamed _ -> "renamed";
            case CatalogueChange.Moved _ -> "moved";
            case CatalogueChange.TacticsChanged _ -> "tactics";
            case CatalogueChange.Matured _ -> "maturity";
        };
    }
}
