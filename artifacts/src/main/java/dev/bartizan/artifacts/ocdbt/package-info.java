/// OCDBT, the store that checkpoints of Orbax and TensorStore lie in.
@NullMarked
package dev.bartizan.artifacts.ocdbt;

import org.jspecify.annotations.NullMarked;
