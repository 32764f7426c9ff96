package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxOpset;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchitectureReviewTest {
    @TempDir private Path folder = Path.of("");
    private Path system = Path.of("");

    @BeforeEach
    void writeTheSystem() throws IOException {
        system = folder.resolve("system.yaml");
        Files.writeString(
                system,
                """
                bartizan: 1
                zones: { internet: untrusted, vpc: internal }
                elements:
                  caller: { kind: person, zone: internet }
                  api: { kind: inference-service, zone: vpc, exposes: public, serves: scorer }
                  scorer: { kind: model, zone: vpc, artifact: { path: scorer.onnx }, trained-on: cases }
                  cases: { kind: training-data, zone: vpc, records: 3 }
                flows: [ caller -> api ]
                """);
    }

    private void writeModel() throws IOException {
        OnnxNode custom =
                new OnnxNode(
                        "trick", "com.acme", "Odd", "", List.of("x"), List.of("h"), List.of(), "");
        OnnxNode head =
                new OnnxNode(
                        "head", "", "MatMul", "", List.of("h", "w"), List.of("y"), List.of(), "");
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(custom, head),
                        List.of(OnnxTensor.floats("w", new long[] {4, 3}, new float[12])),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "4")),
                        List.of(OnnxValueInfo.tensor("y", OnnxElementType.FLOAT, "n", "3")));
        OnnxModel model =
                new OnnxModel(
                        8,
                        "test",
                        "",
                        "",
                        0,
                        "",
                        graph,
                        List.of(new OnnxOpset("", 17), new OnnxOpset("com.acme", 1)),
                        Map.of("trained_by", "dave@example.com"),
                        List.of());
        OnnxWriter.write(model, folder.resolve("scorer.onnx"));
    }

    private JsonNode threats() {
        Ended ended = Shell.run("threats", system, "--format", "json");
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    private static List<String> spots(JsonNode root, String rule) {
        return StreamSupport.stream(root.path("threats").spliterator(), false)
                .filter(threat -> threat.path("rule").asString().equals(rule))
                .flatMap(threat -> StreamSupport.stream(threat.path("facts").spliterator(), false))
                .filter(fact -> fact.has("file"))
                .map(fact ->
                        fact.path("file").asString()
                                + " "
                                + fact.path("node").asString("")
                                + fact.path("field").asString(""))
                .toList();
    }

    @Test
    void threatsNameTheNodeOrFieldThatMadeThemFire() throws IOException {
        writeModel();
        JsonNode root = threats();
        assertThat(spots(root, "BZ-operator-brings-native-code"))
                .containsExactly("scorer.onnx trick");
        assertThat(spots(root, "BZ-model-puts-out-raw-scores")).contains("scorer.onnx head");
        assertThat(spots(root, "BZ-file-holds-private-text"))
                .containsExactly("scorer.onnx metadata_props.trained_by");
        assertThat(spots(root, "BZ-small-model-is-solved-for"))
                .contains("scorer.onnx graph.initializer");
        assertThat(root.path("notes")).isEmpty();
        assertThat(Shell.run("threats", system).out())
                .contains(
                        "seen: model.custom-operator = com.acme:Odd (scorer.onnx, node \"trick\")");
    }

    @Test
    void aBrokenModelIsSaidAndClaimsNothing() throws IOException {
        writeModel();
        byte[] bytes = Files.readAllBytes(folder.resolve("scorer.onnx"));
        Files.write(
                folder.resolve("scorer.onnx"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        JsonNode root = threats();
        assertThat(root.path("notes").toString()).contains("scorer.onnx");
        assertThat(root.path("threats").findValuesAsString("file")).isEmpty();
        assertThat(Shell.run("threats", system).err()).contains("note: ").contains("scorer.onnx");
    }

    @Test
    void aMissingModelIsSaid() {
        assertThat(threats().path("notes").toString())
                .contains("scorer.onnx: there is no such file");
    }

    @Test
    void assessFiresTheSameThreats() throws IOException {
        writeModel();
        Path out = folder.resolve("out");
        Ended ended = Shell.run("assess", system, "--out", out, "--only", "integrity");
        assertThat(ended.code()).as(ended.err()).isZero();
        String document = Files.readString(out.resolve("assessment.json"));
        assertThat(document).contains("BZ-operator-brings-native-code").contains("\"trick\"");
        assertThat(Files.readString(out.resolve("report.html"))).contains("trick");
    }
}
