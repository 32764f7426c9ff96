package dev.bartizan.reports;

import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What changed since an earlier assessment of the same system.
///
/// @param before the earlier one
/// @param now the later one
/// @param appeared threats that are new
/// @param unchanged threats that stand as they stood
/// @param changed threats whose standing or severity changed
/// @param gone threats that are no longer there
/// @param addedElements ids of elements that are new
/// @param removedElements ids of elements that are no longer there
public record Comparison(
        ComparableAssessment before,
        ComparableAssessment now,
        List<ComparableThreat> appeared,
        List<ComparableThreat> unchanged,
        List<Change> changed,
        List<ComparableThreat> gone,
        List<String> addedElements,
        List<String> removedElements) {
    public Comparison {
        appeared = List.copyOf(appeared);
        unchanged = List.copyOf(unchanged);
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
        addedElements = List.copyOf(addedElements);
        removedElements = List.copyOf(removedElements);
    }

    /// A threat that stands otherwise than before.
    public record Change(ComparableThreat before, ComparableThreat now) {}

    /// How a threat compares with the earlier assessment.
    public enum State {
        NEW,
        UNCHANGED,
        CHANGED,
        GONE
    }

    /// Compares two assessments by threat and element ids.
    public static Comparison between(ComparableAssessment before, ComparableAssessment now) {
        Map<String, ComparableThreat> earlier = byId(before);
        Map<String, ComparableThreat> later = byId(now);
        List<ComparableThreat> appeared = new ArrayList<>();
        List<ComparableThreat> unchanged = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (ComparableThreat threat : later.values()) {
            ComparableThreat old = earlier.get(threat.id());
            if (old == null) {
                appeared.add(threat);
            } else if (standsAlike(old, threat)) {
                unchanged.add(threat);
            } else {
                changed.add(new Change(old, threat));
            }
        }
        List<ComparableThreat> gone =
                earlier.values().stream()
                        .filter(threat -> !later.containsKey(threat.id()))
                        .toList();
        return new Comparison(
                before,
                now,
                appeared,
                unchanged,
                changed,
                gone,
                without(now.elements(), before.elements()),
                without(before.elements(), now.elements()));
    }

    private static boolean standsAlike(ComparableThreat old, ComparableThreat threat) {
        return old.standing() == threat.standing()
                && old.severity() == threat.severity()
                && old.applies() == threat.applies();
    }

    private static Map<String, ComparableThreat> byId(ComparableAssessment assessment) {
        Map<String, ComparableThreat> threats = new LinkedHashMap<>();
        assessment.threats().forEach(threat -> threats.putIfAbsent(threat.id(), threat));
        return threats;
    }

    private static List<String> without(List<String> all, List<String> known) {
        Set<String> rest = new LinkedHashSet<>(all);
        known.forEach(rest::remove);
        return List.copyOf(rest);
    }

    /// How the threat of that id compares; new when the earlier assessment does not know it.
    public State stateOf(String threat) {
        if (gone.stream().anyMatch(each -> each.id().equals(threat))) {
            return State.GONE;
        }
        if (changed.stream().anyMatch(each -> each.now().id().equals(threat))) {
            return State.CHANGED;
        }
        return unchanged.stream().anyMatch(each -> each.id().equals(threat))
                ? State.UNCHANGED
                : State.NEW;
    }

    /// Adequate coverage as it would be had every threat that no longer counts stayed, standing as
    /// it stood, 0..1. A threat no longer counts when it is gone, or when a control that nobody
    /// measured was declared against it.
    public double adequateShareHadNothingVanished() {
        List<ComparableThreat> vanished = vanished();
        long adequate = vanished.stream().filter(ComparableThreat::isAdequate).count();
        int threats = now.coverage().threats() + vanished.size();
        return threats == 0 ? 1 : (double) (now.coverage().adequate() + adequate) / threats;
    }

    private List<ComparableThreat> vanished() {
        List<ComparableThreat> vanished = new ArrayList<>(gone);
        vanished.removeIf(threat -> !counted(before, threat));
        changed.stream()
                .filter(change -> counted(before, change.before()) && !counted(now, change.now()))
                .forEach(change -> vanished.add(change.before()));
        return vanished;
    }

    private static boolean counted(ComparableAssessment in, ComparableThreat threat) {
        return threat.applies() || in.coverage().threats() == in.threats().size();
    }

    /// What the reader must know of a rise in adequate coverage: that it comes only, or in part,
    /// from elements or threats that vanished. Empty when nothing vanished or coverage did not
    /// rise.
    public Optional<String> coverageCaution() {
        double was = before.coverage().adequateShare();
        double is = now.coverage().adequateShare();
        double honest = adequateShareHadNothingVanished();
        if (is <= was || vanished().isEmpty() || honest >= is) {
            return Optional.empty();
        }
        String rise = Words.percent(was) + " to " + Words.percent(is);
        String lost = Words.count(vanished().size(), "threat", "threats");
        String where =
                removedElements.isEmpty()
                        ? ""
                        : " with " + Words.count(removedElements.size(), "element", "elements");
        if (honest <= was) {
            return Optional.of(
                    "Adequate coverage rose from "
                            + rise
                            + " only because "
                            + lost
                            + " vanished"
                            + where
                            + "; had they stayed it would be "
                            + Words.percent(honest)
                            + ".");
        }
        return Optional.of(
                "Adequate coverage rose from "
                        + rise
                        + ", in part because "
                        + lost
                        + " vanished"
                        + where
                        + "; had they stayed it would be "
                        + Words.percent(honest)
                        + ".");
    }
}
