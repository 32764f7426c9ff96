package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Control;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Element;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Protocol;
import dev.bartizan.core.Threat;
import dev.bartizan.reports.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tree of `assessment.json`: one method per kind of object, keys in the documented order.
final class AssessmentDocument {
    private final Assessment assessment;

    AssessmentDocument(Assessment assessment) {
        this.assessment = assessment;
    }

    ObjectNode root() {
        ObjectNode root = Json.object();
        root.put("format", AssessmentJson.FORMAT);
        root.put("version", AssessmentJson.VERSION);
        root.putObject("tool").put("name", "bartizan").put("version", assessment.toolVersion());
        root.put("at", assessment.at().toString());
        root.set("system", system(assessment.system()));
        root.set("coverage", coverage(assessment.coverage()));
        root.set("threats", list(assessment.threats(), this::assessed));
        root.set("evidence", list(List.copyOf(evidence().values()), EvidenceDocument::of));
        root.set("facts", list(assessment.facts(), this::fact));
        root.set("notes", Json.texts(assessment.notes()));
        root.put("anchor", assessment.anchor());
        return root;
    }

    private Map<String, Evidence> evidence() {
        Map<String, Evidence> byId = new LinkedHashMap<>();
        assessment.evidence().forEach(each -> byId.putIfAbsent(each.id(), each));
        for (AssessedThreat threat : assessment.threats()) {
            threat.evidence().forEach(each -> byId.putIfAbsent(each.id(), each));
        }
        return byId;
    }

    private ObjectNode system(AiSystem system) {
        ObjectNode node = Json.object();
        node.put("name", system.name());
        node.put("file", system.file().toString());
        node.put("environment", system.environment());
        ArrayNode zones = node.putArray("zones");
        system.zones()
                .values()
                .forEach(zone ->
                        zones.addObject().put("id", zone.id()).put("trust", zone.trust().word()));
        node.set("elements", list(List.copyOf(system.elements().values()), this::element));
        node.set("flows", list(system.flows(), this::flow));
        node.set("controls", list(system.controls(), this::control));
        node.set("protocols", list(system.protocols(), this::protocol));
        return node;
    }

    private ObjectNode element(Element element) {
        return Json.object()
                .put("id", element.id())
                .put("kind", element.kind().word())
                .put("label", element.label())
                .put("zone", element.zone())
                .put("place", element.place().toString());
    }

    private ObjectNode flow(Flow flow) {
        ObjectNode node = Json.object().put("from", flow.from()).put("to", flow.to());
        node.set("carries", Json.texts(flow.carries()));
        return node;
    }

    private ObjectNode control(Control control) {
        return Json.object()
                .put("id", control.id())
                .put("at", control.at())
                .put("kind", control.kind())
                .put("place", control.place().toString());
    }

    private ObjectNode protocol(Protocol protocol) {
        ObjectNode node =
                Json.object()
                        .put("id", protocol.id())
                        .put("claim", protocol.claim())
                        .put("at", protocol.at())
                        .put("tolerance", protocol.tolerance());
        protocol.oracle().ifPresent(oracle -> node.set("oracle", oracle(oracle)));
        return node;
    }

    private ObjectNode oracle(Oracle oracle) {
        return switch (oracle) {
            case Oracle.SeededSecret(String owner, String store, String forbidden) ->
                    Json.object()
                            .put("kind", "seeded-secret")
                            .put("owner", owner)
                            .put("in", store)
                            .put("mustNotReach", forbidden);
            case Oracle.NeverCalls calls -> {
                ObjectNode node =
                        Json.object().put("kind", "never-calls").put("tool", calls.tool());
                calls.unless().ifPresent(unless -> node.put("unless", unless));
                yield node;
            }
        };
    }

    private ObjectNode coverage(Coverage coverage) {
        ObjectNode node =
                Json.object()
                        .put("threats", coverage.threats())
                        .put("adequate", coverage.adequate())
                        .put("adequateShare", coverage.adequateShare())
                        .put("weight", coverage.weight())
                        .put("adequateWeight", coverage.adequateWeight())
                        .put("riskWeightedShare", coverage.riskWeightedShare());
        coverage.completeness()
                .ifPresent(completeness ->
                        node.putObject("completeness")
                                .put("declared", completeness.declared())
                                .put("discovered", completeness.discovered()));
        return node;
    }

    private ObjectNode assessed(AssessedThreat assessed) {
        Threat threat = assessed.threat();
        ObjectNode node =
                Json.object()
                        .put("id", threat.id())
                        .put("rule", threat.rule())
                        .put("title", threat.title())
                        .put("at", threat.at())
                        .put("severity", threat.severity().word())
                        .put("standing", assessed.standing().word())
                        .put("because", assessed.because())
                        .put("adequate", assessed.isAdequate());
        applicability(node, threat.applicability());
        ObjectNode roles = node.putObject("roles");
        threat.roles().forEach(roles::put);
        node.set("confirmedBy", claims(threat.confirmedBy()));
        node.set("refutedBy", claims(threat.refutedBy()));
        node.put("tolerance", threat.tolerance());
        node.put("why", threat.why());
        node.put("mend", threat.mend());
        ObjectNode mappings = node.putObject("mappings");
        threat.mappings().forEach((name, ids) -> mappings.set(name, Json.texts(ids)));
        node.set("path", list(threat.path(), this::flow));
        assessed.decision().ifPresent(decision -> node.set("decision", decision(decision)));
        node.set("evidence", Json.texts(assessed.evidence().stream().map(Evidence::id).toList()));
        return node;
    }

    private void applicability(ObjectNode node, Applicability applicability) {
        node.put("applies", applicability instanceof Applicability.Applies);
        switch (applicability) {
            case Applicability.Applies _ -> {}
            case Applicability.Mitigated mitigated ->
                    node.set("mitigatedBy", Json.texts(mitigated.controls()));
            case Applicability.DoesNotApply not -> node.put("doesNotApply", not.reason());
        }
        node.set("facts", list(applicability.facts(), this::fact));
    }

    private static ArrayNode claims(List<Claim> claims) {
        return Json.texts(claims.stream().map(Claim::name).toList());
    }

    private ObjectNode decision(Decision decision) {
        ObjectNode node =
                Json.object().put("do", decision.action().word()).put("owner", decision.owner());
        if (!decision.second().isEmpty()) {
            node.put("second", decision.second());
        }
        return node.put("reason", decision.reason())
                .put("until", decision.until().toString())
                .put("place", decision.place().toString());
    }

    private ObjectNode fact(Fact fact) {
        ObjectNode node =
                Json.object()
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

    private static <T> ArrayNode list(List<T> items, Function<? super T, ? extends JsonNode> tree) {
        ArrayNode list = Json.list();
        items.forEach(item -> list.add(tree.apply(item)));
        return list;
    }
}
