@NullMarked
package dev.bartizan.robustness.tabular;

import org.jspecify.annotations.NullMarked;
