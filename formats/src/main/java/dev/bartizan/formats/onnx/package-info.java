/// ONNX models read and written within limits: the messages of `onnx.proto` (IR version 13) that
/// carry meaning, as immutable records.
///
/// Specification: onnx/onnx, `onnx/onnx.proto3`; wire format: Protocol Buffers encoding.
@NullMarked
package dev.bartizan.formats.onnx;

import org.jspecify.annotations.NullMarked;
