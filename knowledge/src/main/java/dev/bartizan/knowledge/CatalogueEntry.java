package dev.bartizan.knowledge;

import java.util.List;

/// What a public catalogue says under an id: names and relations, which are facts.
///
/// @param catalogue `atlas`, `owasp-llm`, `owasp-agentic`, `owasp-ml`, `nist`, `cwe` or `stride`
/// @param id its id there
/// @param name its name there
/// @param kind `tactic`, `technique`, `subtechnique`, `mitigation`, `risk`, `attack`, `weakness` or
///   `category`
/// @param parents ids it belongs under
/// @param tactics ids of the tactics it serves (`atlas` only)
/// @param maturity `feasible`, `demonstrated` or `realized` (`atlas` techniques only), else empty
/// @param created day it came in, `YYYY-MM-DD`; empty when not known
/// @param modified day it last changed; empty when not known
/// @param related ids it is related to
public record CatalogueEntry(
        String catalogue,
        String id,
        String name,
        String kind,
        List<String> parents,
        List<String> tactics,
        String maturity,
        String created,
        String modified,
        List<String> related) {
    public CatalogueEntry {
        parents = List.copyOf(parents);
        tactics = List.copyOf(tactics);
        related = List.copyOf(related);
    }
}
