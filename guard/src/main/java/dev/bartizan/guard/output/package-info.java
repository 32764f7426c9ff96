/// Checks of what a model wrote: a system prompt that leaks, code that calls out, refusals, and a
/// place for a check of whether an answer rests on its sources.
@NullMarked
package dev.bartizan.guard.output;

import org.jspecify.annotations.NullMarked;
