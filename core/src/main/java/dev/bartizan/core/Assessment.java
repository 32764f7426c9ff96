package dev.bartizan.core;

import java.time.Instant;
import java.util.List;

/// A system at a moment: its threats and how each stands.
///
/// @param system what was assessed
/// @param at when
/// @param toolVersion version of the tool
/// @param facts what was declared and read
/// @param threats threats that apply or are mitigated, worst first
/// @param evidence everything the ledger holds about this system, newest first
/// @param coverage how much is known
/// @param notes what the reader must know of the run: checks that were left out and why, elements
///   that vanished since the last run
/// @param anchor checkpoint of the ledger after this run, as signed-note text (origin, size, root)
public record Assessment(
        AiSystem system,
        Instant at,
        String toolVersion,
        List<Fact> facts,
        List<AssessedThreat> threats,
        List<Evidence> evidence,
        Coverage coverage,
        List<String> notes,
        String anchor) {
    public Assessment {
        facts = List.copyOf(facts);
        threats = List.copyOf(threats);
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
    }

    /// The threats that stand so, worst first.
    public List<AssessedThreat> standing(Standing standing) {
        return threats.stream().filter(threat -> threat.standing() == standing).toList();
    }
}
