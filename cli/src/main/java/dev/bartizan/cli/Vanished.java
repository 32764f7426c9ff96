package dev.bartizan.cli;

import dev.bartizan.core.ledger.RunRecord;
import dev.bartizan.reports.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Says what an earlier run knew of and this one does not, so that coverage never rises because
/// something was left out of the system file.
final class Vanished {
    private Vanished() {}

    /// One note for each element that vanished, and one when coverage rose without it.
    static List<String> since(RunRecord earlier, RunRecord now) {
        Set<String> present = new HashSet<>(now.elements());
        List<String> gone =
                earlier.elements().stream().filter(id -> !present.contains(id)).toList();
        List<String> notes = new ArrayList<>();
        for (String element : gone) {
            long threats = earlier.threats().stream().filter(t -> t.at().equals(element)).count();
            notes.add(
                    "Element %s is no longer in the system file; %s went with it"
                            .formatted(element, Words.count(threats, "threat", "threats")));
        }
        Set<String> still = new HashSet<>();
        now.threats().forEach(threat -> still.add(threat.id()));
        List<RunRecord.ThreatLine> dropped =
                earlier.threats().stream()
                        .filter(t -> present.contains(t.at()) && !still.contains(t.id()))
                        .toList();
        if (!dropped.isEmpty()) {
            notes.add(
                    "No longer there since the last run: %s at %s"
                            .formatted(
                                    Words.count(dropped.size(), "threat", "threats"),
                                    String.join(
                                            ", ",
                                            new TreeSet<>(
                                                    dropped.stream()
                                                            .map(RunRecord.ThreatLine::at)
                                                            .toList()))));
        }
        boolean isLess = !gone.isEmpty() || !dropped.isEmpty();
        if (isLess && share(now) > share(earlier)) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "Adequate coverage rose from %.0f %% to %.0f %% as elements, or what"
                                    + " is said of them, left the system file",
                            100 * share(earlier),
                            100 * share(now)));
        }
        return notes;
    }

    private static double share(RunRecord run) {
        return run.coveredThreats() == 0 ? 1 : (double) run.adequate() / run.coveredThreats();
    }
}
