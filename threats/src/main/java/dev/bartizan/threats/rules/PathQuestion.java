package dev.bartizan.threats.rules;

import java.util.List;
import java.util.Optional;

/// A question about where data can go: can it get from such elements to such others, through one of
/// these?
///
/// @param id stable name
/// @param title what it means when it can
/// @param from where it starts
/// @param through elements that the way must pass, in their order; none when that does not matter
/// @param joinedBy where a second way starts that must reach the first of `through` too; a cut may
///   stand on either way
/// @param to where it must not get
/// @param stoppedBy kinds of control that stop it at the element they stand at
/// @param mend how to mend it
public record PathQuestion(
        String id,
        String title,
        Condition from,
        List<Condition> through,
        Optional<Condition> joinedBy,
        Condition to,
        List<String> stoppedBy,
        String mend) {
    public PathQuestion {
        through = List.copyOf(through);
        stoppedBy = List.copyOf(stoppedBy);
    }
}
