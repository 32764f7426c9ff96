package dev.bartizan.formats.parquet;

import java.util.List;

/// Rows that are kept together.
///
/// @param rows how many are promised
/// @param chunks one for each column, in the schema's order
public record RowGroup(long rows, List<ColumnChunk> chunks) {
    public RowGroup {
        chunks = List.copyOf(chunks);
    }
}
