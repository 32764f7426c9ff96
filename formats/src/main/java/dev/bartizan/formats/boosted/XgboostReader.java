package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.ubjson.UbjReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads XGBoost models as `save_model` writes them since version 1.0: JSON and UBJSON, by the
/// schema of XGBoost's document "Introduction to Model IO". Linear boosters and trees with vector
/// leaves are refused by name.
public final class XgboostReader {
    private static final int MAX_OUTPUTS = 10_000;

    private final BoostedLimits limits;

    private XgboostReader(BoostedLimits limits) {
        this.limits = limits;
    }

    /// Reads a whole file.
    ///
    /// @throws FormatException when it is no such model, or holds more than the limits allow
    public static XgboostModel read(byte[] file, BoostedLimits limits) throws FormatException {
        Json document =
                isUbjson(file)
                        ? UbjReader.read(file, limits.json())
                        : JsonReader.read(file, limits.json()).value();
        return new XgboostReader(limits).model(document);
    }

    /// Whether bytes look like UBJSON and not like JSON: `{`, then a type of whole numbers, `$` or
    /// `#`.
    public static boolean isUbjson(byte[] file) {
        return file.length > 1 && file[0] == '{' && "iUIlL$#".indexOf(file[1]) >= 0;
    }

    /// Whether a JSON document has the keys of an XGBoost model.
    public static boolean isModel(Json document) {
        return document.get("learner")
                .flatMap(learner -> learner.get("gradient_booster"))
                .isPresent();
    }

    /// The trees of a document alone, whatever else it lacks.
    ///
    /// @throws FormatException when they are none, or more than the limits allow
    public static List<XgboostTree> trees(Json document, BoostedLimits limits)
            throws FormatException {
        JsonNumbers learner = new JsonNumbers(document, "model").child("learner");
        XgboostReader reader = new XgboostReader(limits);
        return reader.trees(
                model(learner.child("gradient_booster")),
                XgboostColumns.of(learner, limits).most());
    }

    /// The part of a booster that holds its trees.
    private static JsonNumbers model(JsonNumbers booster) throws FormatException {
        return switch (name(booster)) {
            case "gbtree" -> booster.child("model");
            case "dart" -> booster.child("gbtree").child("model");
            case "gblinear" ->
                    throw FormatException.unsupported(0, "The booster gblinear has no trees");
            case String name ->
                    throw FormatException.unsupported(
                            0, "The booster \"" + name + "\" is not known");
        };
    }

    private static String name(JsonNumbers booster) {
        return booster.object().text("name").orElse("gbtree");
    }

    private XgboostModel model(Json document) throws FormatException {
        JsonNumbers learner = new JsonNumbers(document, "model").child("learner");
        JsonNumbers parameters = learner.child("learner_model_param");
        JsonNumbers booster = learner.child("gradient_booster");
        String name = name(booster);
        boolean isDart = name.equals("dart");
        JsonNumbers trees = model(booster);
        int classes = parameters.bounded("num_class", 0, MAX_OUTPUTS);
        int targets = parameters.bounded("num_target", 1, MAX_OUTPUTS);
        XgboostColumns columns = XgboostColumns.of(learner, limits);
        List<XgboostTree> read = trees(trees, columns.most());
        XgboostModel model =
                new XgboostModel(
                        version(document),
                        name,
                        learner.child("objective").object().text("name").orElse(""),
                        classes,
                        targets,
                        columns.count(read),
                        baseScores(parameters),
                        read,
                        boxed(trees.wholes("tree_info")),
                        isDart ? boxed(booster.floats("weight_drop")) : List.of(),
                        trees.has("gbtree_model_param")
                                ? trees.child("gbtree_model_param")
                                        .parameter("num_parallel_tree", 1)
                                : 1,
                        texts(learner.object().items("feature_names")));
        return checked(model);
    }

    private static XgboostModel checked(XgboostModel model) throws FormatException {
        int trees = model.trees().size();
        if (model.groups().size() != trees
                || model.groups().stream().anyMatch(g -> g < 0 || g >= model.outputs())) {
            throw FormatException.broken(
                    0, "tree_info does not give each of " + trees + " trees one of its outputs");
        }
        if (model.booster().equals("dart") && model.weights().size() != trees) {
            throw FormatException.broken(0, "weight_drop does not give each tree a weight");
        }
        if (model.weights().stream().anyMatch(w -> !Float.isFinite(w))) {
            throw FormatException.broken(0, "weight_drop holds a number that is not finite");
        }
        int bases = model.baseScores().size();
        if (bases != 1 && bases != model.outputs()) {
            throw FormatException.broken(
                    0, bases + " base scores for " + model.outputs() + " outputs");
        }
        return model;
    }

