package dev.bartizan.robustness.tabular;

/// One field of a row that an evasion changes.
///
/// @param name of the column
/// @param from value before
/// @param to value after
/// @param cost of this change
/// @param by who can do it, in words; empty when not said
public record FieldChange(String name, double from, double to, double cost, String by) {}
