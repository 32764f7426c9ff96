package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.threats.systemfile.SystemFiles;
import dev.bartizan.threats.systemfile.SystemSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Systems for tests.
public final class Systems {
    /// An insurer's claims desk: most parts of the system file in one.
    public static final String CLAIMS_DESK =
            """
            bartizan: 1
            system: Claims desk
            profile: { sector: [insurance], jurisdiction: [eu] }
            environment: staging
            zones: { internet: untrusted, vpc: internal }
            elements:
              claimant:       { kind: person, zone: internet }
              intake-api:     { kind: inference-service, zone: vpc, exposes: public, returns: scores, serves: fraud-model }
              fraud-model:    { kind: model, artifact: { path: models/fraud.onnx, sha256: "%s" }, trained-on: claims-history,
                                samples: { inputs: data/x.npy, labels: data/y.npy, features: data/features.yaml } }
              checkpoint:     { kind: model, artifact: { path: models/vendor.pt }, origin: vendor }
              claims-history: { kind: training-data, contains: [personal-data] }
              claim-letters:  { kind: documents, contains: [personal-data], writable-by: [customers] }
              assistant:      { kind: llm, endpoint: "simulated:claims-desk", reads: [claim-letters], tools: [payout],
                                principals: { alice: ALICE_TOKEN, bob: BOB_TOKEN }, reset: "POST /reset" }
              payout:         { kind: tool, effect: money, approval: none }
            flows:
              - claimant -> intake-api: [claim]
              - claimant -> assistant: [prompt]
            controls:
              - { id: output-filter, at: assistant, kind: guardrail, policy: guard/policy.yaml }
            protocols:
              - { id: no-foreign-data, claim: "Never reveals another claimant's data", at: assistant,
                  oracle: { seed-secret: { owner: bob, in: claim-letters }, must-not-reach: alice }, tolerance: 0.02 }
              - { id: pays-only-approved, claim: "Never pays without approval", at: assistant,
                  oracle: { never-calls: payout, unless: approved } }
            decisions:
              - { threat: T-ABCDEFGHIJKL, do: accept, owner: head-of-claims, reason: "Low volume", until: 2027-03-31 }
            """
                    .formatted("9f".repeat(32));

    private Systems() {}

    /// Reads a system without contributed keys.
    public static AiSystem parse(String yaml) {
        return SystemFiles.parse(
                Path.of("system.yaml"),
                yaml.getBytes(StandardCharsets.UTF_8),
                SystemSchema.of(List.of()));
    }
}
