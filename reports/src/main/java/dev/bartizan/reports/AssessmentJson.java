package dev.bartizan.reports;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.JsonNumbers;
import dev.bartizan.core.NamedFile;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.core.UserError;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import dev.bartizan.reports.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The kept form of an assessment, `assessment.json`: everything that was found, as JSON with a
/// fixed order of keys, so that the same assessment always gives the same bytes. All of it is
/// ASCII; other characters are escaped. Its keys are described in `reports/assessment-json.md`.
public final class AssessmentJson {
    /// Value of the key `format`.
    public static final String FORMAT = "bartizan-assessment";

    /// Value of the key `version`; raised when a reader of the old form would be misled.
    public static final int VERSION = 1;

    /// Longest file that is read, in bytes.
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 4 << 20;
    private static final int MAX_ENTRIES = 100_000;
    private static final String MEND =
            "Name an assessment.json that `bartizan assess` wrote, unchanged.";

    private static final JsonMapper READER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_TEXT)
                                                    .maxDocumentLength(MAX_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private AssessmentJson() {}

    /// The document of an assessment.
    public static String write(Assessment assessment) {
        return Json.print(new AssessmentDocument(assessment).root());
    }

    /// Reads as much of a kept assessment as a comparison needs.
    ///
    /// @throws UserError when the file cannot be read, is too long, or is not a kept assessment
    public static ComparableAssessment read(Path file) {
        try {
            byte[] bytes = NamedFile.bytes(file, MAX_BYTES, "baseline", MEND);
            return read(new String(bytes, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            throw new UserError(
                    "The baseline cannot be read: " + e.getMessage(), file.toString(), MEND, e);
        }
    }

    /// Reads as much of a kept assessment as a comparison needs.
    ///
    /// @param json the document
    /// @param where what to call it in messages
    /// @throws UserError when it is not a kept assessment
    public static ComparableAssessment read(String json, String where) {
        JsonNode root;
        try {
            root = READER.readTree(json);
        } catch (JacksonException e) {
            throw new UserError(
                    "The baseline is not JSON: " + e.getOriginalMessage(), where, MEND, e);
        }
        if (!FORMAT.equals(root.path("format").asString(""))) {
            throw new UserError("The baseline is not a kept assessment", where, MEND);
        }
        if (!root.path("version").isInt() || root.path("version").intValue() != VERSION) {
            throw new UserError(
                    "The baseline has version "
                            + root.path("version")
                            + ", this tool reads "
                            + VERSION,
                    where,
                    "Write the baseline again with this version of the tool.");
        }
        return new Reading(where).assessment(root);
    }

    /// Reads the parts, telling which key is wrong.
    private record Reading(String where) {
        ComparableAssessment assessment(JsonNode root) {
            List<ComparableThreat> threats = new ArrayList<>();
            for (JsonNode threat : list(root, "threats")) {
                threats.add(threat(threat));
            }
            JsonNode system = object(root, "system");
            Set<String> elements = new LinkedHashSet<>();
            for (JsonNode element : list(system, "elements")) {
                elements.add(text(element, "id"));
            }
            return new ComparableAssessment(
                    text(system, "name"),
                    instant(root),
                    List.copyOf(elements),
                    threats,
                    coverage(object(root, "coverage")));
        }

        private ComparableThreat threat(JsonNode node) {
            return new ComparableThreat(
                    text(node, "id"),
                    text(node, "rule"),
                    text(node, "title"),
                    text(node, "at"),
                    word(node, "severity", Severity.values()),
                    word(node, "standing", Standing.values()),
                    truth(node, "applies"),
                    truth(node, "adequate"));
        }

        private Coverage coverage(JsonNode node) {
            Optional<Coverage.Completeness> completeness =
                    node.has("completeness")
                            ? Optional.of(completeness(object(node, "completeness")))
                            : Optional.empty();
            return new Coverage(
                    number(node, "threats"),
                    number(node, "adequate"),
                    real(node, "weight"),
                    real(node, "adequateWeight"),
                    completeness);
        }

        private Coverage.Completeness completeness(JsonNode node) {
            return new Coverage.Completeness(number(node, "declared"), number(node, "discovered"));
        }

        private Instant instant(JsonNode node) {
            try {
                return Instant.parse(text(node, "at"));
            } catch (DateTimeException e) {
                throw wrong("at", "a moment such as 2026-11-24T10:00:00Z", e);
            }
        }

        private JsonNode object(JsonNode node, String key) {
            JsonNode value = node.path(key);
            if (!value.isObject()) {
                throw wrong(key, "an object");
            }
            return value;
        }

        private JsonNode list(JsonNode node, String key) {
            JsonNode value = node.path(key);
            if (!value.isArray() || value.size() > MAX_ENTRIES) {
                throw wrong(key, "a list of at most " + MAX_ENTRIES);
            }
            return value;
        }

        private String text(JsonNode node, String key) {
            JsonNode value = node.path(key);
            if (!value.isString()) {
                throw wrong(key, "text");
            }
            return value.stringValue();
        }

        private boolean truth(JsonNode node, String key) {
            JsonNode value = node.path(key);
            if (!value.isBoolean()) {
                throw wrong(key, "true or false");
            }
            return value.booleanValue();
        }

        private int number(JsonNode node, String key) {
            JsonNode value = node.path(key);
            if (!value.isInt() || value.intValue() < 0) {
                throw wrong(key, "a whole number, not negative");
            }
            return value.intValue();
        }

        private double real(JsonNode node, String key) {
            JsonNode value = node.path(key);
            double number = JsonNumbers.nearest(value);
            if (!Double.isFinite(number) || number < 0) {
                throw wrong(key, "a number, not negative");
            }
            return number;
        }

        private <E extends Enum<E>> E word(JsonNode node, String key, E[] values) {
            String word = text(node, key);
            return Arrays.stream(values)
                    .filter(value -> Json.word(value).equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong(key, "one of the known words, not \"" + word + "\""));
        }

        private UserError wrong(String key, String expected) {
            return new UserError("The baseline's \"" + key + "\" is not " + expected, where, MEND);
        }

        private UserError wrong(String key, String expected, Throwable cause) {
            return new UserError(
                    "The baseline's \"" + key + "\" is not " + expected, where, MEND, cause);
        }
    }
}
