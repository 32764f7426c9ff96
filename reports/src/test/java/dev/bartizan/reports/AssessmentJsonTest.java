package dev.bartizan.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AssessmentJsonTest {
    @TempDir private Path folder;

    @Test
    void whatIsWrittenReadsBackAsTheComparablePart() {
        for (long seed = 0; seed < 100; seed++) {
            Assessment assessment = RandomAssessment.of(seed);

            assertThat(AssessmentJson.read(AssessmentJson.write(assessment), "x"))
                    .as("seed " + seed)
                    .isEqualTo(ComparableAssessment.of(assessment));
        }
        assertThat(AssessmentJson.read(AssessmentJson.write(Fixture.assessment()), "x"))
                .isEqualTo(ComparableAssessment.of(Fixture.assessment()));
    }

    @Test
    void documentIsAsciiAndTheSameEveryTime() {
        for (long seed = 0; seed < 40; seed++) {
            String json = AssessmentJson.write(RandomAssessment.of(seed));

            assertThat(json.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f))).isTrue();
            assertThat(AssessmentJson.write(RandomAssessment.of(seed))).isEqualTo(json);
        }
    }

    @Test
    void everyPieceOfEvidenceThatAThreatNamesIsThere() {
        JsonNode root = JsonMapper.shared().readTree(AssessmentJson.write(Fixture.assessment()));
        for (JsonNode threat : root.path("threats")) {
            for (JsonNode id : threat.path("evidence")) {
                assertThat(root.path("evidence").findValuesAsString("id")).contains(id.asString());
            }
        }
    }

    @Test
    void brokenBaselinesAreUserErrorsNeverAnythingElse() {
        String good = AssessmentJson.write(Fixture.assessment());
        Random random = new Random(4);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            StringBuilder bad = new StringBuilder(good);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(bad.length());
                switch (random.nextInt(4)) {
                    case 0 -> bad.setLength(Math.max(1, at));
                    case 1 -> bad.deleteCharAt(at);
                    case 2 -> bad.setCharAt(at, (char) random.nextInt(128));
                    default -> bad.insert(at, "{[\"9,:e-}]".charAt(random.nextInt(10)));
                }
            }
            try {
                AssessmentJson.read(bad.toString(), "baseline");
            } catch (UserError expected) {
                refused++;
                assertThat(expected.where()).isEqualTo("baseline");
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void deepNestingAndDoubledKeysAreRefused() {
        assertRefused("[".repeat(100_000));
        assertRefused("{\"format\":\"bartizan-assessment\",\"format\":\"x\"}");
        assertRefused("");
        assertRefused("null");
        assertRefused("[]");
        assertRefused("{}");
    }

    @Test
    void laterVersionsAreRefusedWithAReason() {
        String later =
                AssessmentJson.write(Fixture.assessment())
                        .replace("\"version\" : 1", "\"version\" : 2");

        assertThatThrownBy(() -> AssessmentJson.read(later, "x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aKeyOfTheWrongTypeIsNamed() {
        String wrong =
                AssessmentJson.write(Fixture.assessment())
                        .replaceFirst("\"standing\" : \"[a-z]+\"", "\"standing\" : \"fine\"");

        assertThatThrownBy(() -> AssessmentJson.read(wrong, "x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"standing\"")
                .hasMessageContaining("fine");
    }

    @Test
    void missingFilesFoldersAndEndlessFilesAreUserErrors() throws IOException {
        assertThatThrownBy(() -> AssessmentJson.read(folder.resolve("none.json")))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> AssessmentJson.read(folder)).isInstanceOf(UserError.class);
        Path endless = folder.resolve("endless.json");
        Files.write(endless, new byte[AssessmentJson.MAX_BYTES + 1]);
        assertThatThrownBy(() -> AssessmentJson.read(endless))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("larger than");
        Path binary = folder.resolve("binary.json");
        Files.write(binary, "\u00ff\u00fe".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> AssessmentJson.read(binary)).isInstanceOf(UserError.class);
    }

    private static void assertRefused(String json) {
        assertThatThrownBy(() -> AssessmentJson.read(json, "x"))
                .isInstanceOf(UserError.class)
                .satisfies(error -> assertThat(((UserError) error).mend()).isNotBlank());
    }
}
