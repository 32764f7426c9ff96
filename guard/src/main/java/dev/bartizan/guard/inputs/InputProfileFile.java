package dev.bartizan.guard.inputs;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.inputs.FeatureProfile.Limits;
import dev.bartizan.guard.inputs.FeatureProfile.Statistics;
import dev.bartizan.guard.inputs.InputProfile.Steadiness;
import dev.bartizan.guard.text.ShallowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Profiles of inputs as `bartizan guard inputs fit` writes them, in JSON.
public final class InputProfileFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 128 << 20;

    private static final JsonMapper MAPPER = ShallowJson.reader(10);

    private InputProfileFile() {}

    /// The file's bytes.
    public static byte[] write(InputProfile profile) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("inputs_profile", 1);
        root.put("rate", profile.rate());
        root.put("set", profile.set().toString());
        root.put("inputs", profile.inputs());
        Limits limits = profile.features().limits();
        root.put("distance", finite(limits.distance()));
        root.put("excess", finite(limits.excess()));
        profile.stability()
                .ifPresent(steady -> {
                    ObjectNode node = root.putObject("stability");
                    node.put("model", steady.model().toString());
                    node.put("step", steady.step());
                    node.put("shake", steady.shake());
                    node.put("seed", steady.seed());
                    node.put("threshold", finite(steady.threshold()));
                });
        Statistics statistics = profile.features().statistics();
        numbers(root.putArray("low"), statistics.low());
        numbers(root.putArray("high"), statistics.high());
        numbers(root.putArray("mean"), statistics.mean());
        numbers(root.putArray("spread"), statistics.spread());
        return MAPPER.writeValueAsBytes(root);
    }

    /// JSON has no infinity; a threshold that nothing reaches is written as the largest number.
    private static double finite(double threshold) {
        return Math.min(threshold, Double.MAX_VALUE);
    }

    private static void numbers(ArrayNode node, List<Double> values) {
        values.forEach(node::add);
    }

    /// Reads a file.
    ///
    /// @param place its name, for messages
    /// @throws UserError when it is no profile
    public static InputProfile read(byte[] bytes, String place) {
        if (bytes.length > MAX_BYTES) {
            throw refused("is larger than " + MAX_BYTES + " bytes", place, null);
        }
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root.path("inputs_profile").asInt(0) != 1) {
                throw new IllegalArgumentException("it has no \"inputs_profile\": 1");
            }
            Statistics statistics =
                    new Statistics(
                            numbers(root, "low"),
                            numbers(root, "high"),
                            numbers(root, "mean"),
                            numbers(root, "spread"));
            Limits limits = new Limits(number(root, "distance"), number(root, "excess"));
            return new InputProfile(
                    new FeatureProfile(statistics, limits),
                    number(root, "rate"),
                    digest(root, "set"),
                    root.path("inputs").asInt(0),
                    root.has("stability")
                            ? Optional.of(steadiness(root.path("stability")))
                            : Optional.empty());
        } catch (JacksonException e) {
            throw refused("is not JSON: " + e.getOriginalMessage(), place, e);
        } catch (IllegalArgumentException e) {
            throw refused("cannot be used: " + e.getMessage(), place, e);
        }
    }

    private static Steadiness steadiness(JsonNode node) {
        return new Steadiness(
                digest(node, "model"),
                number(node, "step"),
                number(node, "shake"),
                node.path("seed").asLong(0),
                number(node, "threshold"));
    }

    private static List<Double> numbers(JsonNode root, String key) {
        List<Double> values = new ArrayList<>();
        for (JsonNode one : root.path(key)) {
            if (!one.isNumber()) {
                throw new IllegalArgumentException("\"" + key + "\" holds what is no number");
            }
            values.add(one.asDouble());
        }
        return values;
    }

    private static double number(JsonNode node, String key) {
        if (!node.path(key).isNumber()) {
            throw new IllegalArgumentException("\"" + key + "\" is a number");
        }
        return node.path(key).asDouble();
    }

    private static Digest digest(JsonNode node, String key) {
        String text = node.path(key).asString("");
        return new Digest(text.startsWith("sha256:") ? text.substring(7) : text);
    }

    private static UserError refused(String what, String place, @Nullable Throwable cause) {
        UserError error =
                new UserError(
                        "The profile " + what,
                        place,
                        "Make one with: bartizan guard inputs fit TRAINING.npz --out FILE");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
