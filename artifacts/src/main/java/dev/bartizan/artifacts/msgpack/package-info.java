/// MessagePack, in which Flax keeps weights.
@NullMarked
package dev.bartizan.artifacts.msgpack;

import org.jspecify.annotations.NullMarked;
