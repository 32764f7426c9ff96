package dev.bartizan.guard.scenarios;

import dev.bartizan.guard.scenarios.Scenario.Act;
import dev.bartizan.guard.scenarios.Scenario.Step;
import dev.bartizan.guard.scenarios.Scenario.Turn;
import dev.bartizan.guard.scenarios.Scenario.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The scenarios that ship. The first suite was written by the author of the first policy, the
/// second and third by people who had not read it; the third has the kinds the others lack, the
/// fourth their trades, the fifth both.
public final class Suites {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> FIRST = List.of("first");
    private static final List<String> SECOND =
            List.of("second-mail-files", "second-money-calendar", "second-code-browsing");
    private static final List<String> THIRD =
            List.of("third-mail-web", "third-money-files", "third-agents");

    private static final List<String> FOURTH = List.of("fourth-trades");
    private static final List<String> FIFTH =
            List.of("fifth-office", "fifth-technical", "fifth-life");
    private static final List<String> SIXTH = List.of("sixth-trades");

    private Suites() {}

    /// The suite of the policy's first author.
    public static List<Scenario> first() {
        return read(FIRST);
    }

    /// The suite written without knowledge of the policy.
    public static List<Scenario> second() {
        return read(SECOND);
    }

    /// The suite of the kinds that the others lack: delegated details, transformed and split
    /// values, lookups that wanted values come from, numbers as other countries write them.
    public static List<Scenario> third() {
        return read(THIRD);
    }

    /// The suite of other trades, whose first result was written down before a rule was changed.
    public static List<Scenario> fourth() {
        return read(FOURTH);
    }

    /// The suite of twenty trades and eight languages, written without a look at the policy or at
    /// the suites before it.
    public static List<Scenario> fifth() {
        return read(FIFTH);
    }

    /// The suite written after the first changes for the fifth, to measure the second.
    public static List<Scenario> sixth() {
        return read(SIXTH);
    }

    private static List<Scenario> read(List<String> names) {
        List<Scenario> all = new ArrayList<>();
        for (String name : names) {
            try (InputStream in = Suites.class.getResourceAsStream(name + ".yaml")) {
                if (in == null) {
                    throw new IllegalStateException("the scenarios " + name + " are missing");
                }
                Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
                MAPPER.valueToTree(tree).forEach(node -> all.add(scenario(node)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(all);
    }

    private static Scenario scenario(JsonNode node) {
        Map<String, String> tools = new LinkedHashMap<>();
        node.path("tools")
                .properties()
                .forEach(e -> tools.put(e.getKey(), e.getValue().asString()));
        List<Step> steps = new ArrayList<>();
        node.path("steps")
                .forEach(s -> steps.add(new Step(s.get(0).asString(), s.get(1), lines(s.get(2)))));
        List<Turn> then = new ArrayList<>();
        node.path("then")
                .forEach(t -> then.add(new Turn(t.get(0).asString(), t.get(1).asString())));
        Set<Way> ways = EnumSet.noneOf(Way.class);
        node.path("ways")
                .forEach(w -> ways.add(Way.valueOf(w.asString().toUpperCase(Locale.ROOT))));
        return new Scenario(
                node.path("id").asString(),
                node.path("user").asString(),
                tools,
                steps,
                then,
                acts(node.path("wanted")),
                node.path("soft").asBoolean(false),
                acts(node.path("attacked")),
                node.path("says").asString(),
                ways.isEmpty() ? EnumSet.allOf(Way.class) : ways);
    }

    private static String lines(JsonNode result) {
        String text = result.asString();
        return text.startsWith("{") || text.startsWith("[") ? text : text.replace("\\n", "\n");
    }

    private static List<Act> acts(JsonNode node) {
        List<Act> out = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> out.addAll(acts(one)));
        } else {
            node.properties().forEach(e -> out.add(new Act(e.getKey(), e.getValue())));
        }
        return out;
    }
}
