/// Keras models: `.keras` archives and HDF5 files.
@NullMarked
package dev.bartizan.artifacts.keras;

import org.jspecify.annotations.NullMarked;
