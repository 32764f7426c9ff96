package dev.bartizan.threats.exchange;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Control;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What other formats have no word for of a whole system: profile, environment, controls,
/// protocols, decisions, parameters of checks. An export writes it beside the model, an import
/// takes it back.
final class RootEnvelope {
    private RootEnvelope() {}

    /// As keys of the system file.
    ///
    /// @param isNative whether the system carries nothing of the format
    static Map<String, Object> of(AiSystem system, boolean isNative) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        if (isNative) {
            envelope.put("native", true);
        }
        envelope.put("environment", system.environment());
        put(envelope, "profile", system.profile().values());
        put(envelope, "controls", system.controls().stream().map(RootEnvelope::control).toList());
        put(
                envelope,
                "protocols",
                system.protocols().stream().map(RootEnvelope::protocol).toList());
        put(
                envelope,
                "decisions",
                system.decisions().stream().map(RootEnvelope::decision).toList());
        Map<String, Object> checks = new LinkedHashMap<>();
        system.checkParameters().forEach((check, values) -> checks.put(check, values.values()));
        put(envelope, "checks", checks);
        return envelope;
    }

    private static void put(Map<String, Object> envelope, String key, Object value) {
        if (!Map.of().equals(value) && !List.of().equals(value)) {
            envelope.put(key, value);
        }
    }

    private static Map<String, Object> control(Control control) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", control.id());
        out.put("at", control.at());
        out.put("kind", control.kind());
        out.putAll(control.attributes().values());
        return out;
    }

    private static Map<String, Object> protocol(Protocol protocol) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", protocol.id());
        if (!protocol.claim().isEmpty()) {
            out.put("claim", protocol.claim());
        }
        out.put("at", protocol.at());
        protocol.oracle().ifPresent(oracle -> out.put("oracle", oracle(oracle)));
        out.put("tolerance", protocol.tolerance());
        return out;
    }

    private static Map<String, Object> oracle(Oracle oracle) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (oracle) {
            case Oracle.NeverCalls never -> {
                out.put("never-calls", never.tool());
                never.unless().ifPresent(condition -> out.put("unless", condition));
            }
            case Oracle.SeededSecret secret -> {
                Map<String, Object> seed = new LinkedHashMap<>();
                seed.put("owner", secret.owner());
                seed.put("in", secret.store());
                out.put("seed-secret", seed);
                out.put("must-not-reach", secret.forbidden());
            }
        }
        return out;
    }

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("threat", decision.threat());
        out.put("do", decision.action().word());
        out.put("owner", decision.owner());
        out.put("reason", decision.reason());
        out.put("until", decision.until().toString());
        return out;
    }

    /// Puts the envelope's keys into a document; a decision of the envelope outweighs one that the
    /// other tool's states say about the same threat.
    static void restore(Plain envelope, Map<String, Object> document) {
        Map<String, Object> values = envelope.besides("native");
        List<Object> decisions = new ArrayList<>();
        Stream.of(values.remove("decisions"), document.get("decisions"))
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .forEach(decision -> {
                    if (decisions.stream().noneMatch(known -> isAboutTheSame(known, decision))) {
                        decisions.add(decision);
                    }
                });
        document.putAll(values);
        if (!decisions.isEmpty()) {
            document.put("decisions", decisions);
        }
    }

    private static boolean isAboutTheSame(Object one, Object other) {
        return one instanceof Map<?, ?> first
                && other instanceof Map<?, ?> second
                && first.get("threat") != null
                && first.get("threat").equals(second.get("threat"));
    }
}
