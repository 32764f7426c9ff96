package dev.bartizan.cli;

import dev.bartizan.knowledge.CatalogueChange;
import java.util.List;

/// Changes of a catalogue, counted by kind.
///
/// @param techniques techniques and subtechniques that came in
/// @param mitigations mitigations that came in
/// @param others tactics and the like that came in
/// @param removed entries that are gone
/// @param renamed entries with another name
/// @param moved entries that belong under something else
/// @param tactics entries that serve other tactics
/// @param matured entries known to another degree
record ChangeCounts(
        long techniques,
        long mitigations,
        long others,
        long removed,
        long renamed,
        long moved,
        long tactics,
        long matured) {
    static ChangeCounts of(List<CatalogueChange> changes) {
        long techniques = 0;
        long mitigations = 0;
        long others = 0;
        long removed = 0;
        long renamed = 0;
        long moved = 0;
        long tactics = 0;
        long matured = 0;
        for (CatalogueChange change : changes) {
            switch (change) {
                case CatalogueChange.Added added -> {
                    if (added.entry().kind().endsWith("technique")) {
                        techniques++;
                    } else if (added.entry().kind().equals("mitigation")) {
                        mitigations++;
                    } else {
                        others++;
                    }
                }
                case CatalogueChange.Removed _ -> removed++;
                case CatalogueChange.Renamed _ -> renamed++;
                case CatalogueChange.Moved _ -> moved++;
                case CatalogueChange.TacticsChanged _ -> tactics++;
                case CatalogueChange.Matured _ -> matured++;
            }
        }
        return new ChangeCounts(
                techniques, mitigations, others, removed, renamed, moved, tactics, matured);
    }

    /// In one line.
    static String words(List<CatalogueChange> changes) {
        ChangeCounts counts = of(changes);
        return "+%d techniques, +%d mitigations, %d maturity changes, %d tactic changes, %d removals (%d renamed, %d moved, +%d others)"
                .formatted(
                        counts.techniques,
                        counts.mitigations,
                        counts.matured,
                        counts.tactics,
                        counts.removed,
                        counts.renamed,
                        counts.moved,
                        counts.others);
    }
}
