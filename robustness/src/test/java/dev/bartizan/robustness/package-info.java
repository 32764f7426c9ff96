@NullMarked
package dev.bartizan.robustness;

import org.jspecify.annotations.NullMarked;
