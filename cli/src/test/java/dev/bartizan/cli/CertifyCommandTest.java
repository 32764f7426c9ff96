package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.testkit.Repository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CertifyCommandTest {
    private static final Path DESK = Repository.file("examples/claims-desk");
    private static final Path MODEL = DESK.resolve("models/fraud.onnx");

    private static Ended certify(String sigma, String samples, String format) {
        return Shell.run(
                "certify",
                MODEL,
                "--inputs",
                DESK.resolve("data/x.npy"),
                "--labels",
                DESK.resolve("data/y.npy"),
                "--box",
                "-1000000,1000000",
                "--count",
                "20",
                "--sigma",
                sigma,
                "--samples",
                samples,
                "--format",
                format);
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
}
