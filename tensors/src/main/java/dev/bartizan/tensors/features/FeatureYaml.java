package dev.bartizan.tensors.features;

import dev.bartizan.core.Place;
import dev.bartizan.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML nodes of a feature description, with line and column in every message.
///
/// @param node the value
/// @param file name of the file
record FeatureYaml(Node node, String file) {
    private static final int MAX_ALIASES = 10;

    /// The document in these bytes.
    static FeatureYaml document(byte[] bytes, String file) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(FeatureDescription.MAX_BYTES)
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .build();
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Optional<Node> root =
                    new Composer(
                                    settings,
                                    new ParserImpl(settings, new StreamReader(settings, text)))
                            .getSingleNode();
            return new FeatureYaml(
                    root.orElseThrow(() ->
                            new UserError(
                                    "The feature description says nothing",
                                    file,
                                    "Write \"features:\" and below it a list of columns.")),
                    file);
        } catch (MarkedYamlEngineException e) {
            throw new UserError(
                    "The feature description is not readable YAML: " + firstLine(e.getProblem()),
                    place(file, e.getProblemMark()),
                    "Mend that line: check indentation and quotes.",
                    e);
        } catch (YamlEngineException
                | IllegalArgumentException // for odd tags
                | ClassCastException
                | StackOverflowError e) {
            throw new UserError(
                    "The feature description is not readable YAML: "
                            + firstLine(String.valueOf(e.getMessage())),
                    file,
                    "Mend the line the message names.",
                    e);
        }
    }

    private static String firstLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }

    private static String place(String file, Optional<Mark> mark) {
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1).toString())
                .orElse(file);
    }

    UserError wrong(String what, String mend) {
        return new UserError(what, place(file, node.getStartMark()), mend);
    }

    /// A key of a map with its value.
    record Entry(String key, FeatureYaml keyNode, FeatureYaml value) {}

    /// Entries of a map whose keys are texts, each there once.
    List<Entry> entries(String what, String mend) {
        if (!(node instanceof MappingNode map)) {
            throw wrong(what, mend);
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            FeatureYaml key = new FeatureYaml(tuple.getKeyNode(), file);
            String name = key.text();
            if (!seen.add(name)) {
                throw key.wrong("The key \"" + name + "\" stands twice", "Keep one of them.");
            }
            entries.add(new Entry(name, key, new FeatureYaml(tuple.getValueNode(), file)));
        }
        return entries;
    }

    List<FeatureYaml> items(String what, String mend) {
        if (!(node instanceof SequenceNode list)) {
            throw wrong(what, mend);
        }
        return list.getValue().stream().map(item -> new FeatureYaml(item, file)).toList();
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong("A text or a number is expected here", "Write one value.");
    }

    double number() {
        if (node instanceof ScalarNode scalar) {
            boolean isNumber = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
            try {
                if (isNumber) {
                    return switch (scalar.getValue()) {
                        case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
                        case "-.inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(scalar.getValue());
                    };
                }
            } catch (NumberFormatException _) {
                // told below
            }
            throw wrong("\"" + scalar.getValue() + "\" is no number", "Write a number.");
        }
        throw wrong("A number is expected here", "Write a number.");
    }

    boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("\"" + text() + "\" is neither true nor false", "Write one.");
        };
    }
}
