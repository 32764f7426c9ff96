package dev.bartizan.tensors.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the outputs of a model are, by the steps that make them.
final class OutputReview {
    private static final int MOST_OUTPUTS = 64;
    private static final Set<String> WEIGHS =
            Set.of(
                    "Gemm",
                    "MatMul",
                    "FusedGemm",
                    "FusedMatMul",
                    "MatMulInteger",
                    "QLinearMatMul",
                    "QGemm",
                    "MatMulNBits",
                    "Conv",
                    "QLinearConv",
                    "GlobalAveragePool");

    private final GraphView graph;
    private final GraphReview to;

    OutputReview(GraphView graph, GraphReview to) {
        this.graph = graph;
        this.to = to;
    }

    void review() {
        graph.outputs().stream().limit(MOST_OUTPUTS).forEach(this::review);
    }

    private void review(OnnxValueInfo output) {
        graph.maker(output.name())
                .ifPresent(node ->
                        kind(node, output).ifPresent(kind -> to.add(ModelFact.OUTPUT, kind, node)));
    }

    /// What an output is; empty when the graph does not tell.
    Optional<String> kind(OnnxNode node, OnnxValueInfo output) {
        return switch (node.opType()) {
            case "Softmax", "Sigmoid", "HardSigmoid", "Hardmax" -> Optional.of("probabilities");
            case "LogSoftmax" -> Optional.of("log-probabilities");
            case "ArgMax", "ArgMin", "NonMaxSuppression", "LabelEncoder" -> Optional.of("label");
            case "TopK" -> Optional.of(isFirst(node, output) ? "scores" : "label");
            case "LpNormalization" -> Optional.of("embedding");
            case "TreeEnsembleClassifier", "LinearClassifier", "SVMClassifier" ->
                    Optional.of(classifier(node, output));
            case "TreeEnsembleRegressor", "LinearRegressor", "SVMRegressor", "TreeEnsemble" ->
                    Optional.of("scores");
            case "Log" -> of(node, "Softmax").map(_ -> "log-probabilities");
            case "Div" -> divided(node);
            case "LayerNormalization", "SkipLayerNormalization", "ReduceMean" ->
                    isFloat(output) ? Optional.of("embedding") : Optional.empty();
            default -> weighed(node, output);
        };
    }

    private Optional<OnnxNode> of(OnnxNode node, String wanted) {
        return node.inputs().stream()
                .findFirst()
                .flatMap(graph::maker)
                .filter(maker -> maker.opType().equals(wanted));
    }

    /// A softmax by hand, or a vector brought to length one.
    private Optional<String> divided(OnnxNode node) {
        if (of(node, "Exp").isPresent()) {
            return Optional.of("probabilities");
        }
        boolean isByLength =
                node.inputs().size() > 1
                        && graph.before(node.inputs().get(1)).stream()
                                .anyMatch(step -> step.opType().startsWith("ReduceL2"));
        return isByLength ? Optional.of("embedding") : Optional.empty();
    }

    private Optional<String> weighed(OnnxNode node, OnnxValueInfo output) {
        Optional<OnnxNode> weighs = weigher(node);
        if (weighs.isEmpty() || !isFloat(output)) {
            return Optional.empty();
        }
        long columns = columns(weighs.get(), output);
        return Optional.of(columns == 1 ? "scores" : "logits");
    }

    /// The weighing step itself, or the one before a bias.
    private Optional<OnnxNode> weigher(OnnxNode node) {
        if (WEIGHS.contains(node.opType())) {
            return Optional.of(node);
        }
        if (!node.opType().equals("Add") && !node.opType().equals("Mul")) {
            return Optional.empty();
        }
        return node.inputs().stream()
                .filter(graph::dependsOnInput)
                .flatMap(input -> graph.maker(input).stream())
                .filter(step -> WEIGHS.contains(step.opType()))
                .filter(_ -> node.inputs().stream().anyMatch(in -> graph.constant(in).isPresent()))
                .findFirst();
    }

    private static boolean isFirst(OnnxNode node, OnnxValueInfo output) {
        return !node.outputs().isEmpty() && node.outputs().get(0).equals(output.name());
    }

    private String classifier(OnnxNode node, OnnxValueInfo output) {
        if (isFirst(node, output) || isLabelType(output)) {
            return "label";
        }
        String transform =
                node.attribute("post_transform").orElse(null)
                                instanceof OnnxAttributeValue.Text text
                        ? text.text()
                        : "NONE";
        return transform.equals("NONE") && !node.opType().startsWith("Tree")
                ? "scores"
                : "probabilities";
    }

    private static boolean isLabelType(OnnxValueInfo output) {
        return output.type() instanceof OnnxType.TensorType type
                && (type.elementType() == OnnxElementType.STRING
                        || type.elementType() == OnnxElementType.INT64);
    }

    private static boolean isFloat(OnnxValueInfo output) {
        return !(output.type() instanceof OnnxType.TensorType type)
                || switch (type.elementType()) {
                    case FLOAT, DOUBLE, FLOAT16, BFLOAT16, UNDEFINED -> true;
                    default -> false;
                };
    }

    /// How many numbers a row of the output has; 0 when nothing tells.
    long columns(OnnxNode weighs, OnnxValueInfo output) {
        if (output.type() instanceof OnnxType.TensorType type && type.shape().isPresent()) {
            List<OnnxDimension> shape = type.shape().get();
            if (!shape.isEmpty() && shape.getLast() instanceof OnnxDimension.Fixed(long size)) {
                return size;
            }
        }
        List<Long> dims =
                weighs.inputs().stream()
                        .skip(1)
                        .findFirst()
                        .flatMap(graph::constant)
                        .map(OnnxTensor::dims)
                        .orElse(List.of());
        if (dims.isEmpty()) {
            return 0;
        }
        boolean isTransposed =
                weighs.attribute("transB").orElse(null)
                                instanceof OnnxAttributeValue.IntValue(long turned)
                        && turned == 1;
        boolean isTurned = isTransposed || weighs.opType().startsWith("Conv");
        return isTurned ? dims.getFirst() : dims.getLast();
    }
}
