package dev.bartizan.guard.control;

import dev.bartizan.guard.training.CalibrationTexts.Labelled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a system's own labelled texts: lines of `{"text","label":"attack|benign"}`. What cannot be
/// read is told with its line.
final class OwnSamples {
    /// Larger files are refused.
    static final int MAX_BYTES = 32 << 20;

    /// Beyond so many texts a file is refused: the measurement would take minutes.
    static final int MAX_TEXTS = 20_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private OwnSamples() {}

    /// The texts of a file.
    ///
    /// @throws IOException when it cannot be read or is not of that form
    static List<Labelled> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
        }
        List<Labelled> out = new ArrayList<>();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (out.size() == MAX_TEXTS) {
                throw new IOException(file + " has more than " + MAX_TEXTS + " texts");
            }
            out.add(text(file, number, line));
        }
        return out;
    }

    private static Labelled text(Path file, int number, String line) throws IOException {
        String where = file + ", line " + number;
        try {
            JsonNode node = MAPPER.readTree(line);
            String label = node.path("label").asString("");
            if (!node.path("text").isString() || !(isAttack(label) || label.equals("benign"))) {
                throw new IOException(
                        where + ": needs \"text\" and \"label\", which is attack or benign");
            }
            return new Labelled(node.path("text").asString(), isAttack(label));
        } catch (JacksonException e) {
            throw new IOException(where + ": no JSON object", e);
        }
    }

    private static boolean isAttack(String label) {
        return label.equals("attack") || label.equals("injection") || label.equals("jailbreak");
    }
}
