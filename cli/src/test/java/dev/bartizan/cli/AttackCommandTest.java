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
    void theSmallestChangesAreToldWithOrWithoutABudget() {
        JsonNode open = bare("--minimal", "--norm", "l2");
        assertThat(open.path("tier").asString()).isEqualTo("minimal");
        assertThat(open.has("eps")).isFalse();
        JsonNode minimal = open.path("minimal");
        assertThat(minimal.path("sizes")).hasSize(40);
        assertThat(minimal.path("median").asDouble())
                .isBetween(
                        minimal.path("interval").get(0).asDouble(),
                        minimal.path("interval").get(1).asDouble());
        assertThat(minimal.path("curve").get(0).path("robust_correct"))
                .isEqualTo(open.path("clean_correct"));
        JsonNode named = bare("--attacks", "deepfool", "--norm", "l2", "--eps", "0.1", "--minimal");
        int within = 0;
        for (JsonNode size : named.path("minimal").path("sizes")) {
            within += size.isNull() || size.asDouble() > 0.1 ? 1 : 0;
        }
        assertThat(named.path("robust_correct").asInt()).isEqualTo(within);
    }

    @Test
    void anInterruptedAttackGoesOnAndEndsAlike() throws IOException {
        Path work = folder.resolve("work");
        List<String> words = List.of("--eps", "0.05", "--resume", work.toString());
        JsonNode first = of("100", words);
        JsonNode counts = first.path("robust_correct");
        assertThat(work.resolve("part-000000.npz")).exists();
        Files.delete(work.resolve("part-000064.npz"));
        JsonNode again = of("100", words);
        assertThat(again.path("robust_correct")).isEqualTo(counts);
        assertThat(again.path("by_class")).isEqualTo(first.path("by_class"));
        assertThat(again.path("attacks").get(0).path("tried"))
                .isEqualTo(first.path("attacks").get(0).path("tried"));
        Ended other =
                Shell.run(words("100", List.of("--eps", "0.06", "--resume", work.toString())));
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--resume").contains("another");
        Files.write(work.resolve("part-000000.npz"), new byte[] {1, 2, 3});
        Ended broken = Shell.run(words("100", words));
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err()).contains("part-000000.npz").doesNotContain("Exception");
    }

    @Test
    void attacksThatDoNotFitAreNamedWithThoseThatDo() {
        assertThat(mistake("--attacks", "cw", "--eps", "0.1")).contains("cw", "l2", "fmn");
        assertThat(mistake("--attacks", "magic", "--eps", "0.1")).contains("--attacks", "fgsm");
        assertThat(mistake("--attacks", "pgd", "--minimal")).contains("--minimal", "deepfool");
        assertThat(mistake("--norm", "l0", "--eps", "1.5")).contains("whole number");
        assertThat(mistake("--eps", "-1")).contains("--eps -1");
        assertThat(mistake("--eps", "NaN")).contains("--eps");
        assertThat(mistake("--eps", "3000000")).contains("--box", "larger");
        assertThat(mistake("--attacks", "square", "--eps", "1", "--queries", "0"))
                .contains("--queries 0");
        assertThat(mistake()).contains("--eps", "--minimal");
    }

    private static String mistake(String... more) {
        Ended ended = Shell.run(words("5", List.of(more)));
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("mend:").doesNotContain("Exception");
        return ended.err();
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
        List<String> words = new ArrayList<>(List.of("--eps", eps));
        words.addAll(List.of(more));
        return of("40", words);
    }

    private static JsonNode bare(String... more) {
        return of("40", List.of(more));
    }

    private static JsonNode of(String count, List<String> more) {
        Ended ended = Shell.run(words(count, more));
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    private static Object[] words(String count, List<String> more) {
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
                                count,
                                "--format",
                                "json"));
        words.addAll(more);
        return words.toArray();
    }
}
