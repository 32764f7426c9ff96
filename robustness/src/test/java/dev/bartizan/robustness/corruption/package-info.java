@NullMarked
package dev.bartizan.robustness.corruption;

import org.jspecify.annotations.NullMarked;
