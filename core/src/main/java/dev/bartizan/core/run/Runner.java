package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Context;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Observation;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// Runs checks side by side and keeps what they saw.
///
/// A check that throws, or outlives its time, leaves `Failed` evidence; the others go on. Evidence
/// is kept the moment a check ends, so that an interrupted run loses only what was under way.
public final class Runner {
    private final AiSystem system;
    private final EvidenceStore store;
    private final Clock clock;
    private final RunListener listener;

    /// @param system what is assessed
    /// @param store where evidence goes
    /// @param clock the time
    /// @param listener hears how it goes
    public Runner(AiSystem system, EvidenceStore store, Clock clock, RunListener listener) {
        this.system = system;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
    }

    /// Runs what the plan holds, unless its evidence still does.
    ///
    /// @return what was left out and why
    /// @throws InterruptedException when cancelled; what has ended by then is kept
    /// @throws IOException when evidence cannot be kept
    public List<String> run(Plan plan, RunOptions options)
            throws IOException, InterruptedException {
        List<String> notes = new ArrayList<>();
        List<Callable<Void>> work = new ArrayList<>();
        EvidenceView view = EvidenceView.of(store.evidence(), plan.targets(), clock.instant());
        for (CheckRun run : plan.runs()) {
            if (!options.wants(run.card().id()) || mayNotRun(run, notes)) {
                continue;
            }
            if (!options.isFresh() && Reuse.holds(run, view)) {
                listener.reused(run.card().id(), run.element().id());
                continue;
            }
            work.add(() -> {
                runOne(run, options);
                return null;
            });
        }
        listener.planned(work.size());
        try {
            SideBySide.call(work, options.parallelism(), (_, _) -> {});
        } catch (ExecutionException e) {
            throw new IOException("Evidence could not be kept: " + e.getCause(), e);
        }
        return notes;
    }

    private boolean mayNotRun(CheckRun run, List<String> notes) {
        boolean hasEffects = run.card().effects() == CheckCard.Effects.CHANGES_STATE;
        if (!hasEffects || system.allowsEffects()) {
            return false;
        }
        notes.add(
                ("%s was not run at %s: it changes the state of its target, and the environment is"
                                + " \"%s\", not \"staging\"")
                        .formatted(run.card().id(), run.element().id(), system.environment()));
        return true;
    }

    private void runOne(CheckRun run, RunOptions options) throws IOException, InterruptedException {
        String check = run.card().id();
        String element = run.element().id();
        listener.started(check, element);
        Context context =
                new Context(
                        clock,
                        run.seed(),
                        run.parameters(),
                        (done, of, words) -> listener.progressed(check, element, done, of, words),
                        options.isThorough(),
                        new LastSound(run, store));
        Instant started = clock.instant();
        List<Evidence> evidence;
        try {
            List<Observation> observations =
                    TimeLimit.call(
                            limit(run.card().cost()),
                            () -> run.check().run(system, run.element(), context));
            evidence = new Sealer(store, run, started, clock.instant()).sealAll(observations);
        } catch (TimeLimit.BrokeException e) {
            evidence = new Sealer(store, run, started, clock.instant()).sealFailure(e.words());
        }
        store.append(evidence);
        listener.finished(check, element, evidence);
    }

    /// Well above what a check of that cost says it takes.
    private static Duration limit(CheckCard.Cost cost) {
        return switch (cost) {
            case SECONDS -> Duration.ofMinutes(2);
            case MINUTES -> Duration.ofMinutes(30);
            case HOURS -> Duration.ofHours(12);
        };
    }
}
