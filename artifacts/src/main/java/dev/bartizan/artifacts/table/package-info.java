/// Tables of data: Parquet, Arrow. Values are data; what they say to a model, and files among them,
/// are looked at value by value.
@NullMarked
package dev.bartizan.artifacts.table;

import org.jspecify.annotations.NullMarked;
