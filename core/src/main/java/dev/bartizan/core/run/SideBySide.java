package dev.bartizan.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs tasks side by side; the first that throws ends the others.
final class SideBySide {
    private SideBySide() {}

    /// Hears how many of the tasks have ended.
    interface Progress {
        void ended(int done, int of);
    }

    /// What the tasks return, in their order.
    ///
    /// @throws InterruptedException when cancelled; tasks under way are interrupted
    /// @throws ExecutionException when a task throws, with that as its cause
    static <T> List<T> call(List<? extends Callable<T>> tasks, int parallelism, Progress progress)
            throws InterruptedException, ExecutionException {
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        parallelism, Thread.ofPlatform().daemon().name("check-", 0).factory());
        try {
            List<Future<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(pool.submit(task)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
                progress.ended(results.size(), futures.size());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
