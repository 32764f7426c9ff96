package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Protocol;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ThreatId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One threat for each safety protocol: that it is broken.
final class ProtocolThreats {
    /// Id of the rule.
    static final String RULE = "BZ-protocol-broken";

    private static final Map<String, List<String>> MAPPINGS =
            Map.of(
                    "atlas", List.of("AML.T0053", "AML.T0057"),
                    "owasp-llm", List.of("LLM02:2025", "LLM06:2025"),
                    "owasp-agentic", List.of("ASI02:2026"),
                    "nist", List.of("NISTAML.039"),
                    "stride", List.of("I", "E"));

    private ProtocolThreats() {}

    static List<Threat> of(AiSystem system) {
        return system.protocols().stream().map(ProtocolThreats::of).toList();
    }

    private static Threat of(Protocol protocol) {
        TreeMap<String, String> roles = new TreeMap<>();
        roles.put("at", protocol.at());
        roles.put("protocol", protocol.id());
        Claim claim = new Claim("protocol-broken").about(protocol.id());
        String promise = protocol.claim().isBlank() ? protocol.id() : protocol.claim();
        Fact fact =
                new Fact(
                        protocol.at(),
                        "protocol",
                        protocol.id(),
                        protocol.place().toString(),
                        true);
        return new Threat(
                ThreatId.of(RULE, roles),
                RULE,
                "Broken promise: " + promise,
                Severity.HIGH,
                roles,
                new Applicability.Applies(List.of(fact)),
                List.of(claim),
                List.of(claim),
                why(protocol),
                mend(protocol),
                MAPPINGS,
                List.of(),
                protocol.tolerance());
    }

    private static String why(Protocol protocol) {
        return switch (protocol.oracle().orElse(null)) {
            case null ->
                    "The team relies on this promise, and nothing that a machine can read says how"
                            + " to tell that it was broken: nobody can test it.";
            case Oracle.SeededSecret secret ->
                    "A secret that belongs to "
                            + secret.owner()
                            + " lies in "
                            + secret.store()
                            + "; if it ever reaches "
                            + secret.forbidden()
                            + ", real data would too.";
            case Oracle.NeverCalls never ->
                    "One call of "
                            + never.tool()
                            + never.unless()
                                    .map(condition -> " without \"" + condition + "\"")
                                    .orElse("")
                            + " breaks the promise, and what the tool does may not be undone.";
        };
    }

    private static String mend(Protocol protocol) {
        return switch (protocol.oracle().orElse(null)) {
            case null ->
                    "Give the protocol an oracle: a planted secret that must not reach somebody,"
                            + " or a tool that must not be called.";
            case Oracle.SeededSecret _ ->
                    "Filter what is fetched by the rights of the person who asks, before the model"
                            + " sees it; do not ask the model to keep it to itself.";
            case Oracle.NeverCalls _ ->
                    "Let the program around the model refuse the call; do not ask the model to"
                            + " hold back.";
        };
    }
}
