/// Radii within which a classifier's answer under noise is certain, from trials.
@NullMarked
package dev.bartizan.robustness.smoothing;

import org.jspecify.annotations.NullMarked;
