/// Evasion attacks on the classifier that is deployed, within a budget of small changes.
@NullMarked
package dev.bartizan.robustness;

import org.jspecify.annotations.NullMarked;
