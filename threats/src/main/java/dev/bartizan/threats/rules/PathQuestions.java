package dev.bartizan.threats.rules;

import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
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
                map.get("through").map(node -> through(node, conditions)).orElse(List.of()),
                map.get("joined-by").map(conditions::read),
                conditions.read(map.get("to").orElseThrow()),
                RuleReader.texts(map, "stopped-by"),
                RuleReader.text(map, "mend").orElseThrow());
    }

    /// One condition, or a list of them in the order in which a way passes them.
    private static List<Condition> through(YamlNode node, ConditionReader conditions) {
        return node instanceof Sequence steps
                ? steps.items().stream().map(conditions::read).toList()
                : List.of(conditions.read(node));
    }

    private static final class Bundled {
        static final List<PathQuestion> ALL =
                BundledList.read("paths.yaml", "questions", PathQuestions::question);
    }
}
