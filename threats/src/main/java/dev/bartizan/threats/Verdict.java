package dev.bartizan.threats;

import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a condition was decided.
///
/// @param truth true, false or unknown
/// @param facts the facts that decided it
/// @param path a witness path, when it is about one
/// @param missing names of facts that nothing is known of, when it is unknown
record Verdict(Truth truth, List<Fact> facts, List<Flow> path, List<String> missing) {
    /// Kleene's three truth values.
    enum Truth {
        FALSE,
        UNKNOWN,
        TRUE
    }

    Verdict {
        facts = List.copyOf(facts);
        path = List.copyOf(path);
        missing = List.copyOf(missing);
    }

    static Verdict of(boolean isTrue, List<Fact> facts) {
        return new Verdict(isTrue ? Truth.TRUE : Truth.FALSE, facts, List.of(), List.of());
    }

    static Verdict unknown(String missing) {
        return new Verdict(Truth.UNKNOWN, List.of(), List.of(), List.of(missing));
    }

    boolean isTrue() {
        return truth == Truth.TRUE;
    }

    Verdict negated() {
        Truth opposite =
                switch (truth) {
                    case TRUE -> Truth.FALSE;
                    case FALSE -> Truth.TRUE;
                    case UNKNOWN -> Truth.UNKNOWN;
                };
        return new Verdict(opposite, facts, List.of(), missing);
    }

    /// All of them: the least truth value, with what decided it.
    static Verdict all(List<Verdict> parts) {
        return joined(parts, least(parts));
    }

    /// Any of them: the greatest truth value, with what decided it.
    static Verdict any(List<Verdict> parts) {
        return joined(parts, greatest(parts));
    }

    private static Truth least(List<Verdict> parts) {
        return parts.stream().map(Verdict::truth).min(Truth::compareTo).orElse(Truth.TRUE);
    }

    private static Truth greatest(List<Verdict> parts) {
        return parts.stream().map(Verdict::truth).max(Truth::compareTo).orElse(Truth.FALSE);
    }

    private static Verdict joined(List<Verdict> parts, Truth truth) {
        Set<Fact> facts = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        List<Flow> path = new ArrayList<>();
        for (Verdict part : parts) {
            if (part.truth() == truth) {
                facts.addAll(part.facts());
                missing.addAll(part.missing());
                if (path.isEmpty()) {
                    path.addAll(part.path());
                }
            }
        }
        return new Verdict(truth, List.copyOf(facts), path, List.copyOf(missing));
    }
}
