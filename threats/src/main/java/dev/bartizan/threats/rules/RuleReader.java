package dev.bartizan.threats.rules;

import dev.bartizan.core.Claim;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Severity;
import dev.bartizan.threats.rules.Rule.ForEach;
import dev.bartizan.threats.rules.Rule.On;
import dev.bartizan.threats.rules.Rule.Unless;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Entry;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Scalar;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import dev.bartizan.threats.yaml.YamlReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads one file of rules. What is wrong is told with its place; a rule with a problem is left
/// out.
final class RuleReader {
    private static final Set<String> KEYS =
            Set.of(
                    "id",
                    "seeds",
                    "title",
                    "severity",
                    "at",
                    "applies-when",
                    "for-each",
                    "unless",
                    "confirmed-by",
                    "refuted-by",
                    "tolerance",
                    "why",
                    "mend",
                    "map");
    private static final Set<String> CATALOGUES =
            Set.of("atlas", "owasp-llm", "owasp-agentic", "owasp-ml", "nist", "cwe", "stride");

    private final Problems problems;
    private final ConditionReader conditions;

    private RuleReader(Problems problems) {
        this.problems = problems;
        this.conditions = new ConditionReader(problems);
    }

    static List<Rule> read(String file, byte[] bytes, Problems problems) {
        Optional<YamlNode> document = YamlReader.read(file, bytes, problems);
        if (document.isEmpty()) {
            return List.of();
        }
        return new RuleReader(problems).rules(document.get());
    }

    private List<Rule> rules(YamlNode document) {
        List<Rule> rules = new ArrayList<>();
        if (!(document instanceof Mapping root)
                || !(root.get("rules").orElse(null) instanceof Sequence list)) {
            problems.add(document.place(), "rules", "A rule file has a list \"rules\".", "");
            return rules;
        }
        for (Entry entry : root.entries()) {
            if (!Set.of("family", "rules").contains(entry.name())) {
                unknownKey(entry);
            }
        }
        for (YamlNode item : list.items()) {
            if (item instanceof Mapping rule) {
                rule(rule).ifPresent(rules::add);
            } else {
                problems.add(item.place(), "rules", "A rule is a map.", "");
            }
        }
        return rules;
    }

    private void unknownKey(Entry entry) {
        problems.add(
                entry.key().place(), entry.name(), "Unknown key \"" + entry.name() + "\".", "");
    }

    private Optional<Rule> rule(Mapping map) {
        int before = problems.size();
        map.entries().stream().filter(e -> !KEYS.contains(e.name())).forEach(this::unknownKey);
        for (String key : List.of("id", "title", "severity", "why", "mend")) {
            if (text(map, key).filter(text -> !text.isBlank()).isEmpty()) {
                problems.add(map.place(), key, "The rule needs \"" + key + "\".", "");
            }
        }
        String id = text(map, "id").orElse("");
        if (!id.matches("BZ-[a-z0-9]++(?:-[a-z0-9]++)*+")) {
            problems.add(
                    map.place(),
                    "id",
                    "\"" + id + "\" is no rule id.",
                    "Write it like BZ-lower-case.");
        }
        Rule rule =
                new Rule(
                        id,
                        texts(map, "seeds"),
                        text(map, "title").orElse(""),
                        severity(map),
                        kinds(map),
                        map.get("applies-when")
                                .map(conditions::read)
                                .orElse(new Condition.All(List.of())),
                        map.get("for-each").flatMap(this::forEach),
                        unless(map),
                        claims(map, "confirmed-by"),
                        claims(map, "refuted-by"),
                        tolerance(map),
                        text(map, "why").orElse("").strip(),
                        text(map, "mend").orElse("").strip(),
                        mappings(map),
                        map.place());
        return problems.size() == before ? Optional.of(rule) : Optional.empty();
    }

    private Severity severity(Mapping map) {
        String word = text(map, "severity").orElse("");
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        problems.add(map.place(), "severity", "Unknown severity \"" + word + "\".", "");
        return Severity.INFO;
    }

