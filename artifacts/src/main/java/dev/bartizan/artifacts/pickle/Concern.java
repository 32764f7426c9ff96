package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;

/// A defect seen in a pickle.
///
/// @param about what it is about; the same thing is reported once, at its worst
record Concern(Rule rule, Severity severity, long offset, String about, String message) {}
