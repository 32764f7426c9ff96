/// OCDBT, the key-value store that checkpoints of JAX lie in (google/tensorstore,
/// `kvstore/ocdbt/index.rst`, "Storage format"): frames, and what stands in them once unpacked.
@NullMarked
package dev.bartizan.formats.ocdbt;

import org.jspecify.annotations.NullMarked;
