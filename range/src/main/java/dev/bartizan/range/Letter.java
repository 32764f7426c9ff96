package dev.bartizan.range;

/// A letter on file.
///
/// @param id such as `L-2041`
/// @param store name of the store it lies in
/// @param owner principal it belongs to
/// @param text what it says
/// @param hasHiddenInstruction whether it tells the assistant to do something
record Letter(String id, String store, String owner, String text, boolean hasHiddenInstruction) {}
