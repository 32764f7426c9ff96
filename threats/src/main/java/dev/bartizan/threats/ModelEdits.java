package dev.bartizan.threats;

import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an edit of a system changed: facts, flows and controls that came and went.
final class ModelEdits {
    private static final int MOST = 8;

    private final Set<String> before;
    private final Set<String> after;
    private final Set<String> flowsBefore;
    private final Set<String> flowsAfter;
    private final Set<String> controlsBefore;
    private final Set<String> controlsAfter;

    ModelEdits(ThreatModel before, ThreatModel after) {
        this.before = keys(before.facts());
        this.after = keys(after.facts());
        this.flowsBefore = flows(before);
        this.flowsAfter = flows(after);
        this.controlsBefore = controls(before);
        this.controlsAfter = controls(after);
    }

    private static Set<String> keys(List<Fact> facts) {
        Set<String> keys = new LinkedHashSet<>();
        facts.forEach(fact -> keys.add(key(fact)));
        return keys;
    }

    private static String key(Fact fact) {
        return fact.element() + " " + fact.name() + " = " + fact.value();
    }

    private static Set<String> flows(ThreatModel model) {
        Set<String> flows = new LinkedHashSet<>();
        model.system().flows().forEach(flow -> flows.add(key(flow)));
        return flows;
    }

    private static String key(Flow flow) {
        return flow.from() + " -> " + flow.to();
    }

    private static Set<String> controls(ThreatModel model) {
        Set<String> controls = new LinkedHashSet<>();
        model.system()
                .controls()
                .forEach(control ->
                        controls.add(control(control.kind(), control.id(), control.at())));
        return controls;
    }

    private static String control(String kind, String id, String at) {
        return id + " (" + kind + ") at " + at;
    }

    /// The edits that touched a threat, one phrase each, the nearest to what the user wrote first.
    List<String> because(Threat threat) {
        Set<String> phrases = new LinkedHashSet<>();
        addFlows(threat, phrases);
        for (Fact fact : threat.applicability().facts()) {
            if (fact.name().startsWith("control.")) {
                addControl(fact, phrases);
            } else if (before.contains(key(fact)) != after.contains(key(fact))) {
                phrases.add((after.contains(key(fact)) ? "now " : "no longer ") + key(fact));
            }
        }
        if (phrases.isEmpty()) {
            changesAt(threat, phrases);
        }
        return phrases.stream().limit(MOST).toList();
    }

    private void addFlows(Threat threat, Set<String> phrases) {
        for (Flow flow : threat.path()) {
            addIfChanged(key(flow), phrases);
        }
        Set<String> changed = new LinkedHashSet<>(flowsBefore);
        changed.addAll(flowsAfter);
        changed.removeIf(flow -> flowsBefore.contains(flow) == flowsAfter.contains(flow));
        for (Fact fact : threat.applicability().facts()) {
            String origin = " " + fact.origin() + " ";
            changed.stream()
                    .filter(flow -> origin.contains(" " + flow + " "))
                    .forEach(flow -> addIfChanged(flow, phrases));
        }
    }

    private void addIfChanged(String flow, Set<String> phrases) {
        boolean isNow = flowsAfter.contains(flow);
        if (flowsBefore.contains(flow) != isNow) {
            phrases.add((isNow ? "new flow " : "flow removed: ") + flow);
        }
    }

    private void addControl(Fact fact, Set<String> phrases) {
        String kind = fact.name().substring("control.".length());
        String control = control(kind, fact.value(), fact.element());
        boolean wasThere = controlsBefore.contains(control);
        boolean isThere = controlsAfter.contains(control);
        if (wasThere == isThere) {
            return;
        }
        phrases.add((isThere ? "new control " : "control removed: ") + control);
    }

    private void changesAt(Threat threat, Set<String> phrases) {
        List<String> changes = new ArrayList<>();
        for (String element : threat.roles().values()) {
            String prefix = element + " ";
            after.stream()
                    .filter(key -> key.startsWith(prefix) && !before.contains(key))
                    .forEach(key -> changes.add("now " + key));
            before.stream()
                    .filter(key -> key.startsWith(prefix) && !after.contains(key))
                    .forEach(key -> changes.add("no longer " + key));
        }
        phrases.addAll(changes);
    }
}
