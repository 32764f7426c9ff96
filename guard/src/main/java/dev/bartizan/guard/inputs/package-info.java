/// Inputs of classical models: whether a tensor is of the expected kind, looks like training data,
/// is unstable under small changes, and whether a client's queries follow one another as an
/// attack's do.
@NullMarked
package dev.bartizan.guard.inputs;

import org.jspecify.annotations.NullMarked;
