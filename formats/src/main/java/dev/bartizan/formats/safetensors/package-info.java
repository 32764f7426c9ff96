/// The header of safetensors files.
@NullMarked
package dev.bartizan.formats.safetensors;

import org.jspecify.annotations.NullMarked;
