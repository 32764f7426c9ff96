package dev.bartizan.tensors.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a feature description.
final class FeatureReader {
    private static final int MAX_FEATURES = 10_000;
    private static final int MAX_RELATIONS = 1_000;
    private static final List<String> KEYS =
            List.of(
                    "change",
                    "changed-by",
                    "cost",
                    "description",
                    "immutable",
                    "max",
                    "min",
                    "name",
                    "one-hot",
                    "type");
    private static final String EXAMPLE =
            "Write \"features:\" and below it \"- { name: amount, min: 0, max: 100 }\".";

    private final String where;
    private final List<Feature> features = new ArrayList<>();
    private final Map<String, Integer> columns = new HashMap<>();

    FeatureReader(String where) {
        this.where = where;
    }

    FeatureDescription read(byte[] bytes) {
        FeatureYaml root = FeatureYaml.document(bytes, where);
        Map<String, FeatureYaml> keys = new HashMap<>();
        for (FeatureYaml.Entry entry :
                root.entries("A feature description is a map with the key \"features\"", EXAMPLE)) {
            if (!Set.of("features", "relations", "currency").contains(entry.key())) {
                throw entry.keyNode()
                        .wrong(
                                "A feature description has no key \"" + entry.key() + "\"",
                                "Use features, relations and currency.");
            }
            keys.put(entry.key(), entry.value());
        }
        FeatureYaml list = keys.get("features");
        if (list == null) {
            throw root.wrong("A feature description has the key \"features\"", EXAMPLE);
        }
        readFeatures(list);
        FeatureYaml relations = keys.get("relations");
        FeatureYaml currency = keys.get("currency");
        return new FeatureDescription(
                features,
                relations == null ? List.of() : relations(relations),
                currency == null ? "" : currency.text());
    }

    private void readFeatures(FeatureYaml list) {
        List<FeatureYaml> items = list.items("\"features\" is no list", EXAMPLE);
        if (items.isEmpty() || items.size() > MAX_FEATURES) {
            throw list.wrong(
                    "A feature description has 1 to "
                            + MAX_FEATURES
                            + " columns, given "
                            + items.size(),
                    "Describe every column of the model's input once.");
        }
        for (FeatureYaml item : items) {
            Feature feature = feature(item);
            if (columns.put(feature.name(), features.size()) != null) {
                throw item.wrong(
                        "Two features are called \"" + feature.name() + "\"",
                        "Give each column its own name.");
            }
            features.add(feature);
        }
    }

    private static Feature feature(FeatureYaml item) {
        Map<String, FeatureYaml> keys = new HashMap<>();
        for (FeatureYaml.Entry entry :
                item.entries("A feature is a map", "Write \"- { name: …, min: …, max: … }\".")) {
            if (!KEYS.contains(entry.key())) {
                throw entry.keyNode()
                        .wrong(
                                "A feature has no key \"" + entry.key() + "\"",
                                "Use " + String.join(", ", KEYS) + ".");
            }
            keys.put(entry.key(), entry.value());
        }
        String name = text(keys, "name");
        if (name.isEmpty()) {
            throw item.wrong("A feature has no name", "Give each column its own name.");
        }
        Feature.Type type =
                keys.containsKey("type")
                        ? word(keys.get("type"), Feature.Type.values(), Feature.Type::word)
                        : Feature.Type.NUMBER;
        boolean isFlag = type == Feature.Type.FLAG;
        double min = number(keys, "min", isFlag ? 0 : Double.NEGATIVE_INFINITY);
        double max = number(keys, "max", isFlag ? 1 : Double.POSITIVE_INFINITY);
        double cost = number(keys, "cost", 0);
        if (!(min <= max)) {
            throw item.wrong(
                    "Feature \"" + name + "\" has an empty range", "Let min be at most max.");
        }
        if (!(cost >= 0) || Double.isInfinite(cost)) {
            throw item.wrong(
                    "Feature \"" + name + "\" has the cost " + cost,
                    "A cost is a number, 0 or above.");
        }
        return new Feature(
                name,
                type,
                min,
                max,
                change(item, keys),
                cost,
                text(keys, "one-hot"),
                text(keys, "description"));
    }

