package dev.bartizan.tensors.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a model does with its inputs before it computes.
final class InputReview {
    private static final int LONGEST_CHAIN = 24;
    private static final Map<String, String> STEPS =
            Map.ofEntries(
                    Map.entry("Resize", "resizes"),
                    Map.entry("Upsample", "resizes"),
                    Map.entry("GridSample", "resizes"),
                    Map.entry("ImageDecoder", "decodes"),
                    Map.entry("StringNormalizer", "tokenises"),
                    Map.entry("StringSplit", "tokenises"),
                    Map.entry("RegexFullMatch", "tokenises"),
                    Map.entry("Tokenizer", "tokenises"),
                    Map.entry("TfIdfVectorizer", "tokenises"),
                    Map.entry("Scaler", "normalises"),
                    Map.entry("Normalizer", "normalises"),
                    Map.entry("Imputer", "normalises"),
                    Map.entry("Sub", "normalises"),
                    Map.entry("Div", "normalises"),
                    Map.entry("Mul", "normalises"),
                    Map.entry("Add", "normalises"),
                    Map.entry("BatchNormalization", "normalises"),
                    Map.entry("InstanceNormalization", "normalises"),
                    Map.entry("Clip", "normalises"),
                    Map.entry("LabelEncoder", "encodes"),
                    Map.entry("CategoryMapper", "encodes"),
                    Map.entry("OneHotEncoder", "encodes"),
                    Map.entry("OneHot", "encodes"),
                    Map.entry("DictVectorizer", "encodes"),
                    Map.entry("FeatureVectorizer", "encodes"),
                    Map.entry("Binarizer", "encodes"),
                    Map.entry("STFT", "decodes"),
                    Map.entry("DFT", "decodes"));

    /// Steps that bring an input into shape and say nothing of its meaning.
    private static final Set<String> SHAPE =
            Set.of(
                    "Identity",
                    "Cast",
                    "Reshape",
                    "Squeeze",
                    "Unsqueeze",
                    "Flatten",
                    "Transpose",
                    "Pad",
                    "Slice",
                    "Split",
                    "Concat",
                    "ArrayFeatureExtractor");

    /// Steps with which a model begins to compute.
    private static final Set<String> COMPUTES =
            Set.of(
                    "Gemm",
                    "MatMul",
                    "MatMulInteger",
                    "QLinearMatMul",
                    "MatMulNBits",
                    "Conv",
                    "ConvInteger",
                    "QLinearConv",
                    "ConvTranspose",
                    "LSTM",
                    "GRU",
                    "RNN",
                    "LinearClassifier",
                    "LinearRegressor",
                    "SVMClassifier",
                    "SVMRegressor",
                    "TreeEnsembleClassifier",
                    "TreeEnsembleRegressor",
                    "TreeEnsemble",
                    "QuantizeLinear",
                    "DynamicQuantizeLinear");

    private final GraphView graph;
    private final GraphReview to;

    InputReview(GraphView graph, GraphReview to) {
        this.graph = graph;
        this.to = to;
    }

    void review() {
        graph.inputs().forEach(this::follow);
    }

    private void follow(OnnxValueInfo input) {
        String value = input.name();
        boolean wasPrepared = false;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            List<OnnxNode> next = graph.consumers(value);
            if (next.size() != 1 || next.get(0).outputs().isEmpty()) {
                end(input, next, wasPrepared);
                return;
            }
            OnnxNode node = next.get(0);
            Optional<String> step = step(node, value);
            if (step.isPresent()) {
                to.add(ModelFact.PREPROCESSING, step.get(), node);
                wasPrepared = true;
            } else if (!SHAPE.contains(node.opType())) {
                end(input, next, wasPrepared);
                return;
            }
            value = node.outputs().get(0);
        }
    }

    private Optional<String> step(OnnxNode node, String value) {
        Optional<String> step = Optional.ofNullable(STEPS.get(node.opType()));
        boolean isArithmetic = Set.of("Sub", "Div", "Mul", "Add").contains(node.opType());
        boolean isWithConstants =
                node.inputs().stream()
                        .filter(other -> !other.equals(value) && !other.isEmpty())
                        .noneMatch(graph::dependsOnInput);
        return isArithmetic && !isWithConstants ? Optional.empty() : step;
    }

    private void end(OnnxValueInfo input, List<OnnxNode> next, boolean wasPrepared) {
        if (wasPrepared) {
            return;
        }
        for (OnnxNode node : next) {
            boolean isLookUp =
                    node.opType().equals("Gather")
                            && node.inputs().size() > 1
                            && graph.constant(node.inputs().get(0)).isPresent();
            if (isLookUp) {
                to.add(ModelFact.PREPROCESSING, "takes-tokens", node);
                return;
            }
            if (COMPUTES.contains(node.opType()) && isNumber(input)) {
                to.add(ModelFact.PREPROCESSING, "absent", node);
                return;
            }
        }
    }

    private static boolean isNumber(OnnxValueInfo input) {
        return input.type() instanceof OnnxType.TensorType type
                && type.elementType() != OnnxElementType.STRING;
    }

    /// Numbers of one record as far as the inputs' shapes tell; 0 when they do not.
    static long width(GraphView graph) {
        long all = 0;
        for (OnnxValueInfo input : graph.inputs()) {
            if (input.type() instanceof OnnxType.TensorType type && type.shape().isPresent()) {
                all += size(type.shape().get());
            }
        }
        return all;
    }

    private static long size(List<OnnxDimension> shape) {
        long product = 1;
        for (OnnxDimension dimension : shape.stream().skip(1).toList()) {
            if (!(dimension instanceof OnnxDimension.Fixed(long size))
                    || size < 0
                    || product > Integer.MAX_VALUE) {
                return 0;
            }
            product *= Math.min(size, Integer.MAX_VALUE);
        }
        return product;
    }
}
