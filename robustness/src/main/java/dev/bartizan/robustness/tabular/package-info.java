/// Evasion of models of tables, in the units of the one who would do it: which fields change by how
/// much, at what cost, with nothing changed that cannot be.
@NullMarked
package dev.bartizan.robustness.tabular;

import org.jspecify.annotations.NullMarked;
