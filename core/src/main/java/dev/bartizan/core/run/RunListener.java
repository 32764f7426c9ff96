package dev.bartizan.core.run;

import dev.bartizan.core.Evidence;
import java.util.List;

/// Hears how a run goes. Called from several threads.
public interface RunListener {
    /// Checks were asked what they would look at, `done` of `of` times.
    default void looking(int done, int of) {}

    /// So many checks will run.
    default void planned(int runs) {}

    /// A check begins.
    default void started(String check, String element) {}

    /// A check is at `done` of `of` steps.
    default void progressed(String check, String element, int done, int of, String words) {}

    /// A check ended; its evidence is kept.
    default void finished(String check, String element, List<Evidence> evidence) {}

    /// Earlier evidence still holds.
    default void reused(String check, String element) {}

    /// Hears nothing.
    RunListener SILENT = new RunListener() {};
}
