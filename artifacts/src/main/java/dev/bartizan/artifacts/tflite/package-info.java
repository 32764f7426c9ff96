/// TensorFlow Lite models.
@NullMarked
package dev.bartizan.artifacts.tflite;

import org.jspecify.annotations.NullMarked;
