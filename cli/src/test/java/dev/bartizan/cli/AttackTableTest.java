package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzReader;
import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Attacks on models of tables from the command line.
class AttackTableTest {
    private static final Path DESK = Repository.file("examples/claims-desk");
    private static final Path MODEL = DESK.resolve("models/fraud.onnx");
    private static final Path FEATURES = DESK.resolve("data/features.yaml");

    @TempDir private Path folder = Path.of("");

    private static Ended attack(Path model, Object... more) {
        List<Object> words = new ArrayList<>(List.of("attack", model, "--features", FEATURES));
        words.addAll(List.of("--inputs", DESK.resolve("data/x.npy"), "--count", "60"));
        words.addAll(List.of(more));
        return Shell.run(words.toArray());
    }

    private static JsonNode json(Object... more) {
        List<Object> words = new ArrayList<>(List.of(more));
        words.addAll(List.of("--labels", DESK.resolve("data/y.npy"), "--format", "json"));
        Ended ended = attack(MODEL, words.toArray());
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    @Test
    void theFraudModelIsEvadedWithinTheBudget() {
        JsonNode result = json("--from", "1", "--max-cost", "200");
        assertThat(result.path("n").asInt()).isEqualTo(60);
        assertThat(result.path("clean_correct").asInt()).isGreaterThan(55);
        assertThat(result.path("attacked").asInt()).isGreaterThan(5);
        assertThat(result.path("evaded")).isEqualTo(result.path("attacked"));
        assertThat(result.path("norm").asString()).isEqualTo("cost");
        assertThat(result.path("trustworthy").asBoolean()).isTrue();
        assertThat(result.path("class_1").path("caught_after").asInt()).isZero();
        assertThat(result.path("attacks").valueStream().map(each -> each.path("name").asString()))
                .containsExactly("gradient", "search");
        List<Double> shares =
                StreamSupport.stream(result.path("curve").spliterator(), false)
                        .map(point -> point.path("success").asDouble())
                        .toList();
        assertThat(shares).isSorted().last().isEqualTo(1.0);
        for (JsonNode row : result.path("rows")) {
            assertThat(row.path("cost").asDouble(0)).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void thePageShowsWhatWasChanged() throws IOException {
        Path page = folder.resolve("fraud.html");
        Ended ended =
                attack(
                        MODEL,
                        "--labels",
                        DESK.resolve("data/y.npy"),
                        "--from",
                        "1",
                        "--html",
                        page);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readString(page))
                .contains(
                        "attacked rows evade it", "photos", "<s>", "<mark>", "</svg>", "--from 1");
    }

    @Test
    void whatAnAttackOnATableDoesNotTakeIsRefused() {
        for (List<Object> wrong :
                List.<List<Object>>of(
                        List.of("--curve"),
                        List.of("--resume", folder),
                        List.of(
                                "--system",
                                DESK.resolve("system.yaml"),
                                "--element",
                                "fraud-model"),
                        List.of("--html", folder.resolve("none/x.html")))) {
            Ended ended = attack(MODEL, wrong.toArray());
            assertThat(ended.code()).as(wrong.toString()).isEqualTo(2);
            assertThat(ended.err()).contains("mend:");
        }
    }

    @Test
    void aBudgetOfNothingBuysNothing() {
        JsonNode result = json("--from", "1", "--max-cost", "0");
        assertThat(result.path("evaded").asInt()).isZero();
        assertThat(result.path("robust_correct")).isEqualTo(result.path("clean_correct"));
    }

    @Test
    void savedRowsAreWhatTheModelAnswers() throws IOException {
        Path kept = folder.resolve("found.npz");
        JsonNode result = json("--max-cost", "100", "--save", kept);
        Map<String, NpyArray> arrays;
        try (ByteSource bytes = ByteSource.open(kept)) {
            arrays = NpzReader.read(bytes);
        }
        assertThat(arrays.keySet()).containsExactly("x", "x_adv", "y", "pred", "cost");
        assertThat(array(arrays, "x").shape()).containsExactly(60, 12);
        int held =
                (int)
                        IntStream.range(0, 60)
                                .filter(i ->
                                        array(arrays, "pred").integer(i)
                                                == array(arrays, "y").integer(i))
                                .count();
        assertThat(held).isEqualTo(result.path("robust_correct").asInt());
        int photos = 6;
        for (JsonNode row : result.path("rows")) {
            int at = row.path("row").asInt();
            double paid = array(arrays, "cost").number(at);
            assertThat(paid).isCloseTo(row.path("cost").asDouble(0), within(1e-9));
            double moved =
                    array(arrays, "x_adv").number(at * 12 + photos)
                            - array(arrays, "x").number(at * 12 + photos);
            assertThat(paid).isGreaterThanOrEqualTo(2 * Math.abs(moved) - 1e-9);
        }
    }

    private static NpyArray array(Map<String, NpyArray> arrays, String name) {
        return java.util.Objects.requireNonNull(arrays.get(name));
    }

    @Test
    void evadedRowsAreKeptAsText() throws IOException {
        Path kept = folder.resolve("found.csv");
        JsonNode result = json("--from", "1", "--save", kept);
        List<String> lines = Files.readAllLines(kept);
        assertThat(lines).hasSize(1 + 2 * result.path("evaded").asInt());
        assertThat(lines.getFirst()).startsWith("row,version,label,answer,score,cost,amount,");
        assertThat(lines.get(1)).contains(",before,1,1,");
        assertThat(lines.get(2)).contains(",after,1,0,");
    }

    @Test
    void aChallengerIsAttackedToo() {
        JsonNode result = json("--from", "1", "--max-cost", "50", "--challenger", MODEL);
        JsonNode challenger = result.path("challenger");
        assertThat(challenger.path("evaded")).isEqualTo(result.path("evaded"));
        for (String way : List.of("to_challenger", "to_champion")) {
            JsonNode transfer = result.path("transfer").path(way);
            assertThat(transfer.path("tried")).isEqualTo(result.path("evaded"));
            assertThat(transfer.path("succeeded")).isEqualTo(transfer.path("tried"));
        }
    }

    @Test
    void theTableNamesFieldsAndCosts() {
        Ended ended = attack(MODEL, "--labels", DESK.resolve("data/y.npy"), "--from", "1");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("rows right unchanged", "caught before", "photos", "->")
                .contains("keeps every constraint");
    }

    @Test
    void whatDoesNotFitIsAMistakeOfTheUser() throws IOException {
        Path narrow = Files.writeString(folder.resolve("f.yaml"), "features: [{ name: a }]");
        Path x = DESK.resolve("data/x.npy");
        Ended columns = Shell.run("attack", MODEL, "--features", narrow, "--inputs", x);
        assertThat(columns.code()).isEqualTo(2);
        assertThat(columns.err()).contains("columns");
        Path broken = Files.writeString(folder.resolve("g.yaml"), "features: [{ nam: a }]");
        Ended key = Shell.run("attack", MODEL, "--features", broken, "--inputs", x);
        assertThat(key.code()).isEqualTo(2);
        assertThat(key.err()).contains("g.yaml:1");
        assertThat(attack(MODEL, "--max-cost", "-1").code()).isEqualTo(2);
        assertThat(attack(MODEL, "--save", folder.resolve("rows.txt")).code()).isEqualTo(2);
        assertThat(attack(MODEL, "--save", folder.resolve("no/rows.csv")).code()).isEqualTo(2);
        assertThat(attack(folder.resolve("f.yaml")).code()).isEqualTo(2);
        assertThat(folder.resolve("rows.txt")).doesNotExist();
    }

    @Test
    void theSchemaOfFeaturesIsPrinted() {
        Ended ended = Shell.run("threats", "schema", "--of", "features");
        assertThat(ended.code()).isZero();
        assertThat(JsonMapper.shared().readTree(ended.out()).path("required").get(0).asString())
                .isEqualTo("features");
    }
}
