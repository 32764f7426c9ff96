package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.instructions.ToolManifests;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Servers that settings in YAML list (Continue, `config.yaml`; LibreChat). Aliases stand for
/// nothing here, so that nothing expands.
public final class YamlServers {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_VALUES = 100_000;
    private static final int DEEPEST = 60;
    private static final Pattern LISTS =
            Pattern.compile("(?m)^[ \\t]*[\"']?mcp[_-]?[sS]ervers[\"']?[ \\t]*:");

    /// A mapping or list that is open; in a mapping, keys and values by turns.
    private record Open(boolean isMapping, List<Json> values) {
        Json close() {
            if (!isMapping) {
                return new Json.Items(values);
            }
            List<Json.Member> members = new ArrayList<>();
            for (int i = 0; i + 1 < values.size(); i += 2) {
                if (values.get(i) instanceof Json.Text key) {
                    members.add(new Json.Member(key.value(), values.get(i + 1)));
                }
            }
            return new Json.Members(members);
        }
    }

    private YamlServers() {}

    /// Notes what the servers of such settings are; other texts are left alone.
    public static void look(String text, Notes notes) {
        boolean isYaml = notes.item().hasEnding(".yaml", ".yml") && text.length() <= LONGEST;
        if (!isYaml || !LISTS.matcher(text).find()) {
            return;
        }
        LoadSettings settings = LoadSettings.builder().build();
        try {
            Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
            ToolManifests.look(read(parser), notes);
        } catch (YamlEngineException e) {
            return; // what is named as YAML and is none is told of by the reader of settings
        }
    }

    private static Json read(Parser parser) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(false, new ArrayList<>()));
        for (int seen = 0; seen < MOST_VALUES && parser.hasNext(); seen++) {
            Event event = parser.next();
            switch (event) {
                case CollectionStartEvent start -> {
                    if (open.size() > DEEPEST) {
                        return new Json.Null();
                    }
                    open.push(new Open(start instanceof MappingStartEvent, new ArrayList<>()));
                }
                case CollectionEndEvent _ -> {
                    Json closed = open.pop().close();
                    open.element().values().add(closed);
                }
                case ScalarEvent scalar ->
                        open.element().values().add(new Json.Text(scalar.getValue()));
                case AliasEvent _ -> open.element().values().add(new Json.Null());
                default -> {}
            }
        }
        while (open.size() > 1) {
            Json closed = open.pop().close();
            open.element().values().add(closed);
        }
        return open.element().close();
    }
}
