package dev.bartizan.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What all stages said of one part.
///
/// @param verdict about injection and jailbreak
/// @param score how likely an attack is, 0..1; the flagging threshold is 0.5
/// @param findings everything seen, in order of place
public record Judgement(Verdict verdict, double score, List<Detection> findings) {
    /// Copies the list.
    public Judgement {
        findings = List.copyOf(findings);
    }

    /// The same with more findings that do not bear on the verdict.
    public Judgement and(List<Detection> more) {
        List<Detection> all = new ArrayList<>(findings);
        all.addAll(more);
        all.sort(Comparator.comparingInt(Detection::start).thenComparingInt(Detection::end));
        return new Judgement(verdict, score, all);
    }
}
