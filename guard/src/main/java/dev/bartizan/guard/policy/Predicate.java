package dev.bartizan.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A condition on a call's arguments in the part of CEL (Common Expression Language, language
/// definition, cel.dev) that policies need: `args.a.b`, `args["a"]`, literals and lists, `== != <
/// <=
/// > > = in && || !`, parentheses, `has(args.a)`, `size(x)`, and on texts `startsWith`, `endsWith`,
/// > > `contains`, `matches` (RE2). `x.all(e, cond)` and other macros, arithmetic and types are
/// > > not.
///
/// What is missing or of another type makes the condition false, never true: it is `no such key` in
/// CEL, and a call that cannot be told to keep to a rule is stopped.
public final class Predicate {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private final String text;
    private final Function<JsonNode, JsonNode> body;

    private Predicate(String text, Function<JsonNode, JsonNode> body) {
        this.text = text;
        this.body = body;
    }

    /// Reads a condition.
    ///
    /// @throws IllegalArgumentException when it is not one, with what and where
    public static Predicate parse(String text) {
        return new Predicate(text, new PredicateParser(text).parse());
    }

    /// As written.
    public String text() {
        return text;
    }

    /// Whether the arguments fulfil it.
    public boolean holds(JsonNode arguments) {
        try {
            JsonNode value = body.apply(arguments);
            return value.isBoolean() && value.asBoolean();
        } catch (Undecidable _) {
            return false;
        }
    }

    /// A part that has no value for these arguments.
    static final class Undecidable extends RuntimeException {
        Undecidable(String why) {
            super(why, null, false, false);
        }
    }

    static JsonNode of(boolean truth) {
        return JsonNodeFactory.instance.booleanNode(truth);
    }

    static JsonNode literal(String json) {
        return MAPPER.readTree(json);
    }

    static JsonNode list(List<JsonNode> items) {
        return MAPPER.valueToTree(new ArrayList<>(items));
    }

    static boolean truth(JsonNode value) {
        if (!value.isBoolean()) {
            throw new Undecidable("not true or false");
        }
        return value.asBoolean();
    }
}
