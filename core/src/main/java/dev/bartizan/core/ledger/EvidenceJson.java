package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Evidence as JSON and back, the same in the ledger and in every report.
///
/// Texts keep all but lone surrogates, which become U+FFFD. The seed is a text, since JSON numbers
/// are doubles. Times are ISO 8601.
public final class EvidenceJson {
    private static final int ID_CHARACTERS = 16;

    private EvidenceJson() {}

    /// The same evidence with its id: `E-` and the first 16 hexadecimal characters of the digest of
    /// the canonical JSON of everything else.
    public static Evidence withId(Evidence evidence) {
        ObjectNode node = write(evidence);
        node.remove("id");
        String id = "E-" + Digest.of(Jcs.bytes(node)).hex().substring(0, ID_CHARACTERS);
        return new Evidence(
                id,
                evidence.claim(),
                evidence.element(),
                evidence.source(),
                evidence.outcome(),
                evidence.summary(),
                evidence.target(),
                evidence.parameters(),
                evidence.seed(),
                evidence.started(),
                evidence.took(),
                evidence.freshUntil(),
                evidence.isSimulated(),
                evidence.findings(),
                evidence.raw());
    }

    /// The evidence as a JSON object.
    public static ObjectNode write(Evidence evidence) {
        ObjectNode node = StrictJson.object();
        put(node, "id", evidence.id());
        put(node, "claim", evidence.claim().name());
        put(node, "element", evidence.element());
        node.set("source", write(evidence.source()));
        node.set("outcome", write(evidence.outcome()));
        put(node, "summary", evidence.summary());
        evidence.target().ifPresent(target -> node.set("target", write(target)));
        put(node, "parameters", evidence.parameters().hex());
        put(node, "seed", Long.toString(evidence.seed()));
        put(node, "started", evidence.started().toString());
        put(node, "took", evidence.took().toString());
        put(node, "fresh-until", evidence.freshUntil().toString());
        node.put("simulated", evidence.isSimulated());
        ArrayNode findings = node.putArray("findings");
        evidence.findings().forEach(finding -> findings.add(write(finding)));
        ArrayNode raw = node.putArray("raw");
        evidence.raw().forEach(attachment -> raw.add(write(attachment)));
        return node;
    }

    /// Reads what {@link #write} wrote.
    ///
    /// @throws UserError when a key is missing, unknown or of the wrong type, or a value is
    ///   impossible
    public static Evidence read(JsonNode node) {
        return EvidenceReader.read(node);
    }

    /// Reads evidence from JSON text of at most 16 MiB.
    ///
    /// @throws UserError when it is not JSON, or not evidence
    public static Evidence parse(String json) {
        return read(StrictJson.parse(json));
    }

    private static ObjectNode write(Evidence.Source source) {
        ObjectNode node = StrictJson.object();
        switch (source) {
            case Evidence.Source.OfCheck(String check, String version, String tool) -> {
                put(node, "type", "check");
                put(node, "check", check);
                put(node, "version", version);
                put(node, "tool", tool);
            }
            case Evidence.Source.Manual(String owner) -> {
                put(node, "type", "manual");
                put(node, "owner", owner);
            }
            case Evidence.Source.Document(String owner) -> {
                put(node, "type", "record");
                put(node, "owner", owner);
            }
            case Evidence.Source.Imported(String tool) -> {
                put(node, "type", "imported");
                put(node, "tool", tool);
            }
        }
        return node;
    }

    /// An outcome as a JSON object; `type` is its name in lower case with dashes.
    public static ObjectNode write(Outcome outcome) {
        ObjectNode node = StrictJson.object();
        switch (outcome) {
            case Outcome.Confirmed(int trials, int successes, Interval interval) ->
                    putTrials(node, "confirmed", trials, successes, interval);
            case Outcome.Withstood(int trials, int successes, Interval interval) ->
                    putTrials(node, "withstood", trials, successes, interval);
            case Outcome.Cleared(String scope, List<String> notCovered) -> {
                put(node, "type", "cleared");
                put(node, "scope", scope);
                node.set("not-covered", StrictJson.array(notCovered));
            }
            case Outcome.Proved(String certificate) ->
                    putTyped(node, "proved", "certificate", certificate);
            case Outcome.NotApplicable(String reason) ->
                    putTyped(node, "not-applicable", "reason", reason);
            case Outcome.CouldNotTell(String reason) ->
                    putTyped(node, "could-not-tell", "reason", reason);
            case Outcome.Failed(String error) -> putTyped(node, "failed", "error", error);
        }
        return node;
    }

    private static void putTrials(
            ObjectNode node, String type, int trials, int successes, Interval interval) {
        put(node, "type", type);
        node.put("trials", trials);
        node.put("successes", successes);
        node.putObject("interval")
                .put("low", interval.low())
                .put("high", interval.high())
                .put("confidence", interval.confidence());
    }

    private static void putTyped(ObjectNode node, String type, String key, String value) {
        put(node, "type", type);
        put(node, key, value);
    }

    private static ObjectNode write(TargetDigest target) {
        ObjectNode node = StrictJson.object();
        put(node, "sha256", target.digest().hex());
        put(node, "what", target.what());
        node.set("unpinned", StrictJson.array(target.unpinned()));
        return node;
    }

    private static ObjectNode write(Finding finding) {
        ObjectNode node = StrictJson.object();
        put(node, "rule", finding.rule());
        put(node, "severity", finding.severity().word());
        put(node, "message", finding.message());
        put(node, "location", finding.location());
        put(node, "mend", finding.mend());
        node.set("cwe", StrictJson.array(finding.cwe()));
        node.set("atlas", StrictJson.array(finding.atlas()));
        return node;
    }

    private static ObjectNode write(Evidence.Attachment attachment) {
        ObjectNode node = StrictJson.object();
        put(node, "path", attachment.path());
        put(node, "sha256", attachment.digest().hex());
        return node;
    }

    private static void put(ObjectNode node, String key, String text) {
        node.put(key, StrictJson.wellFormed(text));
    }
}
