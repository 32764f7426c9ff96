@NullMarked
package dev.bartizan.formats.onnx;

import org.jspecify.annotations.NullMarked;
