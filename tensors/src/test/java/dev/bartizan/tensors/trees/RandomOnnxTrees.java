package dev.bartizan.tensors.trees;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxBytes;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxOpset;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes ONNX models of random trees, in all ways the operators of trees can be written.
final class RandomOnnxTrees {
    static final int COLUMNS = 4;

    private static final List<String> MODES =
            List.of(
                    "BRANCH_LEQ",
                    "BRANCH_LT",
                    "BRANCH_GTE",
                    "BRANCH_GT",
                    "BRANCH_EQ",
                    "BRANCH_NEQ");
    private static final List<String> TRANSFORMS =
            List.of("NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO");

    private final Random random;
    private final List<Long> treeIds = new ArrayList<>();
    private final List<Long> nodeIds = new ArrayList<>();
    private final List<Long> columns = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> yes = new ArrayList<>();
    private final List<Long> no = new ArrayList<>();
    private final List<Long> tracks = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafIds = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();
    private final boolean hasOneMode;
    private final String mode;
    private final boolean isPositive;
    private boolean hasSets;

    RandomOnnxTrees(long seed) {
        random = new Random(seed);
        hasOneMode = random.nextBoolean();
        mode = MODES.get(random.nextInt(MODES.size()));
        isPositive = random.nextInt(3) == 0;
    }

