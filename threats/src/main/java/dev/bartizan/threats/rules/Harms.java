package dev.bartizan.threats.rules;

import dev.bartizan.threats.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Set;

/// The harms that come with the tool.
public final class Harms {
    private Harms() {}

    /// All of them, in their order.
    public static List<Harm> bundled() {
        return Bundled.ALL;
    }

    private static Harm harm(Mapping map, ConditionReader conditions) {
        return new Harm(
                RuleReader.text(map, "id").orElseThrow(),
                RuleReader.text(map, "says").orElseThrow(),
                Set.copyOf(RuleReader.texts(map, "stride")),
                conditions.read(map.get("when").orElseThrow()),
                RuleReader.text(map, "atlas").orElseThrow());
    }

    private static final class Bundled {
        static final List<Harm> ALL = BundledList.read("harms.yaml", "harms", Harms::harm);
    }
}
