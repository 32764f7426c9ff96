package dev.bartizan.robustness;

/// A reason not to rely on a count of robust answers.
///
/// @param id stable, such as `zero-gradient`
/// @param what was seen, with numbers
/// @param mend what to do about it
public record Doubt(String id, String what, String mend) {}
