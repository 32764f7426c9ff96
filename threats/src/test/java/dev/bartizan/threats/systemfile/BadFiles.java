package dev.bartizan.threats.systemfile;

import dev.bartizan.threats.systemfile.BadFilesTest.Bad;
import dev.bartizan.threats.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Files that must be refused, each for one reason that its name tells.
final class BadFiles {
    private static final String HEAD =
            """
            zones: { internet: untrusted, office: internal }
            elements:
              user: { kind: person, zone: internet }
              assistant: { kind: llm, tools: [payout], principals: { alice: A, bob: B } }
              payout: { kind: tool, effect: money }
            """;

    private BadFiles() {}

    static List<Bad> all() {
        List<Bad> files = new ArrayList<>(broken());
        files.addAll(misspelt());
        files.addAll(dangling());
        files.addAll(bombs());
        return files;
    }

    private static List<Bad> broken() {
        byte[] text = "elements:\n  ä: { kind: llm }\n".getBytes(StandardCharsets.ISO_8859_1);
        return List.of(
                new Bad("empty", ""),
                new Bad("only-a-comment", "# nothing\n\n"),
                new Bad("null-document", "---\n~\n"),
                new Bad("not-utf-8", text),
                new Bad("utf-16", "elements: {}".getBytes(StandardCharsets.UTF_16)),
                new Bad(
                        "ends-inside-a-character",
                        new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82}),
                new Bad("binary", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}),
                new Bad("zero-byte", "elements:\n  a: { kind: \0llm }\n"),
                new Bad("tab-indentation", "elements:\n\ta: { kind: llm }\n"),
                new Bad("unclosed-brace", "elements: { a: { kind: llm }\n"),
                new Bad("unclosed-quote", "elements:\n  a: { kind: \"llm }\n"),
                new Bad("two-documents", HEAD + "---\nelements: {}\n"),
                new Bad("list-at-the-top", "- a\n- b\n"),
                new Bad("text-at-the-top", "just words\n"),
                new Bad("map-as-key", "? { a: b }\n: c\nelements: {}\n"),
                new Bad("foreign-tag", "elements:\n  a: !!javax.script.ScriptEngineManager []\n"),
                new Bad("json-with-a-mistake", "{\"elements\": {\"a\": {\"kind\": \"llm\"},}, ]}"));
    }

    private static List<Bad> misspelt() {
        return List.of(
                new Bad("unknown-top-key", HEAD + "flow: []\n"),
                new Bad(
                        "unknown-element-key",
                        "elements:\n  a: { kind: llm, toolz: [b] }\n  b: { kind: tool }\n"),
                new Bad("unknown-kind", "elements:\n  a: { kind: modle }\n"),
                new Bad("far-off-kind", "elements:\n  a: { kind: xylophone }\n"),
                new Bad("kind-missing", "elements:\n  a: { zone: x }\n"),
                new Bad("elements-missing", "system: X\n"),
                new Bad("version-of-the-future", "bartizan: 2\n" + HEAD),
                new Bad("unknown-environment", "environment: stagging\n" + HEAD),
                new Bad("unknown-trust", "zones: { a: trusted }\nelements: { b: { kind: llm } }\n"),
                new Bad("element-is-text", "elements:\n  a: llm\n"),
                new Bad("element-without-value", "elements:\n  a:\n"),
                new Bad("number-for-text", "system: 2024\n" + HEAD),
                new Bad("truth-for-list", "elements:\n  a: { kind: llm, tools: true }\n"),
                new Bad("bad-element-id", "elements:\n  \"a b\": { kind: llm }\n"),
                new Bad(
                        "bad-digest",
                        "elements:\n  a: { kind: model, artifact: { path: x, sha256: 12ab } }\n"),
                new Bad(
                        "empty-artifact-path",
                        "elements:\n  a: { kind: model, artifact: { path: \"\" } }\n"),
                new Bad("unknown-check", HEAD + "checks: { evasion: {} }\n"),
                new Bad(
                        "unknown-control-kind",
                        HEAD + "controls: [ { at: assistant, kind: gardrail } ]\n"),
                new Bad(
                        "unknown-oracle",
                        HEAD
                                + "protocols: [ { id: p, at: assistant, oracle: { never-call: payout } } ]\n"),
                new Bad(
                        "empty-oracle",
                        HEAD + "protocols: [ { id: p, at: assistant, oracle: {} } ]\n"),
                new Bad(
                        "half-an-oracle",
                        HEAD
                                + "protocols: [ { id: p, at: assistant, oracle: { must-not-reach: bob } } ]\n"),
                new Bad(
                        "tolerance-of-one",
                        HEAD + "protocols: [ { id: p, at: assistant, tolerance: 1.0 } ]\n"),
                new Bad("malformed-flow", HEAD + "flows: [ user => assistant ]\n"),
                new Bad(
                        "flow-with-two-keys",
                        HEAD + "flows: [ { user -> assistant: a, assistant -> payout: b } ]\n"),
                new Bad(
                        "malformed-threat-id",
                        HEAD
                                + "decisions: [ { threat: T-123, do: accept, owner: a, reason: b, until: 2027-01-01 } ]\n"),
                new Bad(
                        "malformed-date",
                        HEAD
                                + "decisions: [ { threat: T-ABCDEFGHIJKL, do: accept, owner: a, reason: b, until: soon } ]\n"),
                new Bad(
                        "impossible-date",
                        HEAD
                                + "decisions: [ { threat: T-ABCDEFGHIJKL, do: accept, owner: a, reason: b, until: 2027-02-30 } ]\n"),
                new Bad(
                        "decision-without-owner",
                        HEAD
                                + "decisions: [ { threat: T-ABCDEFGHIJKL, do: ignore, reason: b, until: 2027-02-28 } ]\n"));
    }

    private static List<Bad> dangling() {
        return List.of(
                new Bad(
                        "duplicate-element",
                        "elements:\n  a: { kind: llm }\n  b: { kind: tool }\n  a: { kind: agent }\n"),
                new Bad("duplicate-key", "elements:\n  a: { kind: llm, kind: tool }\n"),
                new Bad(
                        "duplicate-control",
                        HEAD
                                + "controls:\n  - { id: c, at: assistant, kind: guardrail }\n  - { id: c, at: payout, kind: budget }\n"),
                new Bad(
                        "decided-twice",
                        HEAD
                                + "decisions:\n  - &d { threat: T-ABCDEFGHIJKL, do: accept, owner: a, reason: b, until: 2027-01-01 }\n  - { threat: T-ABCDEFGHIJKL, do: avoid, owner: a, reason: b, until: 2027-01-01 }\n"),
                new Bad(
                        "unknown-zone",
                        "zones: { vpc: internal }\nelements: { a: { kind: llm, zone: vcp } }\n"),
                new Bad("zone-without-zones", "elements: { a: { kind: llm, zone: vpc } }\n"),
                new Bad(
                        "flow-to-unknown-element",
                        HEAD + "flows:\n  - user -> asistant: [prompt]\n"),
                new Bad(
                        "chain-through-unknown-element",
                        HEAD + "flows:\n  - user -> gateway -> assistant\n"),
                new Bad(
                        "tools-of-unknown-element",
                        "elements: { a: { kind: llm, tools: [b, c] }, b: { kind: tool } }\n"),
                new Bad(
                        "serves-unknown-element",
                        "elements: { api: { kind: api, serves: fraud-modl }, fraud-model: { kind: model } }\n"),
                new Bad(
                        "control-at-unknown-element",
                        HEAD + "controls: [ { at: asistant, kind: guardrail } ]\n"),
                new Bad(
                        "protocol-at-unknown-element",
                        HEAD + "protocols: [ { id: p, at: asistant } ]\n"),
                new Bad(
                        "oracle-names-unknown-element",
                        HEAD
                                + "protocols: [ { id: p, at: assistant, oracle: { never-calls: payuot } } ]\n"),
                new Bad(
                        "oracle-names-unknown-principal",
                        HEAD
                                + "protocols: [ { id: p, at: assistant, oracle: { seed-secret: { owner: bop, in: payout }, must-not-reach: alice } } ]\n"));
    }

    private static List<Bad> bombs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String refs = ("*a" + (i - 1) + ", ").repeat(10);
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, refs.substring(0, refs.length() - 2)));
        }
        String deep = "[".repeat(YamlReader.MAX_DEPTH + 1);
        StringBuilder ladder = new StringBuilder("d0: &d0 [x]\n");
        for (int i = 1; i < 60; i++) {
            ladder.append("d%d: &d%d [*d%d]\n".formatted(i, i, i - 1));
        }
        return List.of(
                new Bad("billion-laughs", laughs + "elements: {}\n"),
                new Bad("alias-ladder", ladder.toString()),
                new Bad("many-aliases", "a: &a x\nb: [" + "*a, ".repeat(1_001) + "x]\n"),
                new Bad("deep-nesting", "elements: " + deep),
                new Bad("very-deep-nesting", "elements: " + "[".repeat(100_000)),
                new Bad("deep-blocks", "- ".repeat(50_000) + "x"),
                new Bad("anchor-that-contains-itself", "elements: &e { a: *e }\n"),
                new Bad("alias-without-anchor", "elements: *nowhere\n"),
                new Bad("too-many-values", "a: [" + "x,".repeat(200_001) + "x]\n"));
    }
}
