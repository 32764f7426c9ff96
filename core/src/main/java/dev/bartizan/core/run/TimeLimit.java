package dev.bartizan.core.run;

import dev.bartizan.core.UnreadableTargetException;
import dev.bartizan.core.UserError;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls foreign code for a limited time on a thread of its own, so that neither what it throws nor
/// a hang reaches the caller. Work that does not heed its interruption is left behind on a daemon
/// thread.
final class TimeLimit {
    private static final int MAX_MESSAGE_CHARACTERS = 500;

    private TimeLimit() {}

    /// The work threw, or took too long. The message says which.
    static final class BrokeException extends Exception {
        private static final long serialVersionUID = 1;

        BrokeException(String message, Throwable cause) {
            super(message, cause);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    static <T> T call(Duration limit, Callable<T> work)
            throws BrokeException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name("limited").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new BrokeException("stopped after " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new BrokeException(words(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (InterruptedException e) {
            task.cancel(true);
            thread.join(Duration.ofMillis(500));
            throw e;
        }
    }

    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        String kind = thrown.getClass().getSimpleName();
        String words = message == null || message.isBlank() ? kind : kind + ": " + message;
        if (thrown instanceof UserError error) {
            words = error.what() + (error.where().isEmpty() ? "" : " (" + error.where() + ")");
        }
        if (thrown instanceof UnreadableTargetException) {
            words = String.valueOf(message);
        }
        return words.length() <= MAX_MESSAGE_CHARACTERS
                ? words
                : words.substring(0, MAX_MESSAGE_CHARACTERS) + " …";
    }
}
