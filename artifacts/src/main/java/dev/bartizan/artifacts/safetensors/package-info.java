/// Safetensors files.
@NullMarked
package dev.bartizan.artifacts.safetensors;

import org.jspecify.annotations.NullMarked;
