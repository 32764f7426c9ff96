@NullMarked
package dev.bartizan.robustness.data;

import org.jspecify.annotations.NullMarked;
