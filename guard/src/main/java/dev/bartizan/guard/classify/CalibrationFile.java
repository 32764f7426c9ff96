package dev.bartizan.guard.classify;

import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.text.KeptJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calibrations as `bartizan guard calibrate` writes them, in JSON.
public final class CalibrationFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 1 << 20;

    private static final KeptJson FILE =
            new KeptJson(
                    "calibration",
                    "calibration",
                    MAX_BYTES,
                    "Make one with: bartizan guard calibrate BENIGN.jsonl --rate 0.01 --out FILE");

    private CalibrationFile() {}

    /// The file's text.
    public static String write(Calibration calibration) {
        ObjectNode root = FILE.start();
        root.put("classifier", calibration.classifier().toString());
        root.put("rate", calibration.rate());
        root.put("threshold", calibration.threshold());
        realised(root.putObject("set"), calibration.set());
        calibration.heldOut().ifPresent(other -> realised(root.putObject("held_out"), other));
        return root.toPrettyString() + "\n";
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
        return FILE.read(bytes, place, CalibrationFile::of);
    }

    private static Calibration of(JsonNode root) {
        return new Calibration(
                KeptJson.digest(root.path("classifier")),
                KeptJson.number(root, "rate"),
                KeptJson.number(root, "threshold"),
                realised(root.path("set")),
                root.has("held_out")
                        ? Optional.of(realised(root.path("held_out")))
                        : Optional.empty());
    }

    private static Calibration.Realised realised(JsonNode node) {
        return new Calibration.Realised(
                KeptJson.digest(node.path("digest")),
                node.path("texts").asInt(0),
                node.path("flagged").asInt(-1));
    }
}
