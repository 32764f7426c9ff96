package dev.bartizan.guard.personal;

/// Something found.
///
/// @param type what it is, such as `EMAIL_ADDRESS`
/// @param start first character (UTF-16 unit)
/// @param end character after the last
/// @param score how sure, 0..1
record Place(String type, int start, int end, double score) {}
