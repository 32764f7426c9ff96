package dev.bartizan.threats.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether one rule stands in the shadow of another: wherever it applies the other does too, for
/// the same claims, at least as severe, and no control stops only the other. Errs towards no.
final class Shadow {
    private Shadow() {}

    static boolean covers(Rule wide, Rule narrow) {
        boolean isSameKind =
                Set.copyOf(wide.confirmedBy()).equals(Set.copyOf(narrow.confirmedBy()))
                        && wide.forEach().equals(narrow.forEach())
                        && new HashSet<>(narrow.unless()).containsAll(wide.unless());
        boolean isEverywhere =
                wide.at().isEmpty()
                        || (!narrow.at().isEmpty() && wide.at().containsAll(narrow.at()));
        return isSameKind
                && isEverywhere
                && wide.severity().compareTo(narrow.severity()) >= 0
                && implies(narrow.appliesWhen(), wide.appliesWhen());
    }

    private static boolean implies(Condition strong, Condition weak) {
        List<Condition> given = Satisfiability.literals(strong);
        return Satisfiability.literals(weak).stream()
                .allMatch(part -> given.stream().anyMatch(each -> impliesPart(each, part)));
    }

    private static boolean impliesPart(Condition strong, Condition weak) {
        if (strong.equals(weak)) {
            return true;
        }
        return switch (weak) {
            case Condition.Any any -> any.parts().stream().anyMatch(part -> implies(strong, part));
            case Condition.Is is ->
                    strong instanceof Condition.Is given
                            && given.fact().equals(is.fact())
                            && is.values().containsAll(given.values());
            case Condition.IsNot isNot ->
                    strong instanceof Condition.IsNot given
                            && given.fact().equals(isNot.fact())
                            && given.values().containsAll(isNot.values());
            case Condition.Related related ->
                    strong instanceof Condition.Related given
                            && given.relation().equals(related.relation())
                            && implies(given.where(), related.where());
            case Condition.All _, Condition.Not _, Condition.Has _, Condition.Lacks _ -> false;
        };
    }
}
