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

/// The questions about paths that come with the tool.
public final class PathQuestions {
    private PathQuestions() {}

    /// All of them, in their order.
    public static List<PathQuestion> bundled() {
        return Bundled.ALL;
    }

    private static PathQuestion question(Mapping map, ConditionReader conditions) {
        return new PathQuestion(
                RuleReader.text(map, "id").orElseThrow(),
                RuleReader.text(map, "title").orElseThrow(),
                conditions.read(map.get("from").orElseThrow()),
                map.get("through").map(conditions::read),
                conditions.read(map.get("to").orElseThrow()),
                RuleReader.texts(map, "stopped-by"),
                RuleReader.text(map, "mend").orElseThrow());
    }

    private static final class Bundled {
        static final List<PathQuestion> ALL = load();

        private static List<PathQuestion> load() {
            try (InputStream in = PathQuestions.class.getResourceAsStream("paths.yaml")) {
                if (in == null) {
                    throw new IllegalStateException("paths.yaml is missing from the jar");
                }
                Problems problems = new Problems();
                YamlNode document =
                        YamlReader.read("paths.yaml", in.readAllBytes(), problems).orElseThrow();
                ConditionReader conditions = new ConditionReader(problems);
                Sequence questions = (Sequence) ((Mapping) document).get("questions").orElseThrow();
                List<PathQuestion> all =
                        questions.items().stream()
                                .map(item -> question((Mapping) item, conditions))
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
}
