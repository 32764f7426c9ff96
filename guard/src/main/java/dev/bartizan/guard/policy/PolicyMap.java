package dev.bartizan.guard.policy;

import dev.bartizan.core.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A map of the policy file, read key by key. What is wrong goes to the problems with its place;
/// what nobody asks for by the end is an unknown key.
final class PolicyMap {
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();
    private final Problems problems;
    private final String name;
    private final Node node;

    PolicyMap(Node node, String name, Problems problems) {
        this.problems = problems;
        this.name = name;
        this.node = node;
        if (!(node instanceof MappingNode map)) {
            problems.add(node, "\"" + name + "\" must be a map.");
            return;
        }
        for (NodeTuple tuple : map.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "";
            if (entries.putIfAbsent(key, tuple) != null) {
                problems.add(tuple.getKeyNode(), "The key \"" + key + "\" stands twice.");
            }
        }
    }

    Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    Optional<PolicyMap> map(String key) {
        return node(key).map(found -> new PolicyMap(found, key, problems));
    }

    Optional<String> text(String key) {
        Optional<Node> found = node(key);
        if (found.isPresent() && !(found.get() instanceof ScalarNode)) {
            problems.add(found.get(), "\"" + key + "\" must be one value.");
            return Optional.empty();
        }
        return found.map(value -> ((ScalarNode) value).getValue());
    }

    String required(String key) {
        Optional<String> found = text(key);
        if (found.isEmpty() && !entries.containsKey(key)) {
            problems.add(node, "\"" + name + "\" needs the key \"" + key + "\".");
        }
        return found.orElse("");
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return text(key).flatMap(word -> choose(type, word, key));
    }

    /// The choice of that name; tells the nearest ones when there is none.
    <E extends Enum<E>> Optional<E> choose(Class<E> type, String word, String key) {
        List<String> words = new ArrayList<>();
        for (E one : type.getEnumConstants()) {
            String label = one.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (label.equals(word)) {
                return Optional.of(one);
            }
            words.add(label);
        }
        problems.add(
                valueOf(key),
                "Unknown value \""
                        + word
                        + "\" for \""
                        + key
                        + "\". "
                        + Nearest.sentence(word, words));
        return Optional.empty();
    }

    /// A value read by a function that throws `IllegalArgumentException` on what it cannot read.
    <T> Optional<T> read(String key, Function<String, T> reader) {
        Optional<String> found = text(key);
        try {
            return found.map(reader);
        } catch (IllegalArgumentException e) {
            problems.add(valueOf(key), "\"" + key + "\": " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Node valueOf(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple == null ? node : tuple.getValueNode();
    }

    List<Node> list(String key) {
        Optional<Node> found = node(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof SequenceNode list) {
            return list.getValue();
        }
        problems.add(found.get(), "\"" + key + "\" must be a list.");
        return List.of();
    }

    /// The keys, for maps whose keys are the file's own.
    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /// Reports the keys that nobody asked for.
    void close() {
        entries.forEach((key, tuple) -> {
            if (!known.contains(key)) {
                problems.add(
                        tuple.getKeyNode(),
                        "Unknown key \""
                                + key
                                + "\" in \""
                                + name
                                + "\". "
                                + Nearest.sentence(key, known));
            }
        });
    }
}
