package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;

/// Writes the vector-Jacobian product of one operator: gives each wanted input its share of the
/// outputs' adjoints.
@FunctionalInterface
interface OperatorGradient {
    void emit(OnnxNode node, Backward backward) throws GradientException;
}
