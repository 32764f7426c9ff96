package dev.bartizan.reports;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.reports.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tree of a piece of evidence in `assessment.json`.
final class EvidenceDocument {
    private EvidenceDocument() {}

    /// The tree of a piece of evidence.
    static ObjectNode of(Evidence evidence) {
        ObjectNode node =
                Json.object()
                        .put("id", evidence.id())
                        .put("claim", evidence.claim().name())
                        .put("element", evidence.element());
        node.set("source", source(evidence.source()));
        node.set("outcome", outcome(evidence.outcome()));
        node.put("summary", evidence.summary());
        evidence.target().ifPresent(target -> node.set("target", target(target)));
        node.put("parameters", evidence.parameters().toString());
        node.put("seed", evidence.seed());
        node.put("started", evidence.started().toString());
        node.put("tookMillis", evidence.took().toMillis());
        node.put("freshUntil", evidence.freshUntil().toString());
        node.put("simulated", evidence.isSimulated());
        node.set("findings", findings(evidence));
        ArrayNode raw = node.putArray("raw");
        evidence.raw()
                .forEach(each ->
                        raw.addObject()
                                .put("path", each.path())
                                .put("digest", each.digest().toString()));
        return node;
    }

    private static ArrayNode findings(Evidence evidence) {
        ArrayNode findings = Json.list();
        evidence.findings().forEach(each -> findings.add(finding(each)));
        return findings;
    }

    private static ObjectNode source(Evidence.Source source) {
        return switch (source) {
            case Evidence.Source.OfCheck(String check, String version, String tool) ->
                    Json.object()
                            .put("kind", "check")
                            .put("check", check)
                            .put("version", version)
                            .put("tool", tool);
            case Evidence.Source.Manual(String owner) ->
                    Json.object().put("kind", "manual").put("owner", owner);
            case Evidence.Source.Document(String owner) ->
                    Json.object().put("kind", "document").put("owner", owner);
            case Evidence.Source.Imported(String tool) ->
                    Json.object().put("kind", "imported").put("tool", tool);
        };
    }

    private static ObjectNode outcome(Outcome outcome) {
        ObjectNode node = Json.object().put("kind", Words.name(outcome).replace(' ', '-'));
        switch (outcome) {
            case Outcome.Confirmed(int trials, int successes, Interval interval) ->
                    counts(node, trials, successes, interval);
            case Outcome.Withstood(int trials, int successes, Interval interval) ->
                    counts(node, trials, successes, interval);
            case Outcome.Cleared cleared -> {
                node.put("scope", cleared.scope());
                node.set("notCovered", Json.texts(cleared.notCovered()));
            }
            case Outcome.Proved proved -> node.put("certificate", proved.certificate());
            case Outcome.NotApplicable none -> node.put("reason", none.reason());
            case Outcome.CouldNotTell unsure -> node.put("reason", unsure.reason());
            case Outcome.Failed failed -> node.put("error", failed.error());
        }
        return node;
    }

    private static void counts(ObjectNode node, int trials, int successes, Interval interval) {
        node.put("trials", trials).put("successes", successes);
        node.putObject("interval")
                .put("low", interval.low())
                .put("high", interval.high())
                .put("confidence", interval.confidence());
    }

    private static ObjectNode target(TargetDigest target) {
        ObjectNode node =
                Json.object().put("what", target.what()).put("digest", target.digest().toString());
        node.set("unpinned", Json.texts(target.unpinned()));
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node =
                Json.object()
                        .put("rule", finding.rule())
                        .put("severity", finding.severity().word())
                        .put("message", finding.message())
                        .put("location", finding.location())
                        .put("mend", finding.mend());
        node.set("cwe", Json.texts(finding.cwe()));
        node.set("atlas", Json.texts(finding.atlas()));
        return node;
    }
}
