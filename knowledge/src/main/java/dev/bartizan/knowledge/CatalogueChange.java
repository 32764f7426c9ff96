package dev.bartizan.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What changed in a catalogue between two releases.
public sealed interface CatalogueChange {
    /// The entry as it is now; as it was, when it is gone.
    CatalogueEntry entry();

    /// It came in.
    record Added(CatalogueEntry entry) implements CatalogueChange {}

    /// It is gone.
    record Removed(CatalogueEntry entry) implements CatalogueChange {}

    /// It has another name.
    record Renamed(CatalogueEntry entry, String before) implements CatalogueChange {}

    /// It belongs under something else.
    record Moved(CatalogueEntry entry, List<String> before) implements CatalogueChange {
        public Moved {
            before = List.copyOf(before);
        }
    }

    /// It serves other tactics.
    record TacticsChanged(CatalogueEntry entry, List<String> before) implements CatalogueChange {
        public TacticsChanged {
            before = List.copyOf(before);
        }
    }

    /// It is known to another degree: `feasible`, `demonstrated`, `realized`.
    record Matured(CatalogueEntry entry, String before) implements CatalogueChange {}

    /// The changes from one release to another, in the order of the newer one, removals last.
    static List<CatalogueChange> between(List<CatalogueEntry> old, List<CatalogueEntry> now) {
        Map<String, CatalogueEntry> before = new LinkedHashMap<>();
        old.forEach(entry -> before.put(entry.id(), entry));
        List<CatalogueChange> changes = new ArrayList<>();
        for (CatalogueEntry entry : now) {
            CatalogueEntry was = before.remove(entry.id());
            if (was == null) {
                changes.add(new Added(entry));
            } else {
                compare(was, entry, changes);
            }
        }
        before.values().forEach(entry -> changes.add(new Removed(entry)));
        return changes;
    }

    private static void compare(
            CatalogueEntry was, CatalogueEntry entry, List<CatalogueChange> changes) {
        if (!was.name().equals(entry.name())) {
            changes.add(new Renamed(entry, was.name()));
        }
        if (!was.parents().equals(entry.parents())) {
            changes.add(new Moved(entry, was.parents()));
        }
        // A subtechnique follows its parent's tactics; that is no change of its own.
        boolean isOwn = !entry.kind().equals("subtechnique");
        if (isOwn && !Set.copyOf(was.tactics()).equals(Set.copyOf(entry.tactics()))) {
            changes.add(new TacticsChanged(entry, was.tactics()));
        }
        if (!was.maturity().equals(entry.maturity())) {
            changes.add(new Matured(entry, was.maturity()));
        }
    }
}
