package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/// Reads LightGBM models as `save_model` writes them (text, versions 2 to 4), by the rules of
/// LightGBM's own `Tree::ToString`. Trees with linear leaves are refused by name.
public final class LightgbmReader {
    private static final int MAX_CLASSES = 10_000;
    private static final int MAX_KEYS = 64;
    private static final String FIRST_LINE = "tree";

    private final BoostedLimits limits;
    private final String text;
    private int at;

    private LightgbmReader(String text, BoostedLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /// Whether bytes begin as such a model does.
    public static boolean isModel(byte[] start) {
        String text =
                new String(start, 0, Math.min(start.length, 256), StandardCharsets.ISO_8859_1);
        boolean hasFirstLine = text.startsWith("tree\n") || text.startsWith("tree\r\n");
        return hasFirstLine && text.contains("version=");
    }

    /// Reads a whole file.
    ///
    /// @throws FormatException when it is no such model, or holds more than the limits allow
    public static LightgbmModel read(byte[] file, BoostedLimits limits) throws FormatException {
        if (file.length > limits.bytes()) {
            throw FormatException.limit(0, "The model is larger than " + limits.bytes() + " bytes");
        }
        return new LightgbmReader(new String(file, StandardCharsets.UTF_8), limits).model();
    }

    private LightgbmModel model() throws FormatException {
        if (!line().equals(FIRST_LINE)) {
            throw FormatException.broken(0, "The first line is not \"tree\"");
        }
        TextFields head = block("the header");
        int features = head.whole("max_feature_idx", -1) + 1;
        int perIteration = head.whole("num_tree_per_iteration", 1);
        int classes = head.whole("num_class", 1);
        if (features < 1 || features > limits.features()) {
            throw head.broken("max_feature_idx is missing or out of range");
        }
        if (perIteration < 1
                || perIteration > MAX_CLASSES
                || classes < 1
                || classes > MAX_CLASSES) {
            throw head.broken("num_class or num_tree_per_iteration is out of range");
        }
        List<LightgbmTree> trees = trees(features);
        return new LightgbmModel(
                head.text("version", ""),
                words(head.text("objective", "")),
                classes,
                perIteration,
                features,
                head.has("average_output"),
                words(head.text("feature_names", "")),
                trees);
    }

    private List<LightgbmTree> trees(int features) throws FormatException {
        List<LightgbmTree> trees = new ArrayList<>();
        int values = 0;
        while (true) {
            String first = nextLine();
            if (first.equals("end of trees")) {
                return trees;
            }
            if (!first.startsWith("Tree=")) {
                throw FormatException.broken(
                        at, "A tree begins with \"Tree=\", not with this line");
            }
            if (trees.size() == limits.trees()) {
                throw FormatException.limit(at, "There are more than " + limits.trees() + " trees");
            }
            LightgbmTree tree = tree(block("tree " + trees.size()), features);
            values += tree.leaves();
            if (values > limits.values()) {
                throw FormatException.limit(
                        at, "There are more than " + limits.values() + " leaves");
            }
            trees.add(tree);
        }
    }

    private LightgbmTree tree(TextFields fields, int features) throws FormatException {
        int leaves = fields.whole("num_leaves", 0);
        if (leaves < 1) {
            throw fields.broken("num_leaves is missing or below 1");
        }
        if (fields.whole("is_linear", 0) != 0) {
            throw FormatException.unsupported(at, fields.where() + " has linear leaves");
        }
        int splits = leaves - 1;
        LightgbmTree.Nodes nodes = new LightgbmTree.Nodes(fields.doubles("leaf_value", leaves));
        if (splits > 0) {
            nodes.feature = fields.wholes("split_feature", splits);
            nodes.threshold = fields.doubles("threshold", splits);
            nodes.decision =
                    fields.has("decision_type")
                            ? fields.wholes("decision_type", splits)
                            : new int[splits];
            nodes.left = fields.wholes("left_child", splits);
            nodes.right = fields.wholes("right_child", splits);
        }
        int sets = splits == 0 ? 0 : fields.whole("num_cat", 0);
        if (sets < 0 || sets > splits) {
            throw fields.broken("num_cat is out of range");
        }
        int[] bounds = sets == 0 ? new int[1] : fields.wholes("cat_boundaries", sets + 1);
        checkRising(bounds, fields);
        int[] bits = sets == 0 ? new int[0] : fields.wholes("cat_threshold", bounds[sets]);
        check(nodes, features, sets, fields);
        return new LightgbmTree(nodes, bounds, bits);
    }

    private static void checkRising(int[] bounds, TextFields fields) throws FormatException {
        for (int i = 0; i < bounds.length; i++) {
            if (i == 0 ? bounds[i] != 0 : bounds[i] < bounds[i - 1]) {
                throw fields.broken("cat_boundaries do not rise from 0");
            }
        }
    }

    private void check(LightgbmTree.Nodes nodes, int features, int sets, TextFields fields)
            throws FormatException {
        int splits = nodes.feature.length;
        int count = splits + nodes.leaf.length;
        if (splits > 0) {
            TreeShape.check(
                    count,
                    node -> node < splits ? place(nodes.left[node], splits) : -1,
                    node -> node < splits ? place(nodes.right[node], splits) : -1,
                    limits.depth(),
                    fields.where());
        }
        for (int node = 0; node < splits; node++) {
            int feature = nodes.feature[node];
            double threshold = nodes.threshold[node];
            boolean isSet = (nodes.decision[node] & 1) != 0;
            if (feature < 0 || feature >= features) {
                throw fields.broken("node " + node + " asks column " + feature + " of " + features);
            }
            if (Double.isNaN(threshold) || (isSet && !(threshold >= 0 && threshold < sets))) {
                throw fields.broken("node " + node + " has the threshold " + threshold);
            }
        }
        for (double leaf : nodes.leaf) {
            if (!Double.isFinite(leaf)) {
                throw fields.broken("a leaf holds " + leaf);
            }
        }
    }

    /// Leaves are counted after the inner nodes; what points nowhere becomes out of range.
    private static int place(int child, int splits) {
        return child >= 0
                ? child < splits ? child : Integer.MAX_VALUE
                : child == Integer.MIN_VALUE ? Integer.MAX_VALUE : splits - child - 1;
    }

    /// The `key=value` lines up to an empty one.
    private TextFields block(String where) throws FormatException {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals);
            if (fields.size() == MAX_KEYS
                    || fields.put(key, equals < 0 ? "" : line.substring(equals + 1)) != null) {
                throw FormatException.broken(at, where + " has too many keys, or one twice");
            }
        }
        return new TextFields(fields, where, limits.values());
    }

    private String nextLine() throws FormatException {
        String line = line();
        while (line.isEmpty()) {
            line = line();
        }
        return line;
    }

    private String line() throws FormatException {
        if (at >= text.length()) {
            throw FormatException.truncated(at, "The model ends early: no line \"end of trees\"");
        }
        int end = text.indexOf('\n', at);
        int stop = end < 0 ? text.length() : end;
        String line = text.substring(at, stop);
        at = stop + 1;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line, " ");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }
}
