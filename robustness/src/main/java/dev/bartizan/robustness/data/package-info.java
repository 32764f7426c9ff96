/// Examples from files, and how they are brought to what a model takes.
@NullMarked
package dev.bartizan.robustness.data;

import org.jspecify.annotations.NullMarked;
