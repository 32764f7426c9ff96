package dev.bartizan.guard.inputs;

import dev.bartizan.guard.inputs.FeatureProfile.Limits;
import dev.bartizan.guard.inputs.FeatureProfile.Statistics;
import dev.bartizan.guard.inputs.InputProfile.Steadiness;
import dev.bartizan.guard.text.KeptJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Profiles of inputs as `bartizan guard inputs fit` writes them, in JSON.
public final class InputProfileFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 128 << 20;

    private static final KeptJson FILE =
            new KeptJson(
                    "profile",
                    "inputs_profile",
                    MAX_BYTES,
                    "Make one with: bartizan guard inputs fit TRAINING.npz --out FILE");

    private InputProfileFile() {}

    /// The file's bytes.
    public static byte[] write(InputProfile profile) {
        ObjectNode root = FILE.start();
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
        return KeptJson.bytes(root);
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
        return FILE.read(bytes, place, InputProfileFile::of);
    }

    private static InputProfile of(JsonNode root) {
        Statistics statistics =
                new Statistics(
                        numbers(root, "low"),
                        numbers(root, "high"),
                        numbers(root, "mean"),
                        numbers(root, "spread"));
        Limits limits =
                new Limits(KeptJson.number(root, "distance"), KeptJson.number(root, "excess"));
        return new InputProfile(
                new FeatureProfile(statistics, limits),
                KeptJson.number(root, "rate"),
                KeptJson.digest(root.path("set")),
                root.path("inputs").asInt(0),
                root.has("stability")
                        ? Optional.of(steadiness(root.path("stability")))
                        : Optional.empty());
    }

    private static Steadiness steadiness(JsonNode node) {
        return new Steadiness(
                KeptJson.digest(node.path("model")),
                KeptJson.number(node, "step"),
                KeptJson.number(node, "shake"),
                node.path("seed").asLong(0),
                KeptJson.number(node, "threshold"));
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
}
