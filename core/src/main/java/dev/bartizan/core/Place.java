package dev.bartizan.core;

/// A place in a text file.
///
/// @param file path as the user gave it
/// @param line from 1; 0 when unknown
/// @param column from 1; 0 when unknown
public record Place(String file, int line, int column) {
    /// No particular place.
    public static final Place NOWHERE = new Place("", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
