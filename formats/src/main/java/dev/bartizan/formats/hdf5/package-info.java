/// The object tree of HDF5 files (HDF5 File Format Specification 3.0), read with limits: groups,
/// links, attributes and where data lies; never the data themselves.
@NullMarked
package dev.bartizan.formats.hdf5;

import org.jspecify.annotations.NullMarked;
