package dev.bartizan.threats.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Whether a condition can hold at all. Errs towards yes: conditions on different facts are taken
/// as independent.
final class Satisfiability {
    private static final Set<String> NEGATIVE =
            Set.of("false", "none", "nothing", "never", "nobody", "");

    private final Predicate<String> isSingle;

    /// @param isSingle whether an element can have only one value of a fact
    Satisfiability(Predicate<String> isSingle) {
        this.isSingle = isSingle;
    }

    /// @param certain facts with their one certain value
    boolean canHold(Condition condition, Map<String, String> certain) {
        return switch (condition) {
            case Condition.All all ->
                    all.parts().stream().allMatch(part -> canHold(part, certain))
                            && !contradicts(literals(all))
                            && anyBranchFits(literals(all), certain);
            case Condition.Any any -> any.parts().stream().anyMatch(part -> canHold(part, certain));
            case Condition.Not not -> canFail(not.part(), certain);
            case Condition.Is is -> {
                String value = certain.get(is.fact());
                yield value == null ? !is.values().isEmpty() : is.values().contains(value);
            }
            case Condition.IsNot isNot -> {
                String value = certain.get(isNot.fact());
                yield value == null || !isNot.values().contains(value);
            }
            case Condition.Has _ -> true;
            case Condition.Lacks lacks -> !certain.containsKey(lacks.fact());
            case Condition.Related related -> canHold(related.where(), Map.of());
        };
    }

    private static boolean canFail(Condition condition, Map<String, String> certain) {
        return switch (condition) {
            case Condition.Is is -> {
                String value = certain.get(is.fact());
                yield value == null || !is.values().contains(value);
            }
            case Condition.IsNot isNot -> {
                String value = certain.get(isNot.fact());
                yield value == null || isNot.values().contains(value);
            }
            case Condition.All all -> !all.parts().isEmpty();
            case Condition.Any _,
                    Condition.Not _,
                    Condition.Has _,
                    Condition.Lacks _,
                    Condition.Related _ ->
                    true;
        };
    }

    /// What must hold together, out of conjunctions in conjunctions.
    static List<Condition> literals(Condition condition) {
        List<Condition> parts = new ArrayList<>();
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> parts.addAll(literals(part)));
        } else {
            parts.add(condition);
        }
        return parts;
    }

    private boolean contradicts(List<Condition> parts) {
        for (Condition one : parts) {
            for (Condition other : parts) {
                if (contradicts(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean contradicts(Condition one, Condition other) {
        return switch (one) {
            case Condition.Has has ->
                    other instanceof Condition.Lacks lacks && lacks.fact().equals(has.fact());
            case Condition.Is is -> contradicts(is, other);
            case Condition.Not not -> not.part().equals(other);
            case Condition.All _,
                    Condition.Any _,
                    Condition.IsNot _,
                    Condition.Lacks _,
                    Condition.Related _ ->
                    false;
        };
    }

    private boolean contradicts(Condition.Is is, Condition other) {
        return switch (other) {
            case Condition.Lacks lacks ->
                    lacks.fact().equals(is.fact())
                            && is.values().stream().noneMatch(NEGATIVE::contains);
            case Condition.IsNot isNot ->
                    isNot.fact().equals(is.fact()) && isNot.values().containsAll(is.values());
            case Condition.Is second ->
                    second.fact().equals(is.fact())
                            && isSingle.test(is.fact())
                            && second.values().stream().noneMatch(is.values()::contains);
            case Condition.Has has ->
                    has.fact().equals(is.fact())
                            && isSingle.test(is.fact())
                            && NEGATIVE.containsAll(is.values());
            case Condition.All _, Condition.Any _, Condition.Not _, Condition.Related _ -> false;
        };
    }

    /// Whether of each choice some branch goes with what must hold anyway.
    private boolean anyBranchFits(List<Condition> parts, Map<String, String> certain) {
        List<Condition> firm =
                parts.stream().filter(part -> !(part instanceof Condition.Any)).toList();
        for (Condition part : parts) {
            if (part instanceof Condition.Any any) {
                boolean fits =
                        any.parts().stream()
                                .filter(branch -> canHold(branch, certain))
                                .anyMatch(branch -> goes(branch, firm));
                if (!fits) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean goes(Condition branch, List<Condition> firm) {
        List<Condition> together = new ArrayList<>(literals(branch));
        together.addAll(firm);
        return !contradicts(together);
    }
}
