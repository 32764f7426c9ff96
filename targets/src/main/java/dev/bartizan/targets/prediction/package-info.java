/// Classifiers behind HTTP that are asked for many predictions.
@NullMarked
package dev.bartizan.targets.prediction;

import org.jspecify.annotations.NullMarked;
