/// ONNX models: contract and execution.
@NullMarked
package dev.bartizan.tensors;

import org.jspecify.annotations.NullMarked;
