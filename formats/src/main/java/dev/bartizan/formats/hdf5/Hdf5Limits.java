package dev.bartizan.formats.hdf5;

/// How much one HDF5 file may make its reader do.
public final class Hdf5Limits {
    /// Most objects visited.
    public static final int OBJECTS = 200_000;

    /// Most groups in one another.
    public static final int DEPTH = 64;

    /// Most header messages, index records and heap objects read, in all.
    public static final int RECORDS = 2_000_000;

    /// As many are read of any file; beyond, one more for each of its bytes, for records take some.
    public static final int FEWEST_RECORDS = 10_000;

    /// Most bytes of values of one attribute.
    public static final int VALUE_BYTES = 32 << 20;

    /// Most bytes of values of all attributes.
    public static final long ALL_VALUE_BYTES = 96L << 20;

    /// Most problems and unread parts listed, each.
    public static final int LISTED = 100;

    private Hdf5Limits() {}
}
