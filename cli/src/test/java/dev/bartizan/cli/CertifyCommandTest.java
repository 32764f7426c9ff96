package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.testkit.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CertifyCommandTest {
    private static final Path DESK = Repository.file("examples/claims-desk");
    private static final Path MODEL = DESK.resolve("models/fraud.onnx");

    private static Ended certify(String sigma, String samples, String format) {
        return certify(MODEL, "--sigma", sigma, "--samples", samples, "--format", format);
    }

    @Test
    void fewerAreCertifiedAtLargerRadiiAndNoneBeyondTheLargest() {
        Ended ended = certify("0.5", "500", "json");
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode result = JsonMapper.shared().readTree(ended.out());
        assertThat(result.path("n").asInt()).isEqualTo(20);
        assertThat(result.path("clean_correct").asInt()).isGreaterThan(10);
        int before = result.path("clean_correct").asInt();
        for (JsonNode point : result.path("curve")) {
            assertThat(point.path("certified").asInt()).isLessThanOrEqualTo(before);
            before = point.path("certified").asInt();
        }
        assertThat(before).as("at 4 sigma, more than 500 draws can show").isZero();
        for (JsonNode row : result.path("rows")) {
            assertThat(row.path("radius").asDouble()).isBetween(0.0, 0.5 * 2.3);
        }
        JsonNode again = JsonMapper.shared().readTree(certify("0.5", "500", "json").out());
        assertThat(again.path("rows")).isEqualTo(result.path("rows"));
    }

    @Test
    void theTableHasTheCurve() {
        Ended ended = certify("0.25", "100", "table");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("radius (L2)", "100 + 100 draws", "without an answer");
    }

    @Test
    void nonsenseIsAMistakeOfTheUser() {
        assertThat(certify("0", "100", "json").code()).isEqualTo(2);
        assertThat(certify("0.5", "0", "json").code()).isEqualTo(2);
    }

    @Test
    void aFileThatVotesUnderNoiseIsCertifiedAsTheOneInside(@TempDir Path folder) {
        Path voting = folder.resolve("voting.onnx");
        Ended smoothed =
                Shell.run(
                        "harden",
                        MODEL,
                        "--inputs",
                        DESK.resolve("data/x.npy"),
                        "--labels",
                        DESK.resolve("data/y.npy"),
                        "--box",
                        "-1000000,1000000",
                        "--smooth",
                        "0.5",
                        "--out",
                        voting,
                        "--format",
                        "json");
        assertThat(smoothed.code()).as(smoothed.err()).isZero();
        JsonNode counts = JsonMapper.shared().readTree(smoothed.out());
        assertThat(counts.path("clean_correct_after").asInt()).isGreaterThan(150);
        assertThat(counts.path("n").asInt()).isEqualTo(200);
        JsonNode plain = JsonMapper.shared().readTree(certify("0.5", "200", "json").out());
        Ended ended = certify(voting, "--samples", "200", "--format", "json");
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode own = JsonMapper.shared().readTree(ended.out());
        assertThat(own.path("sigma").asDouble()).isEqualTo(0.5);
        assertThat(own.path("rows")).isEqualTo(plain.path("rows"));
        assertThat(certify(voting, "--sigma", "0.25").code()).isEqualTo(2);
    }

    private static Ended certify(Path model, String... options) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "certify",
                                model,
                                "--inputs",
                                DESK.resolve("data/x.npy"),
                                "--labels",
                                DESK.resolve("data/y.npy"),
                                "--box",
                                "-1000000,1000000",
                                "--count",
                                "20"));
        words.addAll(List.of(options));
        return Shell.run(words.toArray());
    }
}
