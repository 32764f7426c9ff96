@NullMarked
package dev.bartizan.robustness.smoothing;

import org.jspecify.annotations.NullMarked;
