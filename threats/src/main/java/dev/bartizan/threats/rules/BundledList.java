package dev.bartizan.threats.rules;

import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import dev.bartizan.threats.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;

/// Reads a list of maps out of a file that lies beside the rules in the jar.
final class BundledList {
    private BundledList() {}

    /// The entries under a key, each made from its map.
    ///
    /// @throws IllegalStateException when the file is missing or wrong, which is a bug
    static <T> List<T> read(
            String file, String key, BiFunction<Mapping, ConditionReader, T> entry) {
        try (InputStream in = BundledList.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            Problems problems = new Problems();
            YamlNode document = YamlReader.read(file, in.readAllBytes(), problems).orElseThrow();
            ConditionReader conditions = new ConditionReader(problems);
            Sequence items = (Sequence) ((Mapping) document).get(key).orElseThrow();
            List<T> all =
                    items.items().stream()
                            .map(item -> entry.apply((Mapping) item, conditions))
                            .toList();
            if (!problems.isEmpty()) {
                throw new IllegalStateException(problems.inOrder().toString());
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
