/// Arrow's form on disk (apache/arrow, `docs/source/format/Columnar.rst`, "Serialization and
/// Interprocess Communication"): messages, schemas, batches of rows.
@NullMarked
package dev.bartizan.formats.arrow;

import org.jspecify.annotations.NullMarked;
