package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Scalar;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.formats.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives every tensor in nested dictionaries and lists a name, the keys on the way to it joined by
/// dots, and lists what is no tensor.
final class Flattening {
    private static final int DEEPEST = 100;
    private static final int MOST_LEAVES = 2_000_000;
    private static final int MOST_SHOWN = 8;
    private static final int LONGEST_PATH = 4096;
    private static final String ALONE = "tensor";

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<String> rest = new ArrayList<>();
    private int restCount;
    private int leaves;

    private Flattening() {}

    /// Flattens a value; a tensor that stands alone is called `tensor`.
    static Flattening of(Node root) throws Refused {
        Flattening flattening = new Flattening();
        flattening.add("", root, 0);
        return flattening;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    /// What would be lost, each with its place, the first few by name; empty when nothing would.
    String rest() {
        int more = restCount - rest.size();
        return String.join("; ", rest) + (more > 0 ? "; and " + more + " more" : "");
    }

    /// The part of a value under dotted keys.
    static Node select(Node root, String keys) throws Refused {
        Node node = root;
        for (String key : keys.split("\\.", DEEPEST)) {
            Node from = node;
            node =
                    from instanceof Items items
                            ? items.entry(key)
                                    .orElseThrow(() ->
                                            new Refused(
                                                    "it has no \""
                                                            + key
                                                            + "\"; it has "
                                                            + keys(items)))
                            : refuse("\"" + key + "\" is looked for in " + from.described());
        }
        return node;
    }

    private static Node refuse(String reason) throws Refused {
        throw new Refused(reason);
    }

    private static String keys(Items items) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < items.all().size() && keys.size() < 20; i += 2) {
            if (items.all().get(i) instanceof Text text) {
                keys.add(text.value());
            }
        }
        return String.join(", ", keys);
    }

    private void add(String path, Node node, int depth) throws Refused {
        if (depth > DEEPEST) {
            throw new Refused("its values are nested more than " + DEEPEST + " deep");
        }
        if (++leaves > MOST_LEAVES) {
            throw new Refused("it holds more than " + MOST_LEAVES + " values");
        }
        switch (node) {
            case Node.Weights weights -> name(path, weights.tensor());
            case Node.Array array when array.tensor != null -> name(path, array.tensor);
            case Items items when !items.all().isEmpty() -> group(path, items, depth);
            default -> lost(path, shown(node));
        }
    }

    private void lost(String path, String what) {
        restCount++;
        if (rest.size() < MOST_SHOWN) {
            rest.add((path.isEmpty() ? "the whole" : path) + " is " + what);
        }
    }

    private static String shown(Node node) {
        return node instanceof Items items && items.all().isEmpty()
                ? "an empty " + items.kind().name().toLowerCase(java.util.Locale.ROOT)
                : node.described();
    }

    private void group(String path, Items items, int depth) throws Refused {
        switch (items.kind()) {
            case DICT -> {
                for (int i = 0; i + 1 < items.all().size(); i += 2) {
                    add(join(path, key(items.all().get(i))), items.all().get(i + 1), depth + 1);
                }
            }
            case LIST, TUPLE -> {
                for (int i = 0; i < items.all().size(); i++) {
                    add(join(path, Integer.toString(i)), items.all().get(i), depth + 1);
                }
            }
            case SET -> lost(path, "a set");
        }
    }

    private static String key(Node key) throws Refused {
        return switch (key) {
            case Text text -> text.value();
            case Scalar scalar when scalar.value() instanceof Long -> scalar.shown();
            default -> throw new Refused("a key is " + key.described() + ", not text");
        };
    }

    private static String join(String path, String key) throws Refused {
        if (path.length() + key.length() > LONGEST_PATH) {
            throw new Refused("a name is longer than " + LONGEST_PATH + " characters");
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private void name(String path, Tensor tensor) throws Refused {
        if (tensors.putIfAbsent(path.isEmpty() ? ALONE : path, tensor) != null) {
            throw new Refused("two tensors would be called \"" + path + "\"");
        }
    }
}
