package dev.bartizan.artifacts.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How much work one scanned file may cause, shared by everything inside it.
public final class Budget {
    /// Most bytes that may be unpacked from one file.
    public static final long UNPACKED_BYTES = 4L << 30;

    /// Most bytes that may be unpacked from one member.
    public static final long MEMBER_BYTES = 1L << 30;

    /// Most members looked at in one file, over all levels.
    public static final int MEMBERS = 200_000;

    /// Deepest nesting of containers.
    public static final int DEPTH = 8;

    /// From this size on, unpacking to more than {@link #BOMB_RATIO} times the packed size is a
    /// bomb, and unpacking stops.
    public static final long BOMB_BYTES = 32L << 20;

    /// Honest data is packed less tightly than this.
    public static final long BOMB_RATIO = 200;

    /// Most bytes that a member behind a bomb may unpack to: enough for whatever runs code.
    private static final long BEHIND_A_BOMB_BYTES = 4L << 20;

    /// Most bytes among numbers that are searched for hidden files.
    public static final long SEARCHED_BYTES = 8L << 20;

    private static final long LEAST_UNPACKED_BYTES = 64L << 20;

    private final long mostUnpacked;
    private final TimeLimit time;
    private final AtomicLong unpacked = new AtomicLong();
    private final AtomicLong searched = new AtomicLong();
    private final AtomicInteger members = new AtomicInteger();
    private final AtomicBoolean isBomb = new AtomicBoolean();

    /// A full budget for a file of any size.
    public Budget() {
        this(UNPACKED_BYTES, TimeLimit.forFile(UNPACKED_BYTES));
    }

    private Budget(long mostUnpacked, TimeLimit time) {
        this.mostUnpacked = mostUnpacked;
        this.time = time;
    }

    /// A full budget for a file of this size: what unpacks from little to very much is a bomb over
    /// all its members, too.
    public static Budget forFile(long bytes) {
        return forFile(bytes, TimeLimit.forFile(bytes));
    }

    /// The same with a limit of time of its own.
    public static Budget forFile(long bytes, TimeLimit time) {
        long atRatio = bytes > UNPACKED_BYTES / BOMB_RATIO ? UNPACKED_BYTES : bytes * BOMB_RATIO;
        return new Budget(Math.clamp(atRatio, LEAST_UNPACKED_BYTES, UNPACKED_BYTES), time);
    }

    /// The time there is for the file.
    public TimeLimit time() {
        return time;
    }

    /// How many bytes the next member may unpack to.
    public long memberBytes() {
        long most = isBomb.get() ? BEHIND_A_BOMB_BYTES : MEMBER_BYTES;
        return Math.max(0, Math.min(most, mostUnpacked - unpacked.get()));
    }

    /// How many bytes a member of this packed size may unpack to before it is a bomb.
    public long memberBytes(long packed) {
        long atRatio = packed > MEMBER_BYTES / BOMB_RATIO ? MEMBER_BYTES : packed * BOMB_RATIO;
        return Math.min(memberBytes(), Math.max(BOMB_BYTES, atRatio));
    }

    /// Notes that a member is a bomb. The file is refused for it whatever else it holds, so less of
    /// the rest is unpacked.
    public void bomb() {
        isBomb.set(true);
    }

    /// Counts unpacked bytes.
    public void unpacked(long bytes) {
        unpacked.addAndGet(bytes);
    }

    /// Takes as many of the bytes as may still be searched, and says how many that are.
    public long takeSearched(long bytes) {
        long before = searched.getAndAdd(bytes);
        return Math.clamp(SEARCHED_BYTES - before, 0, bytes);
    }

    /// Counts a member; false when there were too many.
    public boolean takeMember() {
        return members.incrementAndGet() <= MEMBERS;
    }
}
