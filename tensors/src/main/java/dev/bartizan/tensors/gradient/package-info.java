/// Gradients of ONNX models, as ONNX models: the graph is brought to one form, its values' shapes
/// are read off ONNX Runtime, and for each step the vector-Jacobian product is written in ONNX
/// operators. The bytes attacked are the bytes deployed.
///
/// Method: reverse-mode differentiation, A. Griewank and A. Walther, "Evaluating Derivatives",
/// chapter 3. An operator without a rule is refused by name; no gradient is silently zero.
@NullMarked
package dev.bartizan.tensors.gradient;

import org.jspecify.annotations.NullMarked;
