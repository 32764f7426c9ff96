/// What the graph of an ONNX model tells of its architecture.
@NullMarked
package dev.bartizan.tensors.review;

import org.jspecify.annotations.NullMarked;