    /// A number that rows and thresholds share, so that ties happen.
    float value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-2, 6);
            case 1 -> random.nextInt(-8, 8) / 4f;
            default -> (float) random.nextGaussian();
        };
    }

    float[] rows(int count) {
        float[] values = new float[count * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            if (hasSets) {
                values[i] = random.nextInt(8) == 0 ? Float.NaN : random.nextInt(-3, 8);
                continue;
            }
            values[i] =
                    switch (random.nextInt(12)) {
                        case 0 -> Float.NaN;
                        case 1 -> thresholds.get(random.nextInt(thresholds.size()));
                        case 2 -> Math.nextUp(thresholds.get(random.nextInt(thresholds.size())));
                        case 3 -> random.nextBoolean() ? -0.0f : Float.POSITIVE_INFINITY;
                        default -> value();
                    };
        }
        return values;
    }

    private void tree(long id, List<List<Long>> targets) {
        int splits = random.nextInt(6);
        int first = nodeIds.size();
        for (int i = 0; i <= 2 * splits; i++) {
            treeIds.add(id);
            nodeIds.add((long) i);
            columns.add(0L);
            modes.add("LEAF");
            yes.add(0L);
            no.add(0L);
            tracks.add(0L);
            thresholds.add(0f);
        }
        List<Integer> open = new ArrayList<>(List.of(0));
        int next = 1;
        for (int i = 0; i < splits; i++) {
            int node = open.set(random.nextInt(open.size()), open.getLast());
            open.removeLast();
            int at = first + node;
            columns.set(at, (long) random.nextInt(COLUMNS));
            modes.set(at, hasOneMode ? mode : MODES.get(random.nextInt(MODES.size())));
            yes.set(at, (long) next);
            no.set(at, (long) next + 1);
            tracks.set(at, random.nextInt(3) == 0 ? 1L : 0L);
            thresholds.set(at, value());
            open.add(next++);
            open.add(next++);
        }
        for (int leaf : open) {
            for (long target : targets.get(random.nextInt(targets.size()))) {
                leafTrees.add(id);
                leafNodes.add((long) leaf);
                leafIds.add(target);
                leafWeights.add(isPositive ? Math.abs(value()) : value());
            }
        }
    }

    private void trees(List<List<Long>> targets) {
        int count = random.nextInt(1, 12);
        for (int i = 0; i < count; i++) {
            tree(i, targets);
        }
    }

    private static OnnxAttribute ints(String name, List<Long> values) {
        return new OnnxAttribute(name, new OnnxAttributeValue.Ints(values));
    }

    private static OnnxAttribute floats(String name, List<Float> values) {
        return new OnnxAttribute(name, new OnnxAttributeValue.Floats(values));
    }

    private static OnnxAttribute texts(String name, List<String> values) {
        return new OnnxAttribute(
                name,
                new OnnxAttributeValue.Texts(
                        values.stream()
                                .map(v -> OnnxBytes.of(v.getBytes(StandardCharsets.UTF_8)))
                                .toList()));
    }

    private List<OnnxAttribute> common(String prefix) {
        List<OnnxAttribute> list =
                new ArrayList<>(
                        List.of(
                                ints("nodes_treeids", treeIds),
                                ints("nodes_nodeids", nodeIds),
                                ints("nodes_featureids", columns),
                                texts("nodes_modes", modes),
                                ints("nodes_truenodeids", yes),
                                ints("nodes_falsenodeids", no),
                                floats("nodes_values", thresholds),
                                ints(prefix + "_treeids", leafTrees),
                                ints(prefix + "_nodeids", leafNodes),
                                ints(prefix + "_ids", leafIds),
                                floats(prefix + "_weights", leafWeights)));
        if (random.nextBoolean()) {
            list.add(ints("nodes_missing_value_tracks_true", tracks));
        }
        return list;
    }

    private List<Float> base(int outputs) {
        List<Float> base = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            base.add(value());
        }
        return base;
    }

    /// A classifier of two or more classes.
    OnnxModel classifier() {
        int classes = random.nextInt(2, 5);
        boolean isShared = classes == 2 && random.nextInt(4) > 0;
        long only = random.nextInt(2);
        List<List<Long>> targets = new ArrayList<>();
        if (isShared) {
            targets.add(List.of(only));
        } else {
            List<Long> all = new ArrayList<>();
            for (long i = 0; i < classes; i++) {
                all.add(i);
            }
            targets.add(all);
        }
        trees(targets);
        List<OnnxAttribute> attributes = common("class");
        List<Long> labels = new ArrayList<>();
        for (long i = 0; i < classes; i++) {
            labels.add(i);
        }
        attributes.add(ints("classlabels_int64s", labels));
        attributes.add(OnnxAttribute.of("post_transform", transform()));
        if (random.nextBoolean()) {
            int count = isShared && random.nextBoolean() ? 1 : classes;
            attributes.add(floats("base_values", base(count)));
        }
        return model("TreeEnsembleClassifier", 3, attributes, OnnxElementType.FLOAT);
    }

    private String transform() {
        return TRANSFORMS.get(random.nextInt(TRANSFORMS.size()));
    }

    /// A regressor of one or more targets.
    OnnxModel regressor() {
        int targets = random.nextInt(3) == 0 ? random.nextInt(2, 4) : 1;
        List<List<Long>> sets = new ArrayList<>();
        for (long i = 0; i < targets; i++) {
            sets.add(List.of(i));
        }
        trees(sets);
        List<OnnxAttribute> attributes = common("target");
        attributes.add(OnnxAttribute.of("n_targets", targets));
        attributes.add(
                OnnxAttribute.of(
                        "aggregate_function",
                        List.of("SUM", "AVERAGE", "MIN", "MAX").get(random.nextInt(4))));
        attributes.add(OnnxAttribute.of("post_transform", transform()));
        if (random.nextBoolean()) {
            attributes.add(floats("base_values", base(targets)));
        }
        return model("TreeEnsembleRegressor", 3, attributes, OnnxElementType.FLOAT);
    }

    /// The operator of version 5, with sets.
    OnnxModel ensemble() {
        int targets = random.nextInt(3) == 0 ? 2 : 1;
        List<Byte> kinds = new ArrayList<>();
        List<Float> members = new ArrayList<>();
        List<Long> yesLeaf = new ArrayList<>();
        List<Long> noLeaf = new ArrayList<>();
        List<Long> roots = new ArrayList<>();
        int trees = random.nextInt(1, 8);
        boolean hasSomeSets = random.nextBoolean();
        for (int tree = 0; tree < trees; tree++) {
            int splits = random.nextInt(1, 6);
            int first = columns.size();
            roots.add((long) first);
            for (int i = 0; i < splits; i++) {
                columns.add((long) random.nextInt(COLUMNS));
                int kind = random.nextInt(hasSomeSets ? 7 : 6);
                kinds.add((byte) kind);
                thresholds.add(value());
                tracks.add(random.nextInt(3) == 0 ? 1L : 0L);
                if (kind == 6) {
                    for (int m = random.nextInt(1, 5); m > 0; m--) {
                        members.add((float) random.nextInt(-2, 6));
                    }
                    members.add(Float.NaN);
                    hasSets = true;
                }
                // A vine: yes goes to a leaf, no to the next split or to a leaf.
                yes.add(leaf(targets));
                yesLeaf.add(1L);
                boolean isLast = i + 1 == splits;
                no.add(isLast ? leaf(targets) : first + i + 1L);
                noLeaf.add(isLast ? 1L : 0L);
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(kinds.size());
        kinds.forEach(bytes::put);
        List<OnnxAttribute> attributes =
                new ArrayList<>(
                        List.of(
                                ints("tree_roots", roots),
                                ints("nodes_featureids", columns),
                                tensor(
                                        "nodes_modes",
                                        OnnxTensor.inline(
                                                "",
                                                OnnxElementType.UINT8,
                                                new long[] {kinds.size()},
                                                bytes.flip())),
                                tensor("nodes_splits", floatTensor(thresholds)),
                                ints("nodes_truenodeids", yes),
                                ints("nodes_falsenodeids", no),
                                ints("nodes_trueleafs", yesLeaf),
                                ints("nodes_falseleafs", noLeaf),
                                ints("nodes_missing_value_tracks_true", tracks),
                                ints("leaf_targetids", leafIds),
                                tensor("leaf_weights", floatTensor(leafWeights)),
                                OnnxAttribute.of("n_targets", targets),
                                OnnxAttribute.of("aggregate_function", random.nextInt(4)),
                                OnnxAttribute.of("post_transform", random.nextInt(4))));
        if (!members.isEmpty()) {
            attributes.add(tensor("membership_values", floatTensor(members)));
        }
        return model("TreeEnsemble", 5, attributes, OnnxElementType.FLOAT);
    }

    private long leaf(int targets) {
        leafIds.add((long) random.nextInt(targets));
        leafWeights.add(value());
        return leafWeights.size() - 1L;
    }

    private static OnnxAttribute tensor(String name, OnnxTensor tensor) {
        return new OnnxAttribute(name, new OnnxAttributeValue.TensorValue(tensor));
    }

    private static OnnxTensor floatTensor(List<Float> values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putFloat);
        return OnnxTensor.inline(
                "", OnnxElementType.FLOAT, new long[] {values.size()}, bytes.flip());
    }

    private static OnnxModel model(
            String operator, long version, List<OnnxAttribute> attributes, OnnxElementType type) {
        boolean isClassifier = operator.equals("TreeEnsembleClassifier");
        List<String> outputs = isClassifier ? List.of("label", "scores") : List.of("scores");
        List<OnnxValueInfo> infos = new ArrayList<>();
        if (isClassifier) {
            infos.add(OnnxValueInfo.tensor("label", OnnxElementType.INT64, "batch"));
        }
        infos.add(OnnxValueInfo.tensor("scores", OnnxElementType.FLOAT, "batch", "width"));
        OnnxGraph graph =
                OnnxGraph.of(
                        "trees",
                        List.of(
                                new OnnxNode(
                                        "",
                                        "ai.onnx.ml",
                                        operator,
                                        "",
                                        List.of("x"),
                                        outputs,
                                        attributes,
                                        "")),
                        List.of(),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", type, "batch", Integer.toString(COLUMNS))),
                        infos);
        OnnxModel plain = OnnxModel.of(10, 21, "test", graph);
        return withOpset(plain, version);
    }

    private static OnnxModel withOpset(OnnxModel model, long version) {
        List<OnnxOpset> opsets = new ArrayList<>(model.opsets());
        opsets.add(new OnnxOpset("ai.onnx.ml", version));
        return new OnnxModel(
                model.irVersion(),
                model.producerName(),
                model.producerVersion(),
                model.domain(),
                model.modelVersion(),
                model.docString(),
                model.graph(),
                opsets,
                model.metadata(),
                model.functions());
    }
}
