package dev.bartizan.threats.exchange;

import dev.bartizan.core.ElementKind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Guesses the kind of an element from the words of another tool. General threat models know fewer
/// kinds of AI component than we do and more of everything else, so a guess is told as a loss.
final class Kinds {
    private static final Map<Integer, Map.Entry<Pattern, String>> WORDS = new TreeMap<>();

    static {
        add("vector", "vector-db");
        add("feature.?store", "feature-store");
        add("large.?language|\\bllm\\b|gpt|chat.?bot|assistant", "llm");
        add("mcp", "mcp-server");
        add("\\bagent\\b", "agent");
        add("guardrail|content.?filter", "guardrail");
        add("training.?data|data.?set", "training-data-source");
        add("train(ing)?\\b", "training-pipeline");
        add("model.?registry", "model-registry");
        add("\\b(ai|ml).?model\\b|neural", "model-artifact");
        add("inference|predict", "inference-service");
        add(
                "\\b(actor|human|user|customer|person|external.?entity|interactor|people)\\b",
                "end-user");
        add("mobile|android|ios\\b|phone", "mobile-app");
        add("browser|web.?client|desktop|client", "chat-client");
        add("secret|vault|key.?(store|management|vault)|hsm|kms", "secret-store");
        add("identity|ldap|oauth|auth(entication|orization)?\\b|iam|sso", "identity-provider");
        add("container.?registry|artifact.?registry", "container-registry");
        add("git|source.?(code|repos)|repository", "source-repository");
        add("build|jenkins|pipeline|\\bci\\b", "ci-runner");
        add("log(s|ging)?\\b|audit|cloudtrail", "log-store");
        add("monitor|cloudwatch|alert|siem", "monitoring");
        add("sensor|camera", "sensor");
        add("device|\\biot\\b|edge", "edge-device");
        add(
                "store|database|\\bdb\\b|\\bs3\\b|bucket|sql|storage|cache|file|rds|dynamo|queue",
                "data-lake");
    }

    private Kinds() {}

    private static void add(String words, String kind) {
        if (ElementKind.named(kind).isEmpty()) {
            throw new IllegalStateException("No such kind: " + kind);
        }
        WORDS.put(WORDS.size(), Map.entry(Pattern.compile(words), kind));
    }

    /// The kind that the type suggests, else the name, else a web application.
    static String guess(String type, String name) {
        String own = type.toLowerCase(Locale.ROOT).strip();
        if (ElementKind.named(own).isPresent()) {
            return own;
        }
        for (String words : new String[] {own, name.toLowerCase(Locale.ROOT)}) {
            String spaced = words.replace('-', ' ').replace('_', ' ');
            for (Map.Entry<Pattern, String> entry : WORDS.values()) {
                if (entry.getKey().matcher(spaced).find()) {
                    return entry.getValue();
                }
            }
        }
        return "web-application";
    }
}
