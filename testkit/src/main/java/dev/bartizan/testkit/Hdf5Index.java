package dev.bartizan.testkit;

/// How the chunks of a dataset are found in files of newer versions of HDF5.
public enum Hdf5Index {
    /// There is one.
    SINGLE,
    /// They lie in a row; not filtered.
    IMPLICIT,
    /// By an array in one block.
    FIXED,
    /// By an array in pages of two.
    FIXED_PAGED,
    /// By an array whose blocks grow, the later ones in pages of two.
    EXTENSIBLE,
    /// By a B-tree of one leaf.
    TREE
}
