package dev.bartizan.guard.policy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Limits over time that are counted for as long as the process runs. Safe for use by several
/// threads.
public final class SpentInMemory implements SpentLimits {
    private final InstantSource clock;
    private SpentList spent = new SpentList(List.of());

    /// Nothing spent yet.
    public SpentInMemory(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> spend(Ask ask) {
        SpentList.Outcome outcome = spent.spend(ask, clock.instant());
        spent = outcome.after();
        return outcome.problem();
    }
}
