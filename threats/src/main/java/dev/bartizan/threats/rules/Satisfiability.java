package dev.bartizan.threats.rules;

import java.util.List;
import java.util.Map;

/// Whether a condition can hold at all, given facts with one certain value. Errs towards yes:
/// conditions on different facts are taken as independent.
final class Satisfiability {
    private Satisfiability() {}

    static boolean canHold(Condition condition, Map<String, String> certain) {
        return switch (condition) {
            case Condition.All all ->
                    all.parts().stream().allMatch(part -> canHold(part, certain))
                            && !contradicts(all.parts());
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

    private static boolean contradicts(List<Condition> parts) {
        return parts.stream()
                .anyMatch(part ->
                        part instanceof Condition.Has has
                                && parts.contains(new Condition.Lacks(has.fact())));
    }
}
