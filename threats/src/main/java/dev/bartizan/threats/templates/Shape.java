package dev.bartizan.threats.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// The ten shapes that AI systems have most often, each with a system file to start from.
public enum Shape {
    PUBLIC_ML_API("Public ML API", "a model behind a public interface"),
    RAG_CHATBOT("RAG chatbot", "a chatbot that answers from documents"),
    CODING_AGENT("Coding agent", "an agent that writes code and runs commands"),
    MULTI_AGENT_MCP("Multi-agent with MCP", "agents that hand on work and use MCP servers"),
    FRAUD_SCORING("Fraud scoring", "scores that decide about payments"),
    MEDICAL_IMAGING("Medical imaging", "findings in scans, read by a physician"),
    RECOMMENDER("Recommender", "a ranking that learns from clicks"),
    FEDERATED_EDGE("Federated edge fleet", "devices that learn together"),
    FINE_TUNING_SERVICE("Fine-tuning service", "customers' data make customers' models"),
    INTERNAL_COPILOT("Internal copilot", "an assistant that reads employees' mail and can act");

    private static final Pattern HOLE = Pattern.compile("\\$\\{([a-z]+)}");

    private final String title;
    private final String gist;

    Shape(String title, String gist) {
        this.title = title;
        this.gist = gist;
    }

    /// The word on the command line, such as `rag-chatbot`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its name for people.
    public String title() {
        return title;
    }

    /// What it is, in a few words.
    public String gist() {
        return gist;
    }

    /// The shape of that word.
    public static Optional<Shape> named(String word) {
        return Arrays.stream(values()).filter(shape -> shape.word().equals(word)).findFirst();
    }

    /// The words of all shapes.
    public static List<String> words() {
        return Arrays.stream(values()).map(Shape::word).toList();
    }

    /// A system file of this shape. The same answers give the same file.
    public String fill(Answers answers) {
        Map<String, String> values = new TreeMap<>();
        values.put("name", JsonMapper.shared().writeValueAsString(answers.name()));
        values.put("trust", answers.reach().trust());
        values.put("exposes", answers.reach().word());
        values.put("authentication", "strong");
        values.put("data", String.join(", ", answers.data()));
        values.put("hosted", answers.hosting().word());
        values.put("approval", answers.approval().word());
        Matcher hole = HOLE.matcher(template());
        return hole.replaceAll(match ->
                Matcher.quoteReplacement(
                        Optional.ofNullable(values.get(match.group(1))).orElseThrow()));
    }

    private String template() {
        try (InputStream in = Shape.class.getResourceAsStream(word() + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException(word() + ".yaml is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
