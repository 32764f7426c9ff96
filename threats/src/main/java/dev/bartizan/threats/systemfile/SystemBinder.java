package dev.bartizan.threats.systemfile;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Control;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Place;
import dev.bartizan.core.Protocol;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Entry;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Scalar;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Makes the system of a file's values. `check` reports what a schema cannot say and bears any
/// document; `system` needs one without problems.
final class SystemBinder {
    /// Rate of violations that a protocol accepts when the file gives none.
    static final double DEFAULT_TOLERANCE = 0.05;

    private static final Set<String> NOT_ATTRIBUTES = Set.of("kind", "name", "zone");
    private static final Set<String> NOT_OF_CONTROL = Set.of("id", "at", "kind");

    private final Path file;
    private final Mapping root;
    private final SystemNames names;
    private final Problems problems;

    SystemBinder(Path file, Mapping root, SystemNames names, Problems problems) {
        this.file = file;
        this.root = root;
        this.names = names;
        this.problems = problems;
    }

    void check() {
        items("flows").forEach(this::checkFlow);
        checkUnique("controls", "id");
        checkUnique("protocols", "id");
        checkUnique("decisions", "threat");
        maps("decisions").forEach(decision -> scalar(decision, "until").ifPresent(this::checkDate));
    }

    private void checkFlow(YamlNode flow) {
        Consumer<Scalar> check =
                word -> {
                    if (word.text().contains("->")) {
                        FlowSyntax.chain(word.text())
                                .forEach(id -> names.checkElement(id, word, "flows", problems));
                    }
                };
        if (flow instanceof Scalar word) {
            check.accept(word);
        } else if (flow instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> check.accept(entry.key()));
        }
    }

    private void checkUnique(String list, String key) {
        Map<String, Place> seen = new HashMap<>();
        for (Mapping item : maps(list)) {
            scalar(item, key)
                    .ifPresent(id -> {
                        Place first = seen.putIfAbsent(id.text(), id.place());
                        if (first != null) {
                            problems.add(
                                    id.place(),
                                    id.text(),
                                    "\""
                                            + Words.clip(id.text())
                                            + "\" is given twice; first in line "
                                            + first.line()
                                            + ".",
                                    "Keep one of them.");
                        }
                    });
        }
    }

    private void checkDate(Scalar until) {
        if (!until.text().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            return; // the schema has said so
        }
        try {
            LocalDate.parse(until.text());
        } catch (DateTimeException e) {
            problems.add(
                    until.place(),
                    "until",
                    "\"" + until.text() + "\" is no day of the calendar.",
                    "Write it like \"2027-03-31\".");
        }
    }

    AiSystem system() {
        Map<String, Attributes> parameters = new LinkedHashMap<>();
        entries("checks").forEach(e -> parameters.put(e.name(), attributes(e.value(), Set.of())));
        return new AiSystem(
                text(root, "system").orElseGet(this::fileName),
                file,
                root.get("profile").map(p -> attributes(p, Set.of())).orElse(Attributes.NONE),
                text(root, "environment").orElse("production"),
                zones(),
                elements(),
                flows(),
                controls(),
                maps("protocols").stream().map(this::protocol).toList(),
                maps("decisions").stream().map(this::decision).toList(),
                parameters,
                root.get("carried").map(c -> attributes(c, Set.of())).orElse(Attributes.NONE));
    }

    private String fileName() {
        String name = String.valueOf(file.toAbsolutePath().getFileName());
        return name.replaceFirst("\\.[Yy][Aa]?[Mm][Ll]$", "");
    }

    private Map<String, Zone> zones() {
        Map<String, Zone> zones = new LinkedHashMap<>();
        for (Entry entry : entries("zones")) {
            String trust =
                    entry.value() instanceof Mapping mapping
                            ? text(mapping, "trust").orElse("internal")
                            : ((Scalar) entry.value()).text();
            zones.put(
                    entry.name(),
                    new Zone(
                            entry.name(),
                            Zone.Trust.valueOf(trust.toUpperCase(Locale.ROOT)),
                            attributes(entry.value(), Set.of("trust"))));
        }
        return zones;
    }

    private Map<String, Element> elements() {
        Map<String, Element> elements = new LinkedHashMap<>();
        for (Entry entry : entries("elements")) {
            Mapping body = (Mapping) entry.value();
            elements.put(
                    entry.name(),
                    new Element(
                            entry.name(),
                            ElementKind.named(text(body, "kind").orElseThrow()).orElseThrow(),
                            text(body, "name").orElse(entry.name()),
                            text(body, "zone").orElse(""),
                            attributes(body, NOT_ATTRIBUTES),
                            entry.key().place()));
        }
        return elements;
    }

    private List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        for (YamlNode item : items("flows")) {
            switch (item) {
                case Scalar word -> addChain(word, List.of(), flows);
                case Mapping mapping ->
                        mapping.entries()
                                .forEach(e -> addChain(e.key(), carries(e.value()), flows));
                case Sequence _ -> throw new IllegalStateException("The schema allows no list");
            }
        }
        return flows;
    }

    private static void addChain(Scalar word, List<String> carries, List<Flow> flows) {
        List<String> ids = FlowSyntax.chain(word.text());
        for (int i = 1; i < ids.size(); i++) {
            flows.add(new Flow(ids.get(i - 1), ids.get(i), carries, word.place()));
        }
    }

    private static List<String> carries(YamlNode node) {
        return new Attributes(Map.of("carries", node.plain())).texts("carries");
    }

    private List<Control> controls() {
        List<Control> controls = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        maps("controls").forEach(item -> text(item, "id").ifPresent(taken::add));
        for (Mapping item : maps("controls")) {
            String kind = text(item, "kind").orElseThrow();
            String at = text(item, "at").orElseThrow();
            String id = text(item, "id").orElseGet(() -> freeName(kind + "-at-" + at, taken));
            controls.add(new Control(id, at, kind, attributes(item, NOT_OF_CONTROL), item.place()));
        }
        return controls;
    }

    private static String freeName(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private Protocol protocol(Mapping item) {
        return new Protocol(
                text(item, "id").orElseThrow(),
                text(item, "claim").orElse(""),
                text(item, "at").orElseThrow(),
                item.get("oracle").map(oracle -> oracle((Mapping) oracle)),
                number(item, "tolerance").orElse(DEFAULT_TOLERANCE),
                item.place());
    }

    private static Oracle oracle(Mapping item) {
        Optional<String> tool = text(item, "never-calls");
        if (tool.isPresent()) {
            return new Oracle.NeverCalls(tool.get(), text(item, "unless"));
        }
        Mapping secret = (Mapping) item.get("seed-secret").orElseThrow();
        return new Oracle.SeededSecret(
                text(secret, "owner").orElseThrow(),
                text(secret, "in").orElseThrow(),
                text(item, "must-not-reach").orElseThrow());
    }

    private Decision decision(Mapping item) {
        String action = text(item, "do").orElseThrow();
        return new Decision(
                text(item, "threat").orElseThrow(),
                Decision.Action.valueOf(action.toUpperCase(Locale.ROOT)),
                text(item, "owner").orElseThrow(),
                text(item, "second").orElse(""),
                text(item, "reason").orElseThrow(),
                LocalDate.parse(text(item, "until").orElseThrow()),
                item.place());
    }

    private List<YamlNode> items(String key) {
        return root.get(key).orElse(null) instanceof Sequence sequence
                ? sequence.items()
                : List.of();
    }

    private List<Mapping> maps(String key) {
        return items(key).stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .toList();
    }

    private List<Entry> entries(String key) {
        return root.get(key).orElse(null) instanceof Mapping mapping
                ? mapping.entries()
                : List.of();
    }

    private static Optional<Scalar> scalar(Mapping mapping, String key) {
        return mapping.get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    private static Optional<String> text(Mapping mapping, String key) {
        return scalar(mapping, key).map(Scalar::text);
    }

    private static Optional<Double> number(Mapping mapping, String key) {
        return scalar(mapping, key)
                .filter(scalar -> scalar.value() instanceof Number)
                .map(scalar -> ((Number) scalar.plain()).doubleValue());
    }

    private static Attributes attributes(YamlNode node, Set<String> without) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.entries().stream()
                    .filter(entry -> !without.contains(entry.name()))
                    .forEach(entry -> values.put(entry.name(), entry.value().plain()));
        }
        return new Attributes(values);
    }
}
