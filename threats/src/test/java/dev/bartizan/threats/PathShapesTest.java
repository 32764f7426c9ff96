package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Flow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every shape of path once: found where it is, with its witness and its cut, and gone when the cut
/// is made.
class PathShapesTest {
    private static Optional<Crossing> crossing(String yaml, String question) {
        return ThreatModel.derive(Systems.parse(yaml), List.of()).crossings().stream()
                .filter(crossing -> crossing.question().equals(question))
                .findFirst();
    }

    private static void holds(
            String yaml, String question, String way, String cut, String control) {
        Crossing crossing = crossing(yaml, question).orElseThrow();
        assertThat(Explanation.route(crossing.shortest())).isEqualTo(way);
        assertThat(crossing.cutWords()).isEqualTo(cut);
        assertThat(crossing.isSmallest()).isTrue();
        assertThat(crossing(yaml + "controls: [ " + control + " ]\n", question)).isEmpty();
    }

    @Test
    void lethalTrifecta() {
        String yaml =
                """
                zones: { internet: untrusted }
                elements:
                  page:  { kind: web-application, zone: internet }
                  files: { kind: rag-corpus, contains: [secrets] }
                  agent: { kind: agent, reads: [files], tools: [send] }
                  send:  { kind: tool, effect: send-outside }
                flows: [ page -> agent ]
                """;
        holds(
                yaml,
                "lethal-trifecta",
                "files -> agent -> send",
                "files -> agent",
                "{ at: agent, kind: egress-filter }");
        assertThat(crossing(yaml.replace("page -> agent", "agent -> page"), "lethal-trifecta"))
                .as("nobody outside writes to it")
                .isEmpty();
        assertThat(crossing(yaml.replace("[secrets]", "[public-data]"), "lethal-trifecta"))
                .as("nothing private in reach")
                .isEmpty();
        assertThat(crossing(yaml.replace("send-outside", "read"), "lethal-trifecta"))
                .as("no way out")
                .isEmpty();
    }

    @Test
    void plantedDocument() {
        holds(
                """
                zones: { internet: untrusted }
                elements:
                  stranger: { kind: person, zone: internet }
                  wiki:     { kind: rag-corpus }
                  search:   { kind: retrieval-service, reads: [wiki] }
                  agent:    { kind: agent, tools: [pay] }
                  pay:      { kind: tool, effect: money }
                flows: [ stranger -> wiki, search -> agent ]
                """,
                "planted-document-to-privileged-action",
                "stranger -> wiki -> search -> agent -> pay",
                "stranger -> wiki",
                "{ at: wiki, kind: data-validation }");
    }

    @Test
    void agentToAgentDelegation() {
        String yaml =
                """
                zones: { internet: untrusted }
                elements:
                  stranger: { kind: person, zone: internet }
                  planner:  { kind: agent, delegates-to: [clerk] }
                  clerk:    { kind: agent, tools: [erase] }
                  erase:    { kind: tool, effect: delete }
                flows: [ stranger -> planner ]
                """;
        holds(
                yaml,
                "delegated-authority",
                "stranger -> planner -> clerk -> erase",
                "stranger -> planner",
                "{ at: clerk, kind: identity-propagation }");
        assertThat(crossing(yaml.replace(", delegates-to: [clerk]", ""), "delegated-authority"))
                .isEmpty();
    }

    @Test
    void mcpDelegation() {
        holds(
                """
                elements:
                  vendor: { kind: mcp-server, origin: vendor, effect: read }
                  agent:  { kind: agent, tools: [vendor, shell] }
                  shell:  { kind: tool, effect: code }
                """,
                "foreign-tool-server-to-effect",
                "vendor -> agent -> shell",
                "vendor -> agent",
                "{ at: agent, kind: allow-list }");
    }

    @Test
    void agentThatWritesItsOwnRules() {
        holds(
                """
                zones: { internet: untrusted }
                elements:
                  stranger: { kind: person, zone: internet }
                  agent:    { kind: ide-agent, reads: [rules], writes: [rules] }
                  rules:    { kind: source-repository, contains: [agent-rules] }
                flows: [ stranger -> agent ]
                """,
                "agent-rewrites-what-it-obeys",
                "agent -> rules -> agent",
                "agent -> rules",
                "{ at: rules, kind: code-review }");
    }

    @Test
    void crossTenantStore() {
        String yaml =
                """
                zones: { internet: untrusted }
                elements:
                  customer: { kind: person, zone: internet }
                  bot:      { kind: llm }
                  vectors:  { kind: vector-db, tenants: shared }
                flows: [ customer -> bot -> vectors -> bot -> customer ]
                """;
        holds(
                yaml,
                "tenant-to-tenant",
                "customer -> bot -> vectors -> bot -> customer",
                "customer -> bot",
                "{ at: vectors, kind: tenant-isolation }");
        assertThat(crossing(yaml.replace("shared", "isolated"), "tenant-to-tenant")).isEmpty();
    }

    @Test
    void trainingFeedbackLoop() {
        holds(
                """
                zones: { internet: untrusted }
                elements:
                  user:    { kind: person, zone: internet }
                  api:     { kind: inference-service }
                  ratings: { kind: feedback-loop, trains: [job] }
                  job:     { kind: training-pipeline }
                  model:   { kind: model }
                flows: [ user -> api -> ratings, job -> model, model -> api ]
                """,
                "training-feedback-loop",
                "user -> api -> ratings -> job -> model",
                "user -> api",
                "{ at: job, kind: evaluation-gate }");
    }

    @Test
    void sharedFeatureStore() {
        holds(
                """
                zones: { internet: untrusted }
                elements:
                  user:     { kind: person, zone: internet }
                  features: { kind: feature-store, shared-with-training: true }
                  api:      { kind: inference-service, reads: [features] }
                  job:      { kind: training-pipeline, reads: [features] }
                flows: [ user -> features ]
                """,
                "shared-feature-store",
                "user -> features -> api",
                "user -> features",
                "{ at: features, kind: data-validation }");
    }

    @Test
    void foreignArtifactToRelease() {
        holds(
                """
                elements:
                  hub:      { kind: model-hub, origin: public }
                  lab:      { kind: notebook, credentials: long-lived, writes: [registry] }
                  registry: { kind: model-registry }
                flows: [ hub -> lab ]
                """,
                "external-artifact-to-release",
                "hub -> lab -> registry",
                "hub -> lab",
                "{ at: lab, kind: sandbox }");
    }

    @Test
    void parallelFlowsAreOnePlaceToCut() {
        Crossing crossing =
                crossing(
                                """
                                zones: { internet: untrusted }
                                elements:
                                  user: { kind: person, zone: internet }
                                  data: { kind: training-data }
                                  a: { kind: training-pipeline, reads: [data] }
                                flows: [ user -> data: [x], user -> data: [y], data -> a ]
                                """,
                                "outsiders-to-training")
                        .orElseThrow();
        assertThat(crossing.cutFlows()).extracting(Flow::from).containsExactly("user");
        assertThat(crossing.cutSize()).isEqualTo(1);
    }
}
