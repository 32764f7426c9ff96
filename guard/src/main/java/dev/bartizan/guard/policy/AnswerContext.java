package dev.bartizan.guard.policy;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.output.Groundedness;
import dev.bartizan.guard.output.PromptLeak;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an answer is compared with: the system prompt that it must not give away, the sources that
/// it must rest on, the schema that it must have.
///
/// @param system the system prompt
/// @param sources texts that the answer was made from; empty for no comparison
/// @param schema the schema of an answer that is JSON
public record AnswerContext(
        Optional<String> system, List<String> sources, Optional<ArgumentSchema> schema) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Groundedness GROUNDS = Groundedness.numbersAndNames();

    /// Copies the list.
    public AnswerContext {
        sources = List.copyOf(sources);
    }

    /// The context that a line carries: `"system"`, a text; `"sources"`, a list of texts;
    /// `"schema"`, in the keywords of `ArgumentSchema`. Each may be left out.
    ///
    /// @throws IllegalArgumentException when one has another form
    public static AnswerContext of(JsonNode line) {
        return new AnswerContext(system(line.path("system")), sources(line), schema(line));
    }

    private static Optional<String> system(JsonNode node) {
        if (!node.isMissingNode() && !node.isString()) {
            throw new IllegalArgumentException("`system` is a text: the system prompt");
        }
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static List<String> sources(JsonNode line) {
        JsonNode node = line.path("sources");
        if (node.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        node.forEach(one -> texts.add(one.isString() ? one.asString() : ""));
        boolean right = node.isArray() && node.valueStream().allMatch(JsonNode::isString);
        if (!right) {
            throw new IllegalArgumentException("`sources` is a list of texts");
        }
        return texts;
    }

    private static Optional<ArgumentSchema> schema(JsonNode line) {
        return line.has("schema")
                ? Optional.of(ArgumentSchema.of(line.path("schema")))
                : Optional.empty();
    }

    /// What is wrong with an answer in this context.
    public List<Detection> find(String answer) {
        List<Detection> found = new ArrayList<>();
        system.flatMap(prompt -> new PromptLeak(prompt).find(answer)).ifPresent(found::add);
        if (!sources.isEmpty()) {
            found.addAll(GROUNDS.unsupported(answer, sources));
        }
        schema.flatMap(wanted -> problem(wanted, answer))
                .ifPresent(problem ->
                        found.add(
                                new Detection(
                                        "wrong-form",
                                        0,
                                        answer.codePointCount(0, answer.length()),
                                        0.9,
                                        problem)));
        return found;
    }

    private static Optional<String> problem(ArgumentSchema schema, String answer) {
        try {
            return schema.problem(MAPPER.readTree(answer), "answer");
        } catch (JacksonException e) {
            return Optional.of("the answer is not JSON: " + e.getOriginalMessage());
        }
    }
}