    private Set<ElementKind> kinds(Mapping map) {
        Set<ElementKind> kinds = EnumSet.noneOf(ElementKind.class);
        for (String word : texts(map, "at")) {
            Optional<ElementKind> kind = ElementKind.named(word);
            if (kind.isEmpty() && !word.equals("any")) {
                problems.add(map.place(), word, "Unknown kind \"" + word + "\".", "");
            }
            kind.ifPresent(kinds::add);
        }
        if (map.get("at").isEmpty()) {
            problems.add(map.place(), "at", "The rule needs \"at\": kinds, or any.", "");
        }
        return kinds;
    }

    private Optional<ForEach> forEach(YamlNode node) {
        if (!(node instanceof Mapping map)) {
            problems.add(node.place(), "for-each", "\"for-each\" is a map.", "");
            return Optional.empty();
        }
        String role = text(map, "role").orElse("");
        if (!role.matches("[a-z][a-z-]*") || role.equals("at") || role.equals("protocol")) {
            problems.add(map.place(), "role", "\"" + role + "\" is no role.", "");
        }
        Condition.Related related = conditions.related(map, Set.of("role"));
        return Optional.of(new ForEach(role, related.relation(), related.where()));
    }

    private List<Unless> unless(Mapping map) {
        List<Unless> list = new ArrayList<>();
        if (map.get("unless").orElse(null) instanceof Sequence items) {
            for (YamlNode item : items.items()) {
                if (item instanceof Mapping control) {
                    list.add(new Unless(texts(control, "control"), on(control)));
                } else {
                    problems.add(item.place(), "unless", "Write { control: [kind] }.", "");
                }
            }
        } else if (map.get("unless").isPresent()) {
            problems.add(map.place(), "unless", "\"unless\" is a list.", "");
        }
        return list;
    }

    private On on(Mapping control) {
        String word = text(control, "on").orElse("element");
        for (On on : On.values()) {
            if (on.name().toLowerCase(Locale.ROOT).equals(word)) {
                return on;
            }
        }
        problems.add(control.place(), "on", "Unknown \"on\": \"" + word + "\".", "");
        return On.ELEMENT;
    }

    private List<Claim> claims(Mapping map, String key) {
        List<Claim> claims = new ArrayList<>();
        for (String name : texts(map, key)) {
            try {
                claims.add(new Claim(name));
            } catch (IllegalArgumentException e) {
                problems.add(map.place(), key, String.valueOf(e.getMessage()) + ".", "");
            }
        }
        return claims;
    }

    private double tolerance(Mapping map) {
        if (map.get("tolerance").isEmpty()) {
            return Rule.DEFAULT_TOLERANCE;
        }
        if (map.get("tolerance").get().plain() instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() < 1) {
            return number.doubleValue();
        }
        problems.add(map.place(), "tolerance", "\"tolerance\" is a number in 0..1.", "");
        return Rule.DEFAULT_TOLERANCE;
    }

    private Map<String, List<String>> mappings(Mapping map) {
        Map<String, List<String>> mappings = new TreeMap<>();
        if (map.get("map").orElse(null) instanceof Mapping catalogues) {
            for (Entry entry : catalogues.entries()) {
                if (!CATALOGUES.contains(entry.name())) {
                    unknownKey(entry);
                }
                mappings.put(entry.name(), texts(catalogues, entry.name()));
            }
        }
        return mappings;
    }

    static Optional<String> text(Mapping map, String key) {
        return map.get(key).filter(Scalar.class::isInstance).map(node -> ((Scalar) node).text());
    }

    static List<String> texts(Mapping map, String key) {
        return switch (map.get(key).orElse(null)) {
            case Scalar scalar -> List.of(scalar.text());
            case Sequence sequence ->
                    sequence.items().stream()
                            .filter(Scalar.class::isInstance)
                            .map(item -> ((Scalar) item).text())
                            .toList();
            case Mapping _ -> List.of();
            case null -> List.of();
        };
    }
}
