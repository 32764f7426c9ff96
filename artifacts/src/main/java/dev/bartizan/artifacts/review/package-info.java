/// What files of other formats than ONNX tell of a model's architecture.
@NullMarked
package dev.bartizan.artifacts.review;

import org.jspecify.annotations.NullMarked;
