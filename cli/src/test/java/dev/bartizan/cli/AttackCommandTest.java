package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttackCommandTest {
    private static final Path DESK = Repository.file("examples/claims-desk");

    @TempDir private Path folder = Path.of("");

    @Test
    void aLargerBudgetLeavesNoMoreThanASmallerOne() {
        JsonNode small = attack("0.001");
        JsonNode large = attack("0.5");
        assertThat(small.path("n").asInt()).isEqualTo(40);
        assertThat(small.path("clean_correct").asInt()).isGreaterThan(30);
        assertThat(large.path("robust_correct").asInt())
                .isLessThan(small.path("robust_correct").asInt());
        assertThat(small.path("norm").asString()).isEqualTo("linf");
        assertThat(small.path("attacks")).isNotEmpty();
    }

    @Test
    void theSameSeedGivesTheSameCounts() {
        assertThat(attack("0.05").path("robust_correct"))
                .isEqualTo(attack("0.05").path("robust_correct"));
    }

    @Test
    void whatDoesNotFitIsAMistakeOfTheUser() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model");
        Path x = DESK.resolve("data/x.npy");
        assertThat(Shell.run("attack", broken, "--inputs", x, "--eps", "0.1").code()).isEqualTo(2);
        Path model = DESK.resolve("models/fraud.onnx");
        assertThat(Shell.run("attack", model, "--inputs", broken, "--eps", "0.1").code())
                .isEqualTo(2);
        assertThat(Shell.run("attack", model, "--inputs", x, "--eps", "0.1", "--norm", "l7").code())
                .isEqualTo(2);
        Ended box = Shell.run("attack", model, "--inputs", x, "--eps", "0.1", "--box", "0,0.001");
        assertThat(box.code()).isEqualTo(2);
        assertThat(box.err()).contains("--box");
    }

    @Test
    void thePageShowsTheCurveAndHowToMakeItAgain() throws IOException {
        Path page = folder.resolve("attack.html");
        JsonNode result = attack("0.05", "--curve", "--html", page.toString());
        JsonNode curve = result.path("curve");
        assertThat(curve).hasSize(7);
        assertThat(curve.get(0).path("robust_correct")).isEqualTo(result.path("clean_correct"));
        assertThat(curve.get(4).path("robust_correct")).isEqualTo(result.path("robust_correct"));
        for (int i = 1; i < curve.size(); i++) {
            assertThat(curve.get(i).path("robust_correct").asInt())
                    .isLessThanOrEqualTo(curve.get(i - 1).path("robust_correct").asInt());
        }
        assertThat(Files.readString(page))
                .contains("<polyline", "--curve", "answers stay right under attack")
                .doesNotContain("<script", "<img");
    }

    @Test
    void aPageThatCannotBeWrittenIsSaidBeforeTheWork() {
        Ended ended =
                Shell.run(
                        "attack",
                        DESK.resolve("models/fraud.onnx"),
                        "--inputs",
                        DESK.resolve("data/x.npy"),
                        "--eps",
                        "0.1",
                        "--html",
                        folder.resolve("none/attack.html"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("none/attack.html");
    }

    private static JsonNode attack(String eps, String... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "attack",
                                DESK.resolve("models/fraud.onnx"),
                                "--inputs",
                                DESK.resolve("data/x.npy"),
                                "--labels",
                                DESK.resolve("data/y.npy"),
                                "--box",
                                "-1000000,1000000",
                                "--count",
                                "40",
                                "--eps",
                                eps,
                                "--format",
                                "json"));
        words.addAll(List.of(more));
        Ended ended = Shell.run(words.toArray());
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }
}
