package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.core.ledger.EvidenceJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Small systems, threats and evidence for the tests of this package.
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final Claim RUNS_CODE = new Claim("code-runs-on-load");
    static final Claim IS_PINNED = new Claim("artifact-is-pinned");
    static final Digest THESE_BYTES = Digest.of("these bytes");
    static final Digest OTHER_BYTES = Digest.of("other bytes");

    private Samples() {}

    /// A system whose profile and decisions are given.
    static AiSystem deciding(Map<String, Object> profile, Decision... decisions) {
        return deciding(Path.of("system.yaml"), profile, decisions);
    }

    static AiSystem deciding(Path file, Map<String, Object> profile, Decision... decisions) {
        AiSystem plain = system("staging", "model", "payout-api");
        return new AiSystem(
                plain.name(),
                file,
                new Attributes(profile),
                plain.environment(),
                plain.zones(),
                plain.elements(),
                plain.flows(),
                plain.controls(),
                plain.protocols(),
                List.of(decisions),
                Map.of());
    }

    static AiSystem system(String environment, String... elementIds) {
        Map<String, Element> elements = new LinkedHashMap<>();
        for (String id : elementIds) {
            elements.put(
                    id,
                    new Element(
                            id,
                            ElementKind.MODEL_ARTIFACT,
                            id,
                            "",
                            Attributes.NONE,
                            Place.NOWHERE));
        }
        return new AiSystem(
                "Sample",
                Path.of("system.yaml"),
                Attributes.NONE,
                environment,
                Map.of(),
                elements,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    static Threat threat(List<Claim> confirmedBy, List<Claim> refutedBy) {
        return new Threat(
                "T-AAAAAAAAAAAA",
                "BZ-TEST",
                "Loading the model runs code",
                Severity.CRITICAL,
                new TreeMap<>(Map.of("at", "model")),
                new Applicability.Applies(List.of()),
                confirmedBy,
                refutedBy,
                "why",
                "mend",
                Map.of(),
                List.of(),
                0.05);
    }

    static Evidence evidence(Claim claim, Outcome outcome) {
        return evidence(claim, outcome, NOON.minusSeconds(60), "1", THESE_BYTES);
    }

    static Evidence evidence(
            Claim claim, Outcome outcome, Instant started, String version, Digest target) {
        return EvidenceJson.withId(
                new Evidence(
                        "",
                        claim,
                        "model",
                        new Evidence.Source.OfCheck("artifact-scan", version, ToolVersion.NUMBER),
                        outcome,
                        "summary of " + outcome,
                        Optional.of(TargetDigest.pinned(target, "model.pkl")),
                        Digest.of("{}"),
                        7,
                        started,
                        Duration.ofMillis(5),
                        started.plus(Duration.ofDays(30)),
                        false,
                        List.of(),
                        List.of()));
    }

    /// The same evidence, said by somebody else.
    static Evidence from(Evidence.Source source, Evidence e) {
        return EvidenceJson.withId(
                new Evidence(
                        "",
                        e.claim(),
                        e.element(),
                        source,
                        e.outcome(),
                        e.summary(),
                        e.target(),
                        e.parameters(),
                        e.seed(),
                        e.started(),
                        e.took(),
                        e.freshUntil(),
                        e.isSimulated(),
                        e.findings(),
                        e.raw()));
    }

    static Targets theseBytes() {
        return new Targets(
                Map.of(
                        new Targets.Key("artifact-scan", "model"),
                        TargetDigest.pinned(THESE_BYTES, "model.pkl")),
                Map.of("model", THESE_BYTES));
    }
}
