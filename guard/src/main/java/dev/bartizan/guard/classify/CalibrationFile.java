package dev.bartizan.guard.classify;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.text.ShallowJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Calibrations as `bartizan guard calibrate` writes them, in JSON.
public final class CalibrationFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 1 << 20;

    private static final JsonMapper MAPPER = ShallowJson.reader(20);

    private CalibrationFile() {}

    /// The file's text.
    public static String write(Calibration calibration) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("calibration", 1);
        root.put("classifier", calibration.classifier().toString());
        root.put("rate", calibration.rate());
        root.put("threshold", calibration.threshold());
        realised(root.putObject("set"), calibration.set());
        calibration.heldOut().ifPresent(other -> realised(root.putObject("held_out"), other));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void realised(ObjectNode node, Calibration.Realised realised) {
        Interval interval = realised.interval();
        node.put("digest", realised.digest().toString());
        node.put("texts", realised.texts());
        node.put("flagged", realised.flagged());
        node.put("rate", realised.share());
        node.putArray("interval").add(interval.low()).add(interval.high());
    }

    /// Reads a file.
    ///
    /// @param place its name, for messages
    /// @throws UserError when it is no calibration
    public static Calibration read(byte[] bytes, String place) {
        if (bytes.length > MAX_BYTES) {
            throw refused("is larger than " + MAX_BYTES + " bytes", place, null);
        }
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root == null || !root.isObject() || root.path("calibration").asInt(0) != 1) {
                throw new IllegalArgumentException("it has no \"calibration\": 1");
            }
            return new Calibration(
                    digest(root.path("classifier")),
                    number(root.path("rate")),
                    number(root.path("threshold")),
                    realised(root.path("set")),
                    root.has("held_out")
                            ? Optional.of(realised(root.path("held_out")))
                            : Optional.empty());
        } catch (JacksonException e) {
            throw refused("is not JSON: " + e.getOriginalMessage(), place, e);
        } catch (IllegalArgumentException e) {
            throw refused("cannot be used: " + e.getMessage(), place, e);
        }
    }

    private static Calibration.Realised realised(JsonNode node) {
        return new Calibration.Realised(
                digest(node.path("digest")),
                node.path("texts").asInt(0),
                node.path("flagged").asInt(-1));
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("\"rate\" and \"threshold\" are numbers");
        }
        return node.asDouble();
    }

    private static Digest digest(JsonNode node) {
        String text = node.asString("");
        return new Digest(text.startsWith("sha256:") ? text.substring(7) : text);
    }

    private static UserError refused(
            String what, String place, @org.jspecify.annotations.Nullable Throwable cause) {
        UserError error =
                new UserError(
                        "The calibration " + what,
                        place,
                        "Make one with: bartizan guard calibrate BENIGN.jsonl --rate 0.01 --out FILE");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
