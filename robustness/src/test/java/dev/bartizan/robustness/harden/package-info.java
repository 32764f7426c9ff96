@NullMarked
package dev.bartizan.robustness.harden;

import org.jspecify.annotations.NullMarked;
