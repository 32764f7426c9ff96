/// Makes small classifiers withstand small changes of their inputs.
@NullMarked
package dev.bartizan.robustness.harden;

import org.jspecify.annotations.NullMarked;
