/// A bounded walk over protocol-buffer bytes, without any schema.
@NullMarked
package dev.bartizan.artifacts.protobuf;

import org.jspecify.annotations.NullMarked;
