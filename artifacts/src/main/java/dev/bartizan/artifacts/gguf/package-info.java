/// GGUF and GGML models.
@NullMarked
package dev.bartizan.artifacts.gguf;

import org.jspecify.annotations.NullMarked;
