package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyWriter;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuardInputsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WIDTH = 32;
    private final SplittableRandom random = new SplittableRandom(5);

    @TempDir private Path folder = Path.of("");
    private Path model = Path.of("");
    private Path train = Path.of("");
    private Path profile = Path.of("");

    @BeforeEach
    void write() throws IOException {
        float[] weights = new float[WIDTH * 2];
        for (int i = 0; i < WIDTH; i++) {
            weights[2 * i] = 4;
            weights[2 * i + 1] = -4;
        }
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z"))),
                        List.of(OnnxTensor.floats("w", new long[] {WIDTH, 2}, weights)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "n", Integer.toString(WIDTH))),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        model =
                Files.write(
                        folder.resolve("net.onnx"),
                        OnnxWriter.bytes(OnnxModel.of(8, 17, "test", graph)));
        train = npy("train.npy", rows(600, 0.5f));
        profile = folder.resolve("profile.json");
    }

    /// Two classes, pulled apart along the weights.
    private float[] rows(int n, float pull) {
        float[] values = new float[n * WIDTH];
        for (int row = 0; row < n; row++) {
            float side = row % 2 == 0 ? pull : -pull;
            for (int i = 0; i < WIDTH; i++) {
                values[row * WIDTH + i] = (float) random.nextGaussian() * 0.3f + side;
            }
        }
        return values;
    }

    private Path npy(String name, float[] values) throws IOException {
        Path file = folder.resolve(name);
        NpyWriter.write(NpyArray.of(List.of(values.length / WIDTH, WIDTH), values), file);
        return file;
    }

    private Ended fit(Object... more) {
        Object[] words = {"guard", "inputs", "fit", "--inputs", train, "--out", profile};
        return Shell.run(concat(words, more));
    }

    private Ended check(Path inputs, Object... more) {
        Object[] words = {"guard", "inputs", "check", "--inputs", inputs, "--profile", profile};
        return Shell.run(concat(words, more));
    }

    private static Object[] concat(Object[] one, Object[] other) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(one), java.util.Arrays.stream(other))
                .toArray();
    }

    private static void refused(Ended ended, String... words) {
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(words).contains("mend:").doesNotContain("bug of ours");
    }

    @Test
    void honestInputsKeepToTheRateAndEvasionsAreUnstable() throws IOException {
        Ended fitted =
                fit(
                        "--rate", "0.05", "--model", model, "--step", "0.5", "--shake", "0.3",
                        "--seed", "3");
        assertThat(fitted.code()).as(fitted.err()).isZero();
        Ended honest = check(npy("h.npy", rows(200, 0.5f)), "--model", model, "--format", "json");
        JsonNode summary = JSON.readTree(honest.out()).path("summary");
        assertThat(summary.path("strange").asInt()).isLessThan(24);
        Ended moved = check(npy("m.npy", rows(200, 0.0f)), "--model", model, "--format", "json");
        JsonNode kinds = JSON.readTree(moved.out()).path("summary").path("kinds");
        assertThat(kinds.path("unstable").asInt()).isGreaterThan(60);
    }

    @Test
    void tellsWhatIsStrangeAboutAnInput() throws IOException {
        assertThat(fit("--rate", "0.05").code()).isZero();
        StringBuilder lines = new StringBuilder("a0");
        for (int i = 1; i < WIDTH; i++) {
            lines.append(",a").append(i);
        }
        lines.append('\n').append("0,".repeat(WIDTH - 1)).append("90\n");
        lines.append("nan,").append("0,".repeat(WIDTH - 2)).append("0\n");
        Path csv = Files.writeString(folder.resolve("new.csv"), lines);
        Ended ended = check(csv, "--format", "json", "--fail-on-share", "0.5");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        JsonNode inputs = JSON.readTree(ended.out()).path("inputs");
        assertThat(inputs.get(0).path("problems").get(0).path("kind").asString())
                .isEqualTo("range");
        assertThat(inputs.get(0).path("problems").get(0).path("reason").asString())
                .contains("feature 31 is 90");
        assertThat(inputs.get(1).path("problems").get(0).path("kind").asString())
                .isEqualTo("not-finite");
        Path narrow = Files.writeString(folder.resolve("narrow.csv"), "1,2\n");
        assertThat(check(narrow).out()).contains("shape", "32 features are expected, not 2");
    }

    @Test
    void badInputsProfilesAndModelsAreRefusedInWords() throws IOException {
        refused(fit("--rate", "0.001"), "cannot be set on 600 inputs");
        assertThat(fit("--rate", "0.05").code()).isZero();
        Path inputs = npy("h.npy", rows(4, 0.5f));
        refused(check(inputs, "--model", model), "made without a model");
        Path ragged = Files.writeString(folder.resolve("r.csv"), "1,2\n1\n");
        refused(check(ragged), "r.csv:2", "has 1 fields");
        Path words = Files.writeString(folder.resolve("w.csv"), "1,2\n1,x\n");
        refused(check(words), "w.csv:2", "no number in field 2");
        for (String bad :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"inputs_profile\":1}",
                        Files.readString(profile).replace("\"spread\":[", "\"spread\":[0,"),
                        Files.readString(profile).replace("\"low\":[", "\"low\":[\"x\","))) {
            Files.writeString(profile, bad);
            refused(check(inputs), "profile");
        }
    }

    @Test
    void aSearchIsToldFromHonestQueries() throws IOException {
        StringBuilder lines = new StringBuilder();
        float[] honest = rows(150, 0.5f);
        for (int query = 0; query < 150; query++) {
            lines.append(query(query, "honest", honest, query * WIDTH, 0));
            lines.append(query(query, "attacker", honest, 0, 0.01 * random.nextGaussian()));
        }
        lines.append("{\"client\":\"x\",\"input\":[1,\"a\"],\"answer\":[1]}\nno json\n");
        Path log = Files.writeString(folder.resolve("q.jsonl"), lines);
        Ended ended = Shell.run("guard", "inputs", "watch", log, "--step", "0.25", "--seed", "1");
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> out = ended.out().lines().toList();
        assertThat(out).hasSize(302);
        assertThat(out.get(299)).contains("\"client\":\"attacker\",\"pattern\":\"search\"");
        assertThat(out.get(298)).contains("\"client\":\"honest\",\"pattern\":\"usual\"");
        assertThat(out.get(300)).contains("\"error\":\"line 301 needs");
        assertThat(out.get(301)).contains("\"error\":\"line 302 is not JSON");
        assertThat(ended.err()).contains("attacker (search)").doesNotContain("honest (");
        refused(Shell.run("guard", "inputs", "watch", log, "--window", "5"), "20 to 128");
        refused(Shell.run("guard", "inputs", "watch", log, "--step", "0"), "above 0");
    }

    private static String query(int id, String client, float[] values, int from, double change) {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < WIDTH; i++) {
            input.append(i == 0 ? "" : ",")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.4f",
                                    values[from + i] + (i == id % WIDTH ? change : 0)));
        }
        return "{\"id\":"
                + id
                + ",\"client\":\""
                + client
                + "\",\"input\":["
                + input
                + "],\"answer\":[0.9,0.1]}\n";
    }
}
