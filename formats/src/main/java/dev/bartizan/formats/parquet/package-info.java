/// Parquet tables (apache/parquet-format): the footer, the pages of a column, texts and bytes in
/// them. Everything that a file says of itself is checked against the file.
@NullMarked
package dev.bartizan.formats.parquet;

import org.jspecify.annotations.NullMarked;
