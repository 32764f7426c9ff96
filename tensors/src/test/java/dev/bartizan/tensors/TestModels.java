package dev.bartizan.tensors;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.List;

/// Small models with known behaviour.
final class TestModels {
    private TestModels() {}

    /// Softmax of (x0 + x1, 2): class 0 when the columns sum to more than 2. Overflows on huge
    /// inputs unless `isGuarded`, which clips to -100..100.
    static OnnxModel sumOfTwo(boolean isGuarded) {
        List<OnnxTensor> constants =
                List.of(
                        OnnxTensor.floats("w", new long[] {2, 2}, 1, 0, 1, 0),
                        OnnxTensor.floats("b", new long[] {2}, 0, 2),
                        OnnxTensor.floats("low", new long[0], -100),
                        OnnxTensor.floats("high", new long[0], 100));
        List<OnnxNode> nodes =
                List.of(
                        isGuarded
                                ? OnnxNode.of("Clip", List.of("x", "low", "high"), List.of("safe"))
                                : OnnxNode.of("Identity", List.of("x"), List.of("safe")),
                        OnnxNode.of("Gemm", List.of("safe", "w", "b"), List.of("scores")),
                        OnnxNode.of(
                                "Softmax",
                                List.of("scores"),
                                List.of("p"),
                                OnnxAttribute.of("axis", -1L)));
        return model(nodes, constants);
    }

    static OnnxModel model(List<OnnxNode> nodes, List<OnnxTensor> constants) {
        return OnnxModel.of(
                8,
                17,
                "test",
                OnnxGraph.of(
                        "g",
                        nodes,
                        constants,
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "2")),
                        List.of(OnnxValueInfo.tensor("p", OnnxElementType.FLOAT, "n", "2"))));
    }
}
