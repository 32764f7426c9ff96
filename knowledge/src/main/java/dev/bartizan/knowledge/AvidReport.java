package dev.bartizan.knowledge;

import java.util.List;

/// What a report of the AI Vulnerability Database says of a flaw seen in the world: ids, dates and
/// names, which are facts. Its descriptions are left where they are.
///
/// @param id such as `AVID-2026-R1287`
/// @param version of the report's layout, such as `0.3.3`
/// @param reported day it was reported, `YYYY-MM-DD`; empty when not known
/// @param problem class of the problem, such as `CVE Entry`
/// @param artifacts what it is about, `type: name` each
/// @param riskDomains such as `Security`
/// @param effects ids of the taxonomy's effect view, such as `S0403`
/// @param lifecycle ids of the life-cycle view, such as `L05`
/// @param atlas ids of ATLAS techniques it names
/// @param cwe ids of weaknesses it names
public record AvidReport(
        String id,
        String version,
        String reported,
        String problem,
        List<String> artifacts,
        List<String> riskDomains,
        List<String> effects,
        List<String> lifecycle,
        List<String> atlas,
        List<String> cwe) {
    public AvidReport {
        artifacts = List.copyOf(artifacts);
        riskDomains = List.copyOf(riskDomains);
        effects = List.copyOf(effects);
        lifecycle = List.copyOf(lifecycle);
        atlas = List.copyOf(atlas);
        cwe = List.copyOf(cwe);
    }
}
