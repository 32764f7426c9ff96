package dev.bartizan.artifacts.spi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How much work one scanned file may cause, shared by everything inside it, from any thread.
public final class Budget {
    /// Most bytes that may be unpacked from one file.
    public static final long UNPACKED_BYTES = 4L << 30;

    /// Most bytes that may be unpacked from one member.
    public static final long MEMBER_BYTES = 1L << 30;

    /// Most members looked at in one file, over all levels.
    public static final int MEMBERS = 200_000;

    /// Deepest nesting of containers.
    public static final int DEPTH = 8;

    private final AtomicLong unpacked = new AtomicLong();
    private final AtomicInteger members = new AtomicInteger();

    /// A full budget.
    public Budget() {}

    /// How many bytes the next member may unpack to.
    public long memberBytes() {
        return Math.min(MEMBER_BYTES, UNPACKED_BYTES - unpacked.get());
    }

    /// Counts unpacked bytes.
    public void unpacked(long bytes) {
        unpacked.addAndGet(bytes);
    }

    /// Counts a member; false when there were too many.
    public boolean takeMember() {
        return members.incrementAndGet() <= MEMBERS;
    }
}
