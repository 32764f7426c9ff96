package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML read as events, so that quoting, escapes, folded lines and tag directives hide nothing and
/// aliases expand nothing.
final class YamlEvents {
    private static final int LONGEST = 3 << 20;
    private static final long MOST_EVENTS = 2_000_000;
    private static final long MOST_EXPANDED = 10_000_000;
    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Set<String> HARMLESS =
            Set.of(
                    "str",
                    "int",
                    "float",
                    "bool",
                    "null",
                    "map",
                    "seq",
                    "set",
                    "omap",
                    "pairs",
                    "binary",
                    "timestamp",
                    "merge",
                    "value",
                    "python/tuple",
                    "python/unicode",
                    "python/str",
                    "python/int",
                    "python/float",
                    "python/bool",
                    "python/none",
                    "python/list",
                    "python/dict",
                    "python/complex",
                    "python/bytes",
                    "python/long");

    /// Keys whose values are run: of MLflow projects, BentoML, Compose and others. Workflows of
    /// forges pipe installers into shells every day, so that their `run` is none of them.
    private static final Set<String> COMMAND_KEYS =
            Set.of(
                    "command",
                    "cmd",
                    "entrypoint",
                    "setup_script",
                    "startup",
                    "post_install",
                    "hook");

    private static final Rule BOMB =
            Rule.structure(
                    "yaml-bomb", "Do not load it; its aliases expand without bound.", "CWE-776");

    private static final Rule BROKEN =
            Rule.structure(
                    "yaml-structure", "Mend the file or fetch it again; nothing reads it whole.");
    private static final Pattern JOBS = Pattern.compile("(?m)^(jobs|runs|on):");
    private static final Pattern NAMED = Pattern.compile("(?i)\\.ya?ml$");

    private static final int MOST_UNFILLED = 10_000;
    private static final int LONGEST_KEPT = 400;
    private static final int LONGEST_PATH = 200;

    /// Python's readers give up earlier. Each token costs as much as collections are open.
    private static final int DEEPEST = 2_000;

    private static final Pattern BUILDING =
            Pattern.compile(
                    "!(new|apply|name|module|obj|object|class|pkl|import|call|eval|exec):.*");
    private static final Pattern LANGUAGE =
            Pattern.compile("python/(object|module|name|apply).*|(javax?|org|com|sun)\\..*");

    private final Set<String> targetKeys;
    private final boolean isFilledFirst;
    private boolean isWorkflow;
    private final Notes notes;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Map<Anchor, Long> sizes = new HashMap<>();
    private final Set<Anchor> anchors = new HashSet<>();
    private final Map<Anchor, String> anchoredTexts = new HashMap<>();
    private final Interpolations interpolations = new Interpolations();
    private final List<Target> unfilled = new ArrayList<>();

    /// A setting that names code by way of others.
    private record Target(String key, String value, long offset) {}

    /// A mapping or list that is open: the key whose value comes next, and how many values it
    /// expands to so far.
    private static final class Level {
        private final boolean isMapping;
        private final @Nullable Anchor anchor;
        private @Nullable String key;
        private @Nullable Target lookup;
        private String path = "";
        private long size = 1;

        Level(boolean isMapping, @Nullable Anchor anchor) {
            this.isMapping = isMapping;
            this.anchor = anchor;
        }
    }

    private YamlEvents(Set<String> targetKeys, boolean isFilledFirst, Notes notes) {
        this.targetKeys = targetKeys;
        this.isFilledFirst = isFilledFirst;
        this.notes = notes;
    }

    /// Notes what a document makes a loader import; false when it is no YAML, so that others must
    /// look.
    ///
    /// @param targetKeys keys whose values are imported
    static boolean look(String text, Set<String> targetKeys, Notes notes) {
        if (text.length() > LONGEST) {
            return false;
        }
        boolean isFilledFirst = text.contains("{{") || text.contains("{%") || text.contains("<%");
        YamlEvents events = new YamlEvents(targetKeys, isFilledFirst, notes);
        events.isWorkflow = JOBS.matcher(text).find();
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(LONGEST + 1).build();
        try {
            Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
            for (long seen = 0; parser.hasNext(); seen++) {
                notes.checkTime();
                if (seen > MOST_EVENTS) {
                    return false;
                }
                events.take(parser.next());
                if (events.levels.size() > DEEPEST) {
                    notes.broken(
                            BOMB,
                            Severity.MEDIUM,
                            0,
                            "More than " + DEEPEST + " collections in one another");
                    return true;
                }
            }
            events.fill();
            return true;
        } catch (YamlEngineException e) {
            events.promised(e);
            return false;
        }
    }

    /// A file named as YAML that no reader of YAML can read; one that a template engine fills first
    /// may be none yet.
    private void promised(YamlEngineException e) {
        boolean isNamed = NAMED.matcher(notes.item().name()).find();
        if (isNamed && !isFilledFirst) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    e instanceof MarkedYamlEngineException marked
                            ? marked.getProblemMark().map(mark -> mark.getIndex()).orElse(0)
                            : 0,
                    "It is named as YAML, and no YAML: " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(@Nullable String message) {
        String text = message == null ? "" : message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private void take(Event event) {
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchors::add);
        }
        switch (event) {
            case DocumentStartEvent _ -> {
                anchors.clear();
                anchoredTexts.clear();
            }
            case CollectionStartEvent start -> {
                tag(start.getTag().orElse(""), offset(event));
                levels.push(
                        new Level(
                                start instanceof MappingStartEvent,
                                start.getAnchor().orElse(null)));
            }
            case CollectionEndEvent _ -> close();
            case ScalarEvent scalar -> {
                tag(scalar.getTag().orElse(""), offset(event));
                scalar.getAnchor().ifPresent(anchor -> keep(anchor, scalar.getValue()));
                scalar(scalar.getValue(), offset(event));
                grow(1);
            }
            case AliasEvent alias -> {
                anchored(alias);
                String text = anchoredTexts.get(alias.getAlias());
                if (text == null) {
                    value("");
                } else {
                    scalar(text, offset(event));
                }
                grow(sizes.getOrDefault(alias.getAlias(), 1L));
            }
            default -> {}
        }
    }

