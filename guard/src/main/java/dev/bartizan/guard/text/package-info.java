/// The normaliser: one readable view of hostile text, with offsets back into the original.
@NullMarked
package dev.bartizan.guard.text;

import org.jspecify.annotations.NullMarked;
