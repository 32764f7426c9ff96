/// Takes the tensors out of pickle-based weights without executing anything: a machine that knows
/// the few callables tensors are made of and refuses everything else.
@NullMarked
package dev.bartizan.artifacts.convert;

import org.jspecify.annotations.NullMarked;
