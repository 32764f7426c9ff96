package dev.bartizan.threats.yaml;

import dev.bartizan.core.Place;
import dev.bartizan.threats.yaml.YamlNode.Entry;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Scalar;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads one YAML document into {@link YamlNode}s. Aliases are followed, at their full expanded
/// size; everything is bounded.
public final class YamlReader {
    /// Nesting of maps and lists.
    public static final int MAX_DEPTH = 40;

    /// Values in the document, every alias counted at its full size.
    public static final long MAX_NODES = 200_000;

    /// Times an anchor may be used.
    public static final int MAX_ALIASES = 1_000;

    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
    private static final Set<String> TAGS =
            Set.of("str", "int", "float", "bool", "null", "map", "seq");

    private final String file;
    private final String text;
    private final Problems problems;
    private final Parser parser;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private long nodes;
    private int aliases;

    private YamlReader(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(Math.max(1, text.length()))
                        .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /// The document, or nothing when it cannot be used; the reasons are then in `problems`. A
    /// document may come with problems, such as a key given twice.
    ///
    /// @param file name for messages
    public static Optional<YamlNode> read(String file, byte[] bytes, Problems problems) {
        return BoundedText.decode(file, bytes, problems)
                .flatMap(text -> new YamlReader(file, text, problems).document());
    }

    private Optional<YamlNode> document() {
        try {
            parser.next();
            if (parser.checkEvent(Event.ID.StreamEnd)) {
                return empty();
            }
            parser.next();
            Read root = node(1);
            parser.next();
            if (!parser.checkEvent(Event.ID.StreamEnd)) {
                throw refuse(
                        place(parser.peekEvent().getStartMark()),
                        "",
                        "A second document begins here.",
                        "One file describes one system: remove the \"---\" and what follows.");
            }
            boolean isEmpty = root.node() instanceof Scalar scalar && scalar.value() == null;
            return isEmpty ? empty() : Optional.of(root.node());
        } catch (Refused e) {
            problems.add(e.problem);
        } catch (MarkedYamlEngineException e) {
            problems.add(syntaxProblem(e));
        } catch (YamlEngineException e) {
            problems.add(
                    new Place(file, 0, 0), "", "Not YAML: " + oneLine(e.getMessage()) + ".", "");
        }
        return Optional.empty();
    }

    private Optional<YamlNode> empty() {
        problems.add(new Place(file, 1, 1), "", "The file says nothing.", "");
        return Optional.empty();
    }

    private Problem syntaxProblem(MarkedYamlEngineException e) {
        Place place = place(e.getProblemMark());
        String what = oneLine(e.getProblem());
        if (what.contains("\\t(TAB)") || isTabAt(e.getProblemMark())) {
            return new Problem(
                    place,
                    "",
                    "A tab is used to indent.",
                    "Indent with spaces: YAML knows no tabs.");
        }
        String context = e.getContext() == null ? "" : " (" + oneLine(e.getContext()) + ")";
        return new Problem(
                place, "", "Not YAML: " + what + context + ".", "Check indentation and quotes.");
    }

    private boolean isTabAt(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(-1);
        int offset =
                index < 0 || index >= text.codePointCount(0, text.length())
                        ? -1
                        : text.offsetByCodePoints(0, index);
        return offset >= 0 && text.charAt(offset) == '\t';
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "cannot be read" : message.strip().replaceAll("\\s+", " ");
    }

    private Read node(int depth) {
        Event event = parser.next();
        Place place = place(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw refuse(place, "", "Nested deeper than " + MAX_DEPTH + " levels.", "Flatten it.");
        }
        return switch (event) {
            case AliasEvent alias -> alias(alias, place, depth);
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar, place));
            case SequenceStartEvent start -> sequence(start, place, depth);
            case MappingStartEvent start -> mapping(start, place, depth);
            default ->
                    throw refuse(place, "", "Not YAML: unexpected " + event.getEventId() + ".", "");
        };
    }

    private Read alias(AliasEvent alias, Place place, int depth) {
        String name = alias.getAlias().getValue();
        if (open.contains(alias.getAlias())) {
            throw refuse(place, name, "Anchor \"" + name + "\" contains itself.", "Write it out.");
        }
        Anchored target = anchors.get(alias.getAlias());
        if (target == null) {
            throw refuse(
                    place, name, "Alias \"" + name + "\" has no anchor.", "Define &" + name + ".");
        }
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw refuse(
                    place, name, "More than " + MAX_ALIASES + " aliases.", "Write the values out.");
        }
        count(target.read().size(), place);
        if (depth + target.read().height() - 1 > MAX_DEPTH) {
            throw refuse(
                    place, name, "Nested deeper than " + MAX_DEPTH + " levels.", "Flatten it.");
        }
        return target.read();
    }

    private Read scalar(ScalarEvent event, Place place) {
        count(1, place);
        event.getTag().ifPresent(tag -> checkTag(tag, place));
        boolean isText =
                event.getScalarStyle() != ScalarStyle.PLAIN
                        || event.getTag().filter(tag -> tag.endsWith(":str")).isPresent();
        String value = event.getValue();
        Object resolved = isText ? value : YamlScalars.resolve(value);
        return new Read(new Scalar(place, resolved, value), 1, 1);
    }

    private Read sequence(SequenceStartEvent event, Place place, int depth) {
        begin(event.getTag(), event.getAnchor(), place);
        List<YamlNode> items = new ArrayList<>();
        long size = 1;
        int height = 0;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Read item = node(depth + 1);
            items.add(item.node());
            size += item.size();
            height = Math.max(height, item.height());
        }
        parser.next();
        return anchored(event.getAnchor(), new Read(new Sequence(place, items), size, height + 1));
    }

    private Read mapping(MappingStartEvent event, Place place, int depth) {
        begin(event.getTag(), event.getAnchor(), place);
        List<Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        long size = 1;
        int height = 0;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Scalar key = key(depth + 1);
            Read value = node(depth + 1);
            size += value.size() + 1;
            height = Math.max(height, value.height());
            Place first = seen.putIfAbsent(key.text(), key.place());
            if (first == null) {
                entries.add(new Entry(key, value.node()));
            } else {
                problems.add(
                        key.place(),
                        key.text(),
                        "\""
                                + key.text()
                                + "\" is given twice; first in line "
                                + first.line()
                                + ".",
                        "Keep one of them.");
            }
        }
        parser.next();
        return anchored(event.getAnchor(), new Read(new Mapping(place, entries), size, height + 1));
    }

    private Scalar key(int depth) {
        Read key = node(depth);
        if (key.node() instanceof Scalar scalar) {
            return scalar;
        }
        throw refuse(
                key.node().place(), "", "A key is " + key.node().shape() + ".", "Keys are text.");
    }

    private void begin(Optional<String> tag, Optional<Anchor> anchor, Place place) {
        count(1, place);
        tag.ifPresent(name -> checkTag(name, place));
        anchor.ifPresent(open::add);
    }

    private Read anchored(Optional<Anchor> anchor, Read read) {
        anchor.ifPresent(name -> {
            open.remove(name);
            anchors.put(name, new Anchored(read));
        });
        return read;
    }

    private void checkTag(String tag, Place place) {
        boolean isStandard =
                tag.equals("!")
                        || (tag.startsWith(STANDARD_TAGS)
                                && TAGS.contains(tag.substring(STANDARD_TAGS.length())));
        if (!isStandard) {
            throw refuse(place, tag, "Tag \"" + tag + "\" is not understood.", "Remove the tag.");
        }
    }

    private void count(long more, Place place) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw refuse(
                    place,
                    "",
                    "More than " + MAX_NODES + " values once aliases are expanded.",
                    "Split the system, or use fewer aliases.");
        }
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Place(file, 0, 0));
    }

    private static Refused refuse(Place place, String key, String message, String suggestion) {
        return new Refused(new Problem(place, key, message, suggestion));
    }

    /// A node with the number of values in it and its height, aliases expanded.
    private record Read(YamlNode node, long size, int height) {}

    private record Anchored(Read read) {}

    private static final class Refused extends RuntimeException {
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }
}
