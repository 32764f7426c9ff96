/// Arrays in NumPy's `.npy` format, versions 1 to 3, read and written within limits.
///
/// Specification: NumPy, "NEP 1 — A simple file format for NumPy arrays" and `numpy.lib.format`.
/// Arrays of Python objects are pickles and are refused.
@NullMarked
package dev.bartizan.formats.npy;

import org.jspecify.annotations.NullMarked;
