package dev.bartizan.artifacts.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

    /// The same in a file so large that a search of either size is but a sample of it; this one
    /// does not take longer than all the rest of the look at it.
    private static final long SAMPLED_BYTES = 2L << 20;

    private static final long LARGE_BYTES = 64L << 20;

    private static final long LEAST_UNPACKED_BYTES = 64L << 20;

    private final Most most;
    private final TimeLimit time;
    private final int helpers;
    private final @Nullable Shares shares;
    private final AtomicLong unpacked = new AtomicLong();
    private final AtomicLong searched = new AtomicLong();
    private final AtomicInteger members = new AtomicInteger();
    private final AtomicBoolean isBomb = new AtomicBoolean();

    private record Most(long unpacked, long searched, int members) {}

    /// What parts that are looked at together spend of what their container has left; each may
    /// spend all of it, all together may not.
    static final class Shares {
        private final AtomicLong unpacked = new AtomicLong();
        private final AtomicInteger members = new AtomicInteger();
        private volatile boolean isOverspent;

        boolean isOverspent() {
            return isOverspent;
        }

        private void spend(long bytes, int more, Most most) {
            if (unpacked.addAndGet(bytes) > most.unpacked
                    || members.addAndGet(more) > most.members) {
                isOverspent = true;
            }
        }
    }

    /// A full budget for a file of any size.
    public Budget() {
        this(
                new Most(UNPACKED_BYTES, SEARCHED_BYTES, MEMBERS),
                TimeLimit.forFile(UNPACKED_BYTES),
                0,
                null);
    }

    private Budget(Most most, TimeLimit time, int helpers, @Nullable Shares shares) {
        this.most = most;
        this.time = time;
        this.helpers = helpers;
        this.shares = shares;
    }

    /// A full budget for a file of this size: what unpacks from little to very much is a bomb over
    /// all its members, too.
    public static Budget forFile(long bytes) {
        return forFile(bytes, TimeLimit.forFile(bytes));
    }

    /// The same with a limit of time of its own.
    public static Budget forFile(long bytes, TimeLimit time) {
        return forFile(bytes, time, Runtime.getRuntime().availableProcessors() - 1);
    }

    /// The same with so many threads that may help the one that looks at the file.
    public static Budget forFile(long bytes, TimeLimit time, int helpers) {
        long atRatio = bytes > UNPACKED_BYTES / BOMB_RATIO ? UNPACKED_BYTES : bytes * BOMB_RATIO;
        long unpacked = Math.clamp(atRatio, LEAST_UNPACKED_BYTES, UNPACKED_BYTES);
        long searched = bytes > LARGE_BYTES ? SAMPLED_BYTES : SEARCHED_BYTES;
        return new Budget(new Most(unpacked, searched, MEMBERS), time, helpers, null);
    }

    /// How many threads may help.
    int helpers() {
        return helpers;
    }

    /// What is left now, for one of several parts that are looked at together.
    ///
    /// @param searchable how many bytes it may search
    Budget share(Shares with, long searchable) {
        Budget share =
                new Budget(
                        new Most(
                                Math.max(0, most.unpacked - unpacked.get()),
                                searchable,
                                Math.max(0, most.members - members.get())),
                        time.part(),
                        helpers,
                        with);
        share.isBomb.set(isBomb.get());
        return share;
    }

    /// Whether a part would have been told the same had it asked for what it did now, as the next
    /// in turn.
    boolean wouldDoAsMuch(Budget part) {
        long left = searchable();
        return left == part.most.searched
                || part.searched.get() <= Math.min(left, part.most.searched);
    }

    /// Counts what a part spent.
    void join(Budget part) {
        unpacked(part.unpacked.get());
        searched.addAndGet(part.searched.get());
        takeMembers(part.members.get());
        if (part.isBomb.get()) {
            bomb();
        }
    }

    /// The time there is for the file.
    public TimeLimit time() {
        return time;
    }

    /// How many bytes the next member may unpack to.
    public long memberBytes() {
        if (shares != null && shares.isOverspent()) {
            return 0;
        }
        long one = isBomb.get() ? BEHIND_A_BOMB_BYTES : MEMBER_BYTES;
        return Math.max(0, Math.min(one, most.unpacked - unpacked.get()));
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

    /// Whether a member was a bomb.
    public boolean hasBomb() {
        return isBomb.get();
    }

    /// Counts unpacked bytes.
    public void unpacked(long bytes) {
        unpacked.addAndGet(bytes);
        if (shares != null) {
            shares.spend(bytes, 0, most);
        }
    }

    /// How many bytes may still be searched.
    public long searchable() {
        return Math.max(0, most.searched - searched.get());
    }

    /// Takes as many of the bytes as may still be searched, and says how many that are.
    public long takeSearched(long bytes) {
        long before = searched.getAndAdd(bytes);
        return Math.clamp(most.searched - before, 0, bytes);
    }

    /// Counts a member; false when there were too many.
    public boolean takeMember() {
        return takeMembers(1);
    }

    private boolean takeMembers(int more) {
        if (shares != null) {
            shares.spend(0, more, most);
        }
        return members.addAndGet(more) <= most.members;
    }
}
