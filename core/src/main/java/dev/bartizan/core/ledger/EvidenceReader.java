package dev.bartizan.core.ledger;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads evidence from a JSON tree; every key is checked.
final class EvidenceReader {
    private static final Set<String> KEYS =
            Set.of(
                    "id",
                    "claim",
                    "element",
                    "source",
                    "outcome",
                    "summary",
                    "target",
                    "parameters",
                    "seed",
                    "started",
                    "took",
                    "fresh-until",
                    "simulated",
                    "findings",
                    "raw");

    private EvidenceReader() {}

    static Evidence read(JsonNode node) {
        StrictJson.requireKeys(node, "Evidence", KEYS);
        try {
            return evidence(node);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw StrictJson.wrong("Impossible value: " + e.getMessage(), e);
        }
    }

    private static Evidence evidence(JsonNode node) {
        return new Evidence(
                StrictJson.text(node, "id"),
                new Claim(StrictJson.text(node, "claim")),
                StrictJson.text(node, "element"),
                source(StrictJson.required(node, "source")),
                outcome(StrictJson.required(node, "outcome")),
                StrictJson.text(node, "summary"),
                node.has("target")
                        ? Optional.of(target(StrictJson.required(node, "target")))
                        : Optional.empty(),
                new Digest(StrictJson.text(node, "parameters")),
                Long.parseLong(StrictJson.text(node, "seed")),
                Instant.parse(StrictJson.text(node, "started")),
                Duration.parse(StrictJson.text(node, "took")),
                Instant.parse(StrictJson.text(node, "fresh-until")),
                StrictJson.truth(node, "simulated"),
                findings(StrictJson.list(node, "findings")),
                attachments(StrictJson.list(node, "raw")));
    }

    private static Evidence.Source source(JsonNode node) {
        String type = StrictJson.text(node, "type");
        return switch (type) {
            case "check" -> {
                StrictJson.requireKeys(node, "Source", Set.of("type", "check", "version", "tool"));
                yield new Evidence.Source.OfCheck(
                        StrictJson.text(node, "check"),
                        StrictJson.text(node, "version"),
                        StrictJson.text(node, "tool"));
            }
            case "manual" -> {
                StrictJson.requireKeys(node, "Source", Set.of("type", "owner"));
                yield new Evidence.Source.Manual(StrictJson.text(node, "owner"));
            }
            case "record" -> {
                StrictJson.requireKeys(node, "Source", Set.of("type", "owner"));
                yield new Evidence.Source.Document(StrictJson.text(node, "owner"));
            }
            case "imported" -> {
                StrictJson.requireKeys(node, "Source", Set.of("type", "tool"));
                yield new Evidence.Source.Imported(StrictJson.text(node, "tool"));
            }
            default -> throw StrictJson.wrong("Unknown source of evidence \"" + type + "\"");
        };
    }

    static Outcome outcome(JsonNode node) {
        String type = StrictJson.text(node, "type");
        return switch (type) {
            case "confirmed" ->
                    new Outcome.Confirmed(
                            trials(node), StrictJson.count(node, "successes"), interval(node));
            case "withstood" ->
                    new Outcome.Withstood(
                            trials(node), StrictJson.count(node, "successes"), interval(node));
            case "cleared" -> {
                StrictJson.requireKeys(node, "Outcome", Set.of("type", "scope", "not-covered"));
                yield new Outcome.Cleared(
                        StrictJson.text(node, "scope"), StrictJson.texts(node, "not-covered"));
            }
            case "proved" -> new Outcome.Proved(only(node, "certificate"));
            case "not-applicable" -> new Outcome.NotApplicable(only(node, "reason"));
            case "could-not-tell" -> new Outcome.CouldNotTell(only(node, "reason"));
            case "failed" -> new Outcome.Failed(only(node, "error"));
            default -> throw StrictJson.wrong("Unknown outcome \"" + type + "\"");
        };
    }

    private static String only(JsonNode node, String key) {
        StrictJson.requireKeys(node, "Outcome", Set.of("type", key));
        return StrictJson.text(node, key);
    }

    private static int trials(JsonNode node) {
        StrictJson.requireKeys(node, "Outcome", Set.of("type", "trials", "successes", "interval"));
        return StrictJson.count(node, "trials");
    }

    private static Interval interval(JsonNode outcome) {
        JsonNode node = StrictJson.required(outcome, "interval");
        StrictJson.requireKeys(node, "Interval", Set.of("low", "high", "confidence"));
        return new Interval(
                StrictJson.number(node, "low"),
                StrictJson.number(node, "high"),
                StrictJson.number(node, "confidence"));
    }

    private static TargetDigest target(JsonNode node) {
        StrictJson.requireKeys(node, "Target", Set.of("sha256", "what", "unpinned"));
        return new TargetDigest(
                new Digest(StrictJson.text(node, "sha256")),
                StrictJson.text(node, "what"),
                StrictJson.texts(node, "unpinned"));
    }

    private static List<Finding> findings(JsonNode list) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode node : list) {
            StrictJson.requireKeys(
                    node,
                    "Finding",
                    Set.of("rule", "severity", "message", "location", "mend", "cwe", "atlas"));
            findings.add(
                    new Finding(
                            StrictJson.text(node, "rule"),
                            Severity.parse(StrictJson.text(node, "severity")),
                            StrictJson.text(node, "message"),
                            StrictJson.text(node, "location"),
                            StrictJson.text(node, "mend"),
                            StrictJson.texts(node, "cwe"),
                            StrictJson.texts(node, "atlas")));
        }
        return findings;
    }

    private static List<Evidence.Attachment> attachments(JsonNode list) {
        List<Evidence.Attachment> attachments = new ArrayList<>();
        for (JsonNode node : list) {
            StrictJson.requireKeys(node, "Attachment", Set.of("path", "sha256"));
            attachments.add(
                    new Evidence.Attachment(
                            StrictJson.text(node, "path"),
                            new Digest(StrictJson.text(node, "sha256"))));
        }
        return attachments;
    }
}
