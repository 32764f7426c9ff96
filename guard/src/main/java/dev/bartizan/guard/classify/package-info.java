/// The learned detector: a hashed linear model over windows, and its features.
@NullMarked
package dev.bartizan.guard.classify;

import org.jspecify.annotations.NullMarked;
