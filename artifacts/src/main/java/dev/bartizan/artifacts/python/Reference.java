package dev.bartizan.artifacts.python;

/// A place where a program speaks of a function or a module as a value: assigns it, stores it,
/// hands it over, returns it.
///
/// @param name its dotted name with imports resolved
/// @param source the line it stands in, or what is near it there
/// @param offset where the name starts, in UTF-16 units
public record Reference(String name, String source, int offset) {}
