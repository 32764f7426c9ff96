package dev.bartizan.tensors.features;

import dev.bartizan.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The columns of a model's input, in order.
///
/// Read from YAML: `features:` is a list of maps with `name` (required), `type` (`number`,
/// `integer`, `flag`), `min`, `max`, `immutable` (true or false), `cost` (per unit of change),
/// `one-hot` (name of a group of which exactly one is 1) and `description`.
///
/// @param features one per column
public record FeatureDescription(List<Feature> features) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_FEATURES = 10_000;
    private static final int MAX_ALIASES = 10;
    private static final Set<String> KEYS =
            Set.of("name", "type", "min", "max", "immutable", "cost", "one-hot", "description");

    public FeatureDescription {
        features = List.copyOf(features);
    }

    /// Reads a file.
    ///
    /// @throws UserError when it is not such a description
    /// @throws IOException when it cannot be read
    public static FeatureDescription read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return parse(bytes, file.toString());
        }
    }

    /// Reads the bytes of a file.
    ///
    /// @param where name of the file, for messages
    /// @throws UserError when they are not such a description
    public static FeatureDescription parse(byte[] bytes, String where) {
        if (bytes.length > MAX_BYTES) {
            throw new UserError(
                    "The feature description is larger than " + MAX_BYTES + " bytes",
                    where,
                    "Describe the columns only.");
        }
        Object document = load(bytes, where);
        if (!(document instanceof Map<?, ?> map)
                || map.size() != 1
                || !(map.get("features") instanceof List<?> items)) {
            throw new UserError(
                    "A feature description has one key, \"features\", with a list",
                    where,
                    "Write \"features:\" and below it \"- { name: amount, min: 0, max: 100 }\".");
        }
        return new Reader(where).features(items);
    }

    private static @Nullable Object load(byte[] bytes, String where) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(where)
                        .setCodePointLimit(MAX_BYTES)
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .setAllowDuplicateKeys(false)
                        .build();
        try {
            return new Load(settings).loadFromInputStream(new ByteArrayInputStream(bytes));
        } catch (YamlEngineException | ClassCastException | StackOverflowError e) {
            throw new UserError(
                    "The feature description is not readable YAML: " + firstLine(e),
                    where,
                    "Mend the line the message names.",
                    e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }

    private static final class Reader {
        private final String where;
        private final List<Feature> features = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        Reader(String where) {
            this.where = where;
        }

        FeatureDescription features(List<?> items) {
            if (items.isEmpty() || items.size() > MAX_FEATURES) {
                throw new UserError(
                        "A feature description has 1 to "
                                + MAX_FEATURES
                                + " columns, given "
                                + items.size(),
                        where,
                        "Describe every column of the model's input once.");
            }
            for (Object item : items) {
                features.add(feature(item));
            }
            return new FeatureDescription(features);
        }

        private Feature feature(@Nullable Object item) {
            String at = "feature " + (features.size() + 1);
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(at + " is no map", "Write \"- { name: …, min: …, max: … }\".");
            }
            for (Object key : map.keySet()) {
                if (!(key instanceof String word && KEYS.contains(word))) {
                    throw wrong(
                            at + " has the unknown key \"" + key + "\"",
                            "Use " + String.join(", ", KEYS.stream().sorted().toList()) + ".");
                }
            }
            String name = text(map, "name", "");
            if (name.isEmpty() || !names.add(name)) {
                throw wrong(at + " has no name of its own", "Give each column its own name.");
            }
            return feature(map, name);
        }

        private Feature feature(Map<?, ?> map, String name) {
            Feature.Type type = type(text(map, "type", "number"), name);
            boolean isFlag = type == Feature.Type.FLAG;
            double min = number(map, "min", isFlag ? 0 : Double.NEGATIVE_INFINITY, name);
            double max = number(map, "max", isFlag ? 1 : Double.POSITIVE_INFINITY, name);
            double cost = number(map, "cost", 0, name);
            if (!(min <= max) || !(cost >= 0)) {
                throw wrong(
                        "Feature \"" + name + "\" has an empty range or a negative cost",
                        "Let min be at most max, and cost at least 0.");
            }
            return new Feature(
                    name,
                    type,
                    min,
                    max,
                    Boolean.TRUE.equals(map.get("immutable")),
                    cost,
                    text(map, "one-hot", ""),
                    text(map, "description", ""));
        }

        private Feature.Type type(String word, String name) {
            return Arrays.stream(Feature.Type.values())
                    .filter(type -> type.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            wrong(
                                    "Feature \""
                                            + name
                                            + "\" has the unknown type \""
                                            + word
                                            + "\"",
                                    "Use number, integer or flag."));
        }

        private static String text(Map<?, ?> map, String key, String otherwise) {
            Object value = map.get(key);
            return value == null ? otherwise : value.toString();
        }

        private double number(Map<?, ?> map, String key, double otherwise, String name) {
            Object value = map.get(key);
            if (value == null) {
                return otherwise;
            }
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            throw wrong(
                    "Feature \"" + name + "\" has \"" + value + "\" as " + key, "Write a number.");
        }

        private UserError wrong(String what, String mend) {
            return new UserError(what, where, mend);
        }
    }
}
