package dev.bartizan.formats.parquet;

/// A column that holds values: a leaf of the schema.
///
/// @param name names from the root on, joined by dots
/// @param type of its values
/// @param valueBytes bytes of one value of a fixed length; 0 otherwise
/// @param isText whether they are said to be text
/// @param levels how deep it lies
public record ParquetColumn(
        String name, PhysicalType type, int valueBytes, boolean isText, Levels levels) {
    /// How deep a column lies (Dremel, "Repetition and Definition Levels").
    ///
    /// @param definition how many of its ancestors and itself may be absent
    /// @param repetition how many of them are lists
    public record Levels(int definition, int repetition) {}
}
