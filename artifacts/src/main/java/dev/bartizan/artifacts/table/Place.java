package dev.bartizan.artifacts.table;

/// Where a value stands.
///
/// @param column its name
/// @param group what the rows are kept in, such as `row group 0`
/// @param row in the whole table, from 0; negative where no row has it
record Place(String column, String group, long row) {
    @Override
    public String toString() {
        return column + ", " + group + ", " + (row < 0 ? "no row" : "row " + row);
    }
}
