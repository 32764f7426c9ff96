package dev.bartizan.tensors.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.util.Set;

/// Weights that lie in other files, and rounded ones.
final class WeightsReview {
    private static final Set<String> ROUNDS =
            Set.of(
                    "QuantizeLinear",
                    "DequantizeLinear",
                    "DynamicQuantizeLinear",
                    "QLinearConv",
                    "QLinearMatMul",
                    "QLinearAdd",
                    "QGemm",
                    "QAttention",
                    "ConvInteger",
                    "MatMulInteger",
                    "MatMulIntegerToFloat",
                    "DynamicQuantizeMatMul",
                    "DynamicQuantizeLSTM",
                    "MatMulNBits",
                    "MatMulBnb4",
                    "GatherBlockQuantized");

    private final GraphReview to;

    WeightsReview(GraphReview to) {
        this.to = to;
    }

    void review(GraphReview.Everything everything) {
        for (OnnxTensor tensor : everything.tensors()) {
            if (tensor.data() instanceof OnnxTensorData.External external) {
                String location = external.location();
                to.addTensor(ModelFact.EXTERNAL_DATA, location, tensor.name());
                if (leadsOut(location)) {
                    to.addTensor(ModelFact.EXTERNAL_DATA_ESCAPES, location, tensor.name());
                }
            }
        }
        for (OnnxNode node : everything.nodes()) {
            if (ROUNDS.contains(node.opType())) {
                to.add(ModelFact.QUANTISED, node.opType(), node);
            }
        }
    }

    /// Whether a path is absolute or climbs, in the writing of any system.
    private static boolean leadsOut(String location) {
        String plain = location.replace('\\', '/');
        return plain.startsWith("/") || plain.contains(":") || ("/" + plain + "/").contains("/../");
    }
}
