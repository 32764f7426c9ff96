package dev.bartizan.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A rule matched at named elements: who could do what, by which way, to what effect.
///
/// @param id `T-` and 12 base32 characters of the digest of rule and roles; see {@link ThreatId}
/// @param rule id of the rule
/// @param title one line
/// @param severity how bad it would be
/// @param roles element id by role; role `at` is the element the threat is at
/// @param applicability whether it applies, and the facts that decided it
/// @param confirmedBy claims whose confirmation at `at` confirms the threat
/// @param refutedBy claims that must all be answered for the threat to count as refuted
/// @param why why it matters, in plain words
/// @param mend how to mend it
/// @param mappings catalogue ids by catalogue: `atlas`, `owasp-llm`, `owasp-agentic`, `owasp-ml`,
///   `nist`, `cwe`, `stride`
/// @param path flows of a witness path, when the rule is about one
/// @param tolerance highest rate of success that counts as withstood, 0..1
public record Threat(
        String id,
        String rule,
        String title,
        Severity severity,
        SortedMap<String, String> roles,
        Applicability applicability,
        List<Claim> confirmedBy,
        List<Claim> refutedBy,
        String why,
        String mend,
        Map<String, List<String>> mappings,
        List<Flow> path,
        double tolerance) {
    public Threat {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        confirmedBy = List.copyOf(confirmedBy);
        refutedBy = List.copyOf(refutedBy);
        mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
        path = List.copyOf(path);
        if (!roles.containsKey("at")) {
            throw new IllegalArgumentException("A threat has a role \"at\": " + rule);
        }
    }

    /// Id of the element the threat is at.
    public String at() {
        return String.valueOf(roles.get("at"));
    }
}
