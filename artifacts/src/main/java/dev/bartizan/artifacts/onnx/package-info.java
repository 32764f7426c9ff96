/// ONNX models.
@NullMarked
package dev.bartizan.artifacts.onnx;

import org.jspecify.annotations.NullMarked;
