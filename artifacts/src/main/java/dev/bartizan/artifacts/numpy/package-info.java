/// NumPy arrays.
@NullMarked
package dev.bartizan.artifacts.numpy;

import org.jspecify.annotations.NullMarked;
