/// FlatBuffers tables of hostile files, read in place with every offset checked.
@NullMarked
package dev.bartizan.formats.flatbuffer;

import org.jspecify.annotations.NullMarked;
