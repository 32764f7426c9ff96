package dev.bartizan.artifacts.spi;

/// A part that the reader of an item asks the container of the item for.
///
/// @param part its name, from the folder on in which the item lies
/// @param bytes so many at least; 0 when that is not known
public record Need(String part, long bytes) {}