    /// An alias of nothing ends every reader that builds values.
    private void anchored(AliasEvent alias) {
        boolean isNamed = NAMED.matcher(notes.item().name()).find();
        if (isNamed && !isFilledFirst && !anchors.contains(alias.getAlias())) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    offset(alias),
                    "The alias *" + alias.getAlias().getValue() + " stands for nothing before it");
        }
    }

    private void close() {
        Level level = levels.pop();
        if (level.lookup != null && !Lookups.isHarmless(level.path)) {
            Target lookup = level.lookup;
            SettingsAnalyser.target(lookup.key(), lookup.value(), lookup.offset(), notes);
        }
        if (level.anchor != null) {
            sizes.put(level.anchor, level.size);
        }
        value("");
        grow(level.size);
    }

    private void grow(long by) {
        Level level = levels.peek();
        if (level == null) {
            return;
        }
        boolean wasWithin = level.size <= MOST_EXPANDED;
        level.size = Math.min(Long.MAX_VALUE / 4, level.size + by);
        if (wasWithin && level.size > MOST_EXPANDED && levels.size() == 1) {
            notes.broken(
                    BOMB,
                    Severity.MEDIUM,
                    0,
                    "Its aliases expand to more than " + MOST_EXPANDED + " values");
        }
    }

    private void scalar(String text, long offset) {
        Level level = levels.peek();
        if (level == null || !level.isMapping) {
            judge(nearestKey(), text, offset);
            return;
        }
        if (level.key == null) {
            level.key = text;
            return;
        }
        if (COMMAND_KEYS.contains(level.key)) {
            ValueText.program(level.key, text, notes.item().path() + "@" + offset, notes);
            CodeInText.fetchAndRun(text)
                    .ifPresent(command ->
                            notes.finding(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.HIGH,
                                    offset,
                                    "A setting holds a command that fetches and runs: " + command));
        }
        if (!COMMAND_KEYS.contains(level.key)) {
            judge(level.key, text, offset);
        }
        if (level.key.equals("path")) {
            level.path = text.strip();
        }
        if (targetKeys.contains(level.key) && Lookups.isOne(text.strip())) {
            level.lookup = new Target(level.key, text.strip(), offset);
        } else if (targetKeys.contains(level.key) && notes.hasRoomFor(Severity.CRITICAL)) {
            SettingsAnalyser.target(level.key, text.strip(), offset, notes);
            if (Interpolations.isIn(text) && unfilled.size() < MOST_UNFILLED) {
                unfilled.add(new Target(level.key, text.strip(), offset));
            }
        }
        interpolations.keep(path(), text.strip());
        level.key = null;
    }

    /// The keys that lead to the value, from the outermost.
    private String path() {
        StringBuilder path = new StringBuilder();
        for (Iterator<Level> outer = levels.descendingIterator(); outer.hasNext(); ) {
            Level level = outer.next();
            if (level.key != null && path.length() < LONGEST_PATH) {
                path.append(path.isEmpty() ? "" : ".").append(level.key);
            }
        }
        return path.toString();
    }

    private void keep(Anchor anchor, String text) {
        if (text.length() <= LONGEST_KEPT && anchoredTexts.size() < MOST_UNFILLED) {
            anchoredTexts.put(anchor, text);
        }
    }

    /// What settings name once all that they refer to is known.
    private void fill() {
        for (Target target : unfilled) {
            String filled = interpolations.filled(target.value());
            if (!Interpolations.isIn(filled)) {
                SettingsAnalyser.target(target.key(), filled, target.offset(), notes);
            }
        }
    }

    /// The key of the mapping around lists.
    private String nearestKey() {
        for (Level level : levels) {
            if (level.isMapping) {
                return level.key == null ? "" : level.key;
            }
        }
        return "";
    }

    /// Workflows of forges pipe installers into shells every day; those are judged whole.
    private void judge(String key, String text, long offset) {
        boolean isStep = isWorkflow && key.equals("run");
        if (!isStep && notes.hasRoomFor(Severity.HIGH)) {
            ValueText.look(key, text, notes.item().path() + "@" + offset, notes);
        }
    }

    /// A value that is no scalar; as a key it is of no interest.
    private void value(String nothing) {
        Level level = levels.peek();
        if (level != null && level.isMapping) {
            level.key = level.key == null ? nothing : null;
        }
    }

    private void tag(String tag, long offset) {
        if (BUILDING.matcher(tag).matches()) {
            String target = tag.substring(tag.indexOf(':') + 1);
            SettingsAnalyser.target(tag.substring(0, tag.indexOf(':')), target, offset, notes);
            return;
        }
        String name = tag.startsWith(STANDARD) ? tag.substring(STANDARD.length()) : "";
        if (name.isEmpty() || HARMLESS.contains(name)) {
            return;
        }
        boolean callsPython =
                name.startsWith("js/")
                        || name.startsWith("ruby/")
                        || LANGUAGE.matcher(name).matches();
        notes.finding(
                TextRules.TARGET,
                callsPython ? YamlTags.severity(name) : Severity.MEDIUM,
                offset,
                "A YAML tag makes a loader build an object: " + name);
    }

    private static long offset(Event event) {
        return event.getStartMark().map(mark -> Long.valueOf(mark.getIndex())).orElse(0L);
    }
}
