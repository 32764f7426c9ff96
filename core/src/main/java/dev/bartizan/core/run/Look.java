package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.Element;
import dev.bartizan.core.TargetDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Asks one check whether it applies to one element, and what it would look at there.
record Look(AiSystem system, Element element, Check check, boolean isThorough)
        implements Callable<Look.Seen> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// What the check said.
    ///
    /// @param run empty when the check does not apply
    /// @param notes what could not be told, and why
    record Seen(Optional<CheckRun> run, List<String> notes) {}

    @Override
    public Seen call() throws InterruptedException {
        List<String> notes = new ArrayList<>();
        if (!isApplicable(notes)) {
            return new Seen(Optional.empty(), notes);
        }
        Optional<TargetDigest> target = target(notes);
        return new Seen(
                Optional.of(CheckRun.of(system, check, element, target, isThorough)), notes);
    }

    private boolean isApplicable(List<String> notes) throws InterruptedException {
        try {
            return TimeLimit.call(LIMIT, () -> check.isApplicable(system, element));
        } catch (TimeLimit.BrokeException e) {
            notes.add(
                    "%s could not tell whether it applies to %s: %s"
                            .formatted(check.card().id(), element.id(), e.words()));
            return false;
        }
    }

    private Optional<TargetDigest> target(List<String> notes) throws InterruptedException {
        try {
            return TimeLimit.call(LIMIT, () -> check.target(system, element));
        } catch (TimeLimit.BrokeException e) {
            notes.add(
                    "%s could not tell what it would look at in %s: %s"
                            .formatted(check.card().id(), element.id(), e.words()));
            return Optional.empty();
        }
    }
}
