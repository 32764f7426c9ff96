package dev.bartizan.threats.rules;

import dev.bartizan.threats.rules.Condition.All;
import dev.bartizan.threats.rules.Condition.Any;
import dev.bartizan.threats.rules.Condition.Has;
import dev.bartizan.threats.rules.Condition.Is;
import dev.bartizan.threats.rules.Condition.IsNot;
import dev.bartizan.threats.rules.Condition.Lacks;
import dev.bartizan.threats.rules.Condition.Not;
import dev.bartizan.threats.rules.Condition.Related;
import dev.bartizan.threats.rules.Condition.Relation;
import dev.bartizan.threats.rules.Condition.Way;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Entry;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads conditions of rules. A map with several keys means all of them; a list means all of its
/// entries.
///
/// ```yaml
/// all: [...]    any: [...]    not: {...}
/// is: { exposes: [public, partner] }      # unknown when nothing is known
/// is-not: { approval: always }            # true unless known otherwise
/// has: artifact.path    lacks: [a, b]
/// to: { by: serves, where: {...} }        # an element it serves
/// from: { by: path, where: {...} }        # data comes here from such an element
/// ```
final class ConditionReader {
    private final Problems problems;

    ConditionReader(Problems problems) {
        this.problems = problems;
    }

    Condition read(YamlNode node) {
        return switch (node) {
            case Sequence sequence -> new All(sequence.items().stream().map(this::read).toList());
            case Mapping mapping -> {
                List<Condition> parts = new ArrayList<>();
                mapping.entries().forEach(entry -> parts.addAll(entry(entry, mapping)));
                yield parts.size() == 1 ? parts.get(0) : new All(parts);
            }
            case YamlNode.Scalar scalar -> {
                problems.add(scalar.place(), scalar.text(), "A condition is a map.", "");
                yield new All(List.of());
            }
        };
    }

    private List<Condition> entry(Entry entry, Mapping mapping) {
        return switch (entry.name()) {
            case "all" -> List.of(read(entry.value()));
            case "any" -> List.of(any(entry.value()));
            case "not" -> List.of(new Not(read(entry.value())));
            case "has" ->
                    facts(mapping, "has").stream().map(Has::new).<Condition>map(c -> c).toList();
            case "lacks" ->
                    facts(mapping, "lacks").stream()
                            .map(Lacks::new)
                            .<Condition>map(c -> c)
                            .toList();
            case "is" -> valued(entry, true);
            case "is-not" -> valued(entry, false);
            case "to" -> List.of(related(entry, Way.TO));
            case "from" -> List.of(related(entry, Way.FROM));
            default -> {
                problems.add(
                        entry.key().place(),
                        entry.name(),
                        "Unknown condition \"" + entry.name() + "\".",
                        "");
                yield List.of();
            }
        };
    }

    private Condition any(YamlNode node) {
        if (node instanceof Sequence sequence) {
            return new Any(sequence.items().stream().map(this::read).toList());
        }
        problems.add(node.place(), "any", "\"any\" is a list.", "");
        return new Any(List.of());
    }

    private static List<String> facts(Mapping mapping, String key) {
        return RuleReader.texts(mapping, key);
    }

    private List<Condition> valued(Entry entry, boolean isTrue) {
        if (!(entry.value() instanceof Mapping facts)) {
            problems.add(entry.value().place(), entry.name(), "Write { fact: [values] }.", "");
            return List.of();
        }
        List<Condition> parts = new ArrayList<>();
        for (Entry fact : facts.entries()) {
            List<String> values = RuleReader.texts(facts, fact.name());
            parts.add(isTrue ? new Is(fact.name(), values) : new IsNot(fact.name(), values));
        }
        return parts;
    }

    private Condition related(Entry entry, Way way) {
        if (!(entry.value() instanceof Mapping map)) {
            problems.add(entry.value().place(), entry.name(), "Write { by: …, where: … }.", "");
            return new All(List.of());
        }
        return related(map, way, Set.of());
    }

    /// The relation of a `for-each`, which says `to:` or `from:` for the relation's name.
    Related related(Mapping map, Set<String> alsoAllowed) {
        Way way = map.get("from").isPresent() ? Way.FROM : Way.TO;
        return related(map, way, alsoAllowed);
    }

    private Related related(Mapping map, Way way, Set<String> alsoAllowed) {
        Set<String> known = Set.of("by", "to", "from", "where", "carries");
        for (Entry entry : map.entries()) {
            if (!known.contains(entry.name()) && !alsoAllowed.contains(entry.name())) {
                problems.add(
                        entry.key().place(),
                        entry.name(),
                        "Unknown key \"" + entry.name() + "\".",
                        "");
            }
        }
        String by =
                RuleReader.text(map, "by")
                        .or(() -> RuleReader.text(map, "to"))
                        .or(() -> RuleReader.text(map, "from"))
                        .orElse("");
        if (by.isEmpty()) {
            problems.add(map.place(), "by", "The relation needs a name.", "");
        }
        Condition where = map.get("where").map(this::read).orElse(new All(List.of()));
        return new Related(new Relation(by, way, RuleReader.text(map, "carries")), where);
    }
}
