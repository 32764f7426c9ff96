package dev.bartizan.artifacts.spi;

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

    private long unpacked;
    private int members;

    /// A full budget.
    public Budget() {}

    /// How many bytes the next member may unpack to.
    public long memberBytes() {
        return Math.min(MEMBER_BYTES, UNPACKED_BYTES - unpacked);
    }

    /// Counts unpacked bytes.
    public void unpacked(long bytes) {
        unpacked += bytes;
    }

    /// Counts a member; false when there were too many.
    public boolean takeMember() {
        return ++members <= MEMBERS;
    }
}