    private static Feature.Change change(FeatureYaml item, Map<String, FeatureYaml> keys) {
        FeatureYaml change = keys.get("change");
        FeatureYaml immutable = keys.get("immutable");
        Feature.Direction direction =
                change == null
                        ? Feature.Direction.BOTH
                        : word(change, Feature.Direction.values(), Feature.Direction::word);
        if (immutable != null && immutable.truth()) {
            if (change != null && direction != Feature.Direction.NONE) {
                throw item.wrong(
                        "A feature is immutable and has a change", "Keep one of the two keys.");
            }
            direction = Feature.Direction.NONE;
        }
        return new Feature.Change(direction, text(keys, "changed-by"));
    }

    private interface Word<T> {
        String of(T value);
    }

    private static <T> T word(FeatureYaml node, T[] values, Word<T> word) {
        String given = node.text();
        for (T value : values) {
            if (word.of(value).equals(given)) {
                return value;
            }
        }
        String known = Stream.of(values).map(word::of).collect(Collectors.joining(", "));
        throw node.wrong("\"" + given + "\" is not known here", "Use one of: " + known + ".");
    }

    private static String text(Map<String, FeatureYaml> keys, String key) {
        FeatureYaml value = keys.get(key);
        return value == null ? "" : value.text();
    }

    private static double number(Map<String, FeatureYaml> keys, String key, double otherwise) {
        FeatureYaml value = keys.get(key);
        return value == null ? otherwise : value.number();
    }

    private List<LinearRelation> relations(FeatureYaml list) {
        List<FeatureYaml> items =
                list.items("\"relations\" is no list", "Write a list of relations.");
        if (items.size() > MAX_RELATIONS) {
            throw list.wrong("More than " + MAX_RELATIONS + " relations", "Describe fewer.");
        }
        return items.stream().map(this::relation).toList();
    }

    private LinearRelation relation(FeatureYaml item) {
        String mend = "Write \"- { sum: { parts: 1, total: -1 }, equals: 0 }\".";
        Map<Integer, Double> weights = new LinkedHashMap<>();
        double min = Double.NEGATIVE_INFINITY;
        double max = Double.POSITIVE_INFINITY;
        Set<String> ends = new HashSet<>();
        for (FeatureYaml.Entry entry : item.entries("A relation is a map", mend)) {
            switch (entry.key()) {
                case "sum" -> weights.putAll(weights(entry.value(), mend));
                case "equals" -> {
                    min = entry.value().number();
                    max = min;
                }
                case "at-least" -> min = entry.value().number();
                case "at-most" -> max = entry.value().number();
                default ->
                        throw entry.keyNode()
                                .wrong("A relation has no key \"" + entry.key() + "\"", mend);
            }
            ends.add(entry.key());
        }
        boolean hasEnd = ends.stream().anyMatch(key -> !key.equals("sum"));
        if (weights.isEmpty() || !hasEnd || !(min <= max)) {
            throw item.wrong("A relation needs a sum and an end that can be met", mend);
        }
        return new LinearRelation(weights, min, max);
    }

    private Map<Integer, Double> weights(FeatureYaml sum, String mend) {
        Map<Integer, Double> weights = new LinkedHashMap<>();
        for (FeatureYaml.Entry entry : sum.entries("\"sum\" is a map of weights", mend)) {
            Integer column = columns.get(entry.key());
            if (column == null) {
                throw entry.keyNode()
                        .wrong(
                                "There is no feature \"" + entry.key() + "\"",
                                "Use a name that stands under features.");
            }
            double weight = entry.value().number();
            if (!Double.isFinite(weight) || weight == 0) {
                throw entry.value().wrong("A weight is a number other than 0", mend);
            }
            weights.put(column, weight);
        }
        return weights;
    }
}
