/// Models run by ONNX Runtime, within limits of threads, time and size.
@NullMarked
package dev.bartizan.tensors.inference;

import org.jspecify.annotations.NullMarked;
