package dev.bartizan.artifacts.spi;

import dev.bartizan.formats.ByteSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How long one file may be looked at: {@link #LEAST} and {@link #PER_MEGABYTE}. Readers that could
/// be kept busy ask at every step; each read of a file's bytes asks for them.
///
/// A busy machine makes a file take long on the clock that is looked at in no time. So the clock
/// only starts the measuring: once that much time went by, the file may use as much processor time
/// again. It is stopped between one and two limits of processor time.
///
/// Several threads may look at parts of a file, each by a {@link #part} of its own. What helpers
/// took counts as time gone by, and once the measuring has begun processor time counts over all of
/// them.
public final class TimeLimit {
    /// What every file may take.
    public static final Duration LEAST = Duration.ofSeconds(10);

    /// What each megabyte (10^6 bytes) of a file adds.
    public static final Duration PER_MEGABYTE = Duration.ofSeconds(1);

    private static final long MEGABYTE = 1_000_000;

    /// More are not counted, so that nanoseconds fit a number: thirty years.
    private static final long MOST_MEGABYTES = 1_000_000_000;

    private static final Clocks REAL =
            new Clocks(
                    System::nanoTime,
                    () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    private static final long UNKNOWN = -1;

    /// Least time between two looks at the processor's clock, in nanoseconds: a look costs one
    /// thousandth of it.
    private static final long BETWEEN = 1_000_000;

    private final Clocks clocks;
    private final long nanos;
    private final long measureFrom;
    private final Together together;
    private long usedBefore = UNKNOWN;
    private long begun;
    private long askedAt;

    /// What all threads that look at a file have used, in nanoseconds.
    private record Together(AtomicLong used, AtomicLong helped) {}

    /// What time is read from, in nanoseconds.
    ///
    /// @param wall a clock on the wall; only differences count
    /// @param processor time that this thread has used
    public record Clocks(LongSupplier wall, LongSupplier processor) {}

    private TimeLimit(long bytes, Clocks clocks) {
        this.clocks = clocks;
        // In whole numbers: a multiplied Duration goes through BigDecimal, which costs a short scan
        // 2 ms.
        long megabytes = Math.min(bytes / MEGABYTE, MOST_MEGABYTES);
        this.nanos = LEAST.toNanos() + megabytes * PER_MEGABYTE.toNanos();
        this.measureFrom = clocks.wall().getAsLong() + nanos;
        this.together = new Together(new AtomicLong(), new AtomicLong());
        askedAt = measureFrom - nanos - BETWEEN;
    }

    private TimeLimit(TimeLimit whole) {
        this.clocks = whole.clocks;
        this.nanos = whole.nanos;
        this.measureFrom = whole.measureFrom;
        this.together = whole.together;
        askedAt = clocks.wall().getAsLong() - BETWEEN;
    }

    /// The same limit for a thread that looks at a part of the file.
    TimeLimit part() {
        return new TimeLimit(this);
    }

    /// A thread begins to look at this part.
    void begin() {
        begun = clocks.wall().getAsLong();
    }

    /// It is done with it.
    ///
    /// @param isHelp whether another thread was at work meanwhile
    void end(boolean isHelp) {
        if (isHelp) {
            together.helped.addAndGet(clocks.wall().getAsLong() - begun);
        }
        if (usedBefore != UNKNOWN) {
            together.used.addAndGet(clocks.processor().getAsLong() - usedBefore);
        }
    }

    /// This thread goes on by itself; what it used for parts is counted there.
    void goOn() {
        usedBefore = UNKNOWN;
    }

    /// The limit of a file of this size, from now on.
    public static TimeLimit forFile(long bytes) {
        return new TimeLimit(bytes, REAL);
    }

    /// The same by other clocks.
    public static TimeLimit forFile(long bytes, Clocks clocks) {
        return new TimeLimit(bytes, clocks);
    }

    /// These bytes, to be read while there is time.
    public ByteSource around(ByteSource bytes) {
        return new TimedSource(bytes instanceof TimedSource timed ? timed.bytes() : bytes, this);
    }

    /// Goes on while there is time.
    ///
    /// @throws OutOfTime when there is none
    public void check() {
        long now = clocks.wall().getAsLong();
        if (now - measureFrom + together.helped.get() > 0 && now - askedAt >= BETWEEN) {
            askedAt = now;
            checkProcessor();
        }
    }

    private void checkProcessor() {
        long now = clocks.processor().getAsLong();
        long more = usedBefore == UNKNOWN ? 0 : now - usedBefore;
        usedBefore = now;
        if (together.used.addAndGet(more) > nanos) {
            throw new OutOfTime(
                    "Looking at it takes longer than "
                            + Duration.ofNanos(nanos).toSeconds()
                            + " s, the most for its size");
        }
    }
}