    private static String version(Json document) {
        return document.items("version").stream()
                .map(part -> part instanceof Json.Numeral n ? n.written() : "?")
                .collect(Collectors.joining("."));
    }

    private static List<String> texts(List<Json> items) {
        return items.stream().map(item -> item instanceof Json.Text t ? t.value() : "").toList();
    }

    /// A number, or since XGBoost 3.1 a list in brackets, as text.
    private static List<Float> baseScores(JsonNumbers parameters) throws FormatException {
        String written = parameters.object().text("base_score").orElse("0.5").strip();
        String inner =
                written.startsWith("[") && written.endsWith("]")
                        ? written.substring(1, written.length() - 1)
                        : written;
        List<Float> values = new ArrayList<>();
        for (String part : inner.split(",", -1)) {
            try {
                values.add(Float.parseFloat(part.strip()));
            } catch (NumberFormatException _) {
                throw parameters.broken("\"base_score\" is no number");
            }
            if (!Float.isFinite(values.getLast())) {
                throw parameters.broken("\"base_score\" is not finite");
            }
        }
        return values;
    }

    private List<XgboostTree> trees(JsonNumbers model, int features) throws FormatException {
        List<Json> items = model.items("trees");
        if (items.size() > limits.trees()) {
            throw FormatException.limit(0, "There are more than " + limits.trees() + " trees");
        }
        List<XgboostTree> trees = new ArrayList<>();
        for (Json item : items) {
            String path = model.path() + ".trees[" + trees.size() + "]";
            trees.add(tree(new JsonNumbers(item, path), features));
        }
        return trees;
    }

    private XgboostTree tree(JsonNumbers tree, int features) throws FormatException {
        if (tree.has("tree_param")
                && tree.child("tree_param").parameter("size_leaf_vector", 1) > 1) {
            throw FormatException.unsupported(0, tree.path() + " has leaves of several numbers");
        }
        int[] left = tree.wholes("left_children");
        int nodes = left.length;
        int[] defaults = tree.has("default_left") ? tree.wholes("default_left") : new int[nodes];
        boolean[] defaultLeft = new boolean[defaults.length];
        for (int i = 0; i < defaults.length; i++) {
            defaultLeft[i] = defaults[i] != 0;
        }
        XgboostTree.Nodes arrays =
                new XgboostTree.Nodes(
                        left,
                        tree.wholes("right_children"),
                        tree.wholes("split_indices"),
                        tree.floats("split_conditions"),
                        defaultLeft);
        if (nodes < 1 || !arrays.areEven()) {
            throw tree.broken("the lists by node do not have the same length");
        }
        BitSet reached =
                TreeShape.check(
                        nodes, n -> left[n], n -> arrays.right[n], limits.depth(), tree.path());
        Map<Integer, List<Integer>> categories = categories(tree, nodes);
        for (int node = reached.nextSetBit(0); node >= 0; node = reached.nextSetBit(node + 1)) {
            boolean isSplit = left[node] >= 0;
            int feature = arrays.feature[node];
            if (isSplit && (feature < 0 || feature >= features)) {
                throw tree.broken("node " + node + " asks column " + feature + " of " + features);
            }
            float number = arrays.condition[node];
            if (isSplit
                    ? Float.isNaN(number) && !categories.containsKey(node)
                    : !Float.isFinite(number)) {
                throw tree.broken("node " + node + " holds " + number);
            }
        }
        return new XgboostTree(arrays, categories);
    }

    private static Map<Integer, List<Integer>> categories(JsonNumbers tree, int nodes)
            throws FormatException {
        int[] at = tree.wholes("categories_nodes");
        int[] starts = tree.wholes("categories_segments");
        int[] sizes = tree.wholes("categories_sizes");
        int[] types = tree.wholes("split_type");
        List<Integer> all = boxed(tree.wholes("categories"));
        Map<Integer, List<Integer>> categories = new HashMap<>();
        if (starts.length != at.length || sizes.length != at.length) {
            throw tree.broken("the lists of categories do not have the same length");
        }
        if (all.stream().anyMatch(category -> category < 0)) {
            throw tree.broken("a category is negative");
        }
        for (int i = 0; i < at.length; i++) {
            long end = (long) starts[i] + sizes[i];
            if (at[i] < 0 || at[i] >= nodes || starts[i] < 0 || sizes[i] < 0 || end > all.size()) {
                throw tree.broken("categories of node " + at[i] + " lie outside the lists");
            }
            if (categories.put(at[i], all.subList(starts[i], (int) end)) != null) {
                throw tree.broken("categories of node " + at[i] + " are given twice");
            }
        }
        for (int node = 0; node < types.length; node++) {
            if (types[node] == 1) {
                categories.putIfAbsent(node, List.of());
            } else {
                categories.remove(node);
            }
        }
        return categories;
    }

    private static List<Integer> boxed(int[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    private static List<Float> boxed(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
