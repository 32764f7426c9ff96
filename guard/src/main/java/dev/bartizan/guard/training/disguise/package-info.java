/// Disguises that measure the normaliser, written from specifications.
@NullMarked
package dev.bartizan.guard.training.disguise;

import org.jspecify.annotations.NullMarked;
