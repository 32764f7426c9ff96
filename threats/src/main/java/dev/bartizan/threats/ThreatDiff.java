package dev.bartizan.threats;

import dev.bartizan.core.Applicability;
import dev.bartizan.core.Threat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an edit of a system did to its threats, and which facts made the difference.
///
/// @param gained threats that were not there before
/// @param lost threats that are gone
/// @param changed threats that another outcome or severity has now
public record ThreatDiff(List<Change> gained, List<Change> lost, List<Change> changed) {
    public ThreatDiff {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
        changed = List.copyOf(changed);
    }

    /// A threat that the edit touched.
    ///
    /// @param threat as it is now; as it was, when it is lost
    /// @param what what happened, a few words
    /// @param because the edits that did it, one phrase each
    public record Change(Threat threat, String what, List<String> because) {
        public Change {
            because = List.copyOf(because);
        }
    }

    /// What changed from one model to another.
    public static ThreatDiff between(ThreatModel before, ThreatModel after) {
        ModelEdits edits = new ModelEdits(before, after);
        Map<String, Threat> old = byId(before.threats());
        Map<String, Threat> now = byId(after.threats());
        List<Change> gained = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (Threat threat : after.threats()) {
            Threat was = old.get(threat.id());
            if (was == null) {
                gained.add(new Change(threat, outcome(threat), edits.because(threat)));
            } else if (!outcome(was).equals(outcome(threat))
                    || was.severity() != threat.severity()) {
                String what = outcome(was) + " → " + outcome(threat);
                List<String> because = new ArrayList<>(edits.because(threat));
                edits.because(was).stream().filter(b -> !because.contains(b)).forEach(because::add);
                changed.add(new Change(threat, what, because));
            }
        }
        List<Change> lost = new ArrayList<>();
        for (Threat threat : before.threats()) {
            if (!now.containsKey(threat.id())) {
                lost.add(new Change(threat, outcome(threat), edits.because(threat)));
            }
        }
        return new ThreatDiff(gained, lost, changed);
    }

    /// Whether the edit touched no threat.
    public boolean isEmpty() {
        return gained.isEmpty() && lost.isEmpty() && changed.isEmpty();
    }

    private static Map<String, Threat> byId(List<Threat> threats) {
        Map<String, Threat> byId = new LinkedHashMap<>();
        threats.forEach(threat -> byId.put(threat.id(), threat));
        return byId;
    }

    private static String outcome(Threat threat) {
        String word =
                switch (threat.applicability()) {
                    case Applicability.Applies _ -> "applies";
                    case Applicability.Mitigated _ -> "mitigated";
                    case Applicability.DoesNotApply _ -> "does not apply";
                };
        return threat.severity().word() + ", " + word;
    }

    /// The diff as Markdown, fit for a comment on a pull request; names are escaped.
    public String markdown() {
        if (isEmpty()) {
            return "No threat gained, lost or changed.\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "### Threats: %d gained, %d lost, %d changed\n\n"
                        .formatted(gained.size(), lost.size(), changed.size()));
        text.append("| | Threat | Outcome | Because |\n|---|---|---|---|\n");
        gained.forEach(change -> row("gained", change, text));
        lost.forEach(change -> row("lost", change, text));
        changed.forEach(change -> row("changed", change, text));
        return text.toString();
    }

    private static void row(String word, Change change, StringBuilder text) {
        text.append("| ")
                .append(word)
                .append(" | ")
                .append(escape(change.threat().title()))
                .append(" `")
                .append(change.threat().id())
                .append("` | ")
                .append(change.what())
                .append(" | ")
                .append(escape(String.join("; ", change.because())))
                .append(" |\n");
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|#@!])", "\\\\$1").replaceAll("\\s+", " ");
    }
}
