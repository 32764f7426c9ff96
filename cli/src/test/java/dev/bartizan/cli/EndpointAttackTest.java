package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.range.Centres;
import dev.bartizan.range.SimulatedClassifier;
import dev.bartizan.range.SimulatedRange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Attacks a simulated classifier over HTTP, whose distances to the boundary are known.
class EndpointAttackTest {
    private static final int ROWS = 12;

    @TempDir private Path folder = Path.of("");
    private SimulatedClassifier server = start("shapes");
    private double[][] examples = new double[0][];
    private Path inputs = Path.of("");

    private static SimulatedClassifier start(String profile) {
        try {
            return new SimulatedRange().startClassifier(profile, 1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void writeExamples() throws IOException {
        examples = server.centres().examples(ROWS);
        float[] values = new float[ROWS * Centres.WIDTH];
        long[] labels = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = server.centres().classOf(examples[row]);
            for (int i = 0; i < Centres.WIDTH; i++) {
                values[row * Centres.WIDTH + i] = (float) examples[row][i];
            }
        }
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x", NpyArray.of(List.of(ROWS, 1, Centres.SIDE, Centres.SIDE), values));
        arrays.put("y", NpyArray.of(List.of(ROWS), labels));
        inputs = folder.resolve("examples.npz");
        try (OutputStream out = Files.newOutputStream(inputs)) {
            NpzWriter.write(arrays, out);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ended run(String path, String... more) {
        String base =
                path.startsWith("http") || path.startsWith("sim") ? "" : server.baseUri() + "";
        List<Object> words =
                new ArrayList<>(
                        List.of("attack", base + path, "--inputs", inputs, "--format", "json"));
        words.addAll(List.of(more));
        return Shell.run(words.toArray());
    }

    private JsonNode attack(String path, String... more) {
        Ended ended = run(path, more);
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    private double median() {
        double[] all = Arrays.stream(examples).mapToDouble(server.centres()::toBoundary).toArray();
        Arrays.sort(all);
        return all[ROWS / 2];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/shapes",
                "/v2/models/shapes/infer",
                "/v1/models/shapes:predict",
                "/predictions/shapes"
            })
    void everyProtocolGivesScoresAndTheAttackFindsWhatThePlanesAllow(String path) {
        double eps = 1.3 * median();
        JsonNode result =
                attack(path, "--norm", "l2", "--eps", String.valueOf(eps), "--queries", "600");
        assertThat(result.path("clean_correct").asInt()).isEqualTo(ROWS);
        assertThat(result.path("tier").asString()).isEqualTo("blackbox");
        int breakable = 0;
        for (double[] example : examples) {
            breakable += server.centres().toBoundary(example) < eps ? 1 : 0;
        }
        int broken = ROWS - result.path("robust_correct").asInt();
        assertThat(broken).isBetween(breakable * 7 / 10, breakable);
        assertThat(result.path("trustworthy").asBoolean()).isTrue();
    }

    @Test
    void answersAloneLeadToTheBoundaryWithinTheBudgetOfQuestions() {
        JsonNode result =
                attack(
                        "/v1/models/shapes-labels:predict",
                        "--minimal",
                        "--norm",
                        "l2",
                        "--classes",
                        "3",
                        "--queries",
                        "1500");
        JsonNode sizes = result.path("minimal").path("sizes");
        for (int row = 0; row < ROWS; row++) {
            assertThat(sizes.get(row).asDouble())
                    .isGreaterThanOrEqualTo(server.centres().toBoundary(examples[row]) * 0.999);
        }
        assertThat(result.path("minimal").path("median").asDouble()).isLessThan(1.6 * median());
        assertThat(server.rows()).isLessThanOrEqualTo(ROWS * (1500L + 18) + 5);
    }

    @Test
    void theCostIsSaidBeforeAndTheTraceOfAnEarlierRunIsTakenUp() {
        Path work = folder.resolve("work");
        String[] words = {
            "--eps", "0.2", "--queries", "50", "--rate", "10000", "--resume", work.toString()
        };
        Ended first = run("/v2/models/shapes", words);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("at most 1,", "requests", "a second");
        long asked = server.rows();
        Ended again = run("/v2/models/shapes", words);
        assertThat(again.err()).contains("going on after 12 examples");
        assertThat(server.rows() - asked).isLessThan(20);
        assertThat(JsonMapper.shared().readTree(again.out()).path("robust_correct"))
                .isEqualTo(JsonMapper.shared().readTree(first.out()).path("robust_correct"));
    }

    @Test
    void anEndpointThatSaysWaitIsGivenTime() {
        server.close();
        server = start("shapes-limited");
        JsonNode result =
                attack(
                        "/v2/models/shapes",
                        "--eps",
                        "0.01",
                        "--queries",
                        "60",
                        "--rows-per-request",
                        "1",
                        "--count",
                        "2");
        assertThat(result.path("n").asInt()).isEqualTo(2);
    }

    @Test
    void aSimulationIsServedByItsName() {
        JsonNode result =
                attack("simulated:shapes", "--eps", "0.3", "--queries", "100", "--count", "3");
        assertThat(result.path("clean_correct").asInt()).isEqualTo(3);
    }

    @Test
    void corruptionsAreCountedWithoutAnAttack() {
        JsonNode result = attack("/v2/models/shapes", "--corruptions");
        JsonNode counts = result.path("corruptions").path("by_corruption");
        assertThat(counts).hasSize(8);
        assertThat(counts.get(0).path("correct")).hasSize(5);
        assertThat(result.has("robust_correct")).isFalse();
    }

    @Test
    void whatAnEndpointCannotGiveIsSaid() throws IOException {
        mistake("/v1/models/shapes-labels:predict", "--classes", "--eps", "0.1");
        mistake(
                "/v1/models/shapes-labels:predict",
                "hopskipjump",
                "--classes",
                "3",
                "--attacks",
                "square",
                "--eps",
                "0.1");
        mistake("/v2/models/shapes", "square", "--attacks", "pgd", "--eps", "0.1");
        mistake("/v1/models/other:predict", "404", "--eps", "0.1");
        mistake("/v2/models/shapes", "--rate 0", "--eps", "0.1", "--rate", "0");
        mistake("/v2/models/shapes", "--token-env", "--eps", "0.1", "--token-env", "NO_SUCH_ONE");
        mistake("/v2/models/shapes", "--shape", "--eps", "0.1", "--shape", "3,3");
        mistake("http://127.0.0.1:1/v2/models/x", "accepts connections", "--eps", "0.1");
        HttpServer strange =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        strange.createContext(
                "/",
                exchange -> {
                    byte[] body = "{\"hello\":[[]]}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        strange.start();
        try {
            String base = "http://127.0.0.1:" + strange.getAddress().getPort();
            mistake(base + "/predictions/x", "--answer", "--eps", "0.1");
        } finally {
            strange.stop(0);
        }
    }

    private void mistake(String path, String word, String... more) {
        Ended ended = run(path, more);
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(word, "mend:").doesNotContain("Exception");
    }
}
