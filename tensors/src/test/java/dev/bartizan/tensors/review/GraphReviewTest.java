package dev.bartizan.tensors.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Place;
import dev.bartizan.core.facts.ModelFacts;
import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxBytes;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphReviewTest {
    private static final OnnxValueInfo X =
            OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "4");
    private static final OnnxTensor W = OnnxTensor.floats("w", new long[] {4, 3}, new float[12]);

    private static List<String> review(
            List<OnnxTensor> constants,
            List<OnnxValueInfo> inputs,
            List<OnnxValueInfo> outputs,
            OnnxNode... nodes) {
        OnnxGraph graph = OnnxGraph.of("g", List.of(nodes), constants, inputs, outputs);
        return review(OnnxModel.of(8, 17, "test", graph));
    }

    private static List<String> review(OnnxModel model) {
        Place place = new Place("system.yaml", 1, 1);
        Element data =
                new Element(
                        "data",
                        ElementKind.TRAINING_DATA_SOURCE,
                        "data",
                        "",
                        new Attributes(Map.of("records", 5)),
                        place);
        Element element =
                new Element(
                        "m",
                        ElementKind.MODEL_ARTIFACT,
                        "m",
                        "",
                        new Attributes(Map.of("trained-on", "data")),
                        place);
        AiSystem system =
                new AiSystem(
                        "s",
                        Path.of("system.yaml"),
                        Attributes.NONE,
                        "staging",
                        Map.of(),
                        Map.of("data", data, "m", element),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        ModelFacts facts = new ModelFacts();
        List<OnnxNode> nodes = model.graph().nodes();
        new GraphReview("m.onnx", facts)
                .review(
                        system,
                        element,
                        model,
                        new GraphReview.Everything(nodes, List.of(), model.graph().initializers()));
        return facts.of(element, "test").stream().map(GraphReviewTest::line).toList();
    }

    private static String line(Fact fact) {
        assertThat(fact.spot().file()).isEqualTo("m.onnx");
        return fact.name() + "=" + fact.value() + " @" + fact.spot().name();
    }

    private static OnnxNode named(OnnxNode node, String name) {
        return new OnnxNode(
                name, "", node.opType(), "", node.inputs(), node.outputs(), node.attributes(), "");
    }

    private static OnnxValueInfo floats(String name, String... dims) {
        return OnnxValueInfo.tensor(name, OnnxElementType.FLOAT, dims);
    }

    @Test
    void aWeighingStepAtTheEndPutsOutLogits() {
        assertThat(
                        review(
                                List.of(W),
                                List.of(X),
                                List.of(floats("y", "n", "3")),
                                named(
                                        OnnxNode.of("MatMul", List.of("x", "w"), List.of("h")),
                                        "head"),
                                OnnxNode.of("Identity", List.of("h"), List.of("y"))))
                .contains(
                        "model.output=logits @head",
                        "model.preprocessing=absent @head",
                        "model.size=tiny @graph.initializer",
                        "model.parameters=12 @graph.initializer");
    }

    @Test
    void capacityIsComparedWithTheRecordsTheModelLearntFrom() {
        OnnxTensor large = OnnxTensor.floats("w", new long[] {4, 5}, new float[20]);
        OnnxNode gemm = OnnxNode.of("MatMul", List.of("x", "w"), List.of("y"));
        assertThat(review(List.of(large), List.of(X), List.of(floats("y", "n", "5")), gemm))
                .contains("model.capacity=can-memorise @graph.initializer");
        assertThat(review(List.of(W), List.of(X), List.of(floats("y", "n", "3")), gemm))
                .contains("model.capacity=in-between @graph.initializer");
    }

    @Test
    void softmaxLabelsAndLengthOneAreToldApart() {
        OnnxNode gemm = OnnxNode.of("MatMul", List.of("x", "w"), List.of("h"));
        Map<String, String> kinds =
                Map.of(
                        "Softmax", "probabilities",
                        "LogSoftmax", "log-probabilities",
                        "ArgMax", "label",
                        "LpNormalization", "embedding");
        kinds.forEach((operator, kind) ->
                assertThat(
                                review(
                                        List.of(W),
                                        List.of(X),
                                        List.of(floats("y", "n", "3")),
                                        gemm,
                                        OnnxNode.of(operator, List.of("h"), List.of("y"))))
                        .contains("model.output=" + kind + " @" + operator + " -> y")
                        .noneMatch(line -> line.startsWith("model.output=logits")));
    }

    @Test
    void stepsOnTheWayInArePreprocessing() {
        OnnxTensor mean = OnnxTensor.floats("mean", new long[] {4}, 1, 1, 1, 1);
        List<String> seen =
                review(
                        List.of(W, mean),
                        List.of(X),
                        List.of(floats("y", "n", "3")),
                        OnnxNode.of("Resize", List.of("x"), List.of("r")),
                        named(OnnxNode.of("Sub", List.of("r", "mean"), List.of("s")), "centre"),
                        OnnxNode.of("MatMul", List.of("s", "w"), List.of("y")));
        assertThat(seen)
                .contains(
                        "model.preprocessing=resizes @Resize -> r",
                        "model.preprocessing=normalises @centre")
                .noneMatch(line -> line.startsWith("model.preprocessing=absent"));
    }

    @Test
    void aHeadOnHalfOfTheTrunkIsAnEarlyExit() {
        OnnxTensor square = OnnxTensor.floats("q", new long[] {4, 4}, new float[16]);
        assertThat(
                        review(
                                List.of(W, square),
                                List.of(X),
                                List.of(floats("soon", "n", "3"), floats("late", "n", "3")),
                                OnnxNode.of("MatMul", List.of("x", "q"), List.of("a")),
                                named(
                                        OnnxNode.of("MatMul", List.of("a", "w"), List.of("soon")),
                                        "exit1"),
                                OnnxNode.of("MatMul", List.of("a", "q"), List.of("b")),
                                OnnxNode.of("Relu", List.of("b"), List.of("c")),
                                OnnxNode.of("MatMul", List.of("c", "w"), List.of("late"))))
                .contains("model.early-exit=soon @exit1")
                .noneMatch(line -> line.contains("late @") && line.contains("early-exit"));
    }

    @Test
    void featuresThatLeaveTheModelAreInnerValues() {
        assertThat(
                        review(
                                List.of(W),
                                List.of(X),
                                List.of(floats("features", "n", "4"), floats("y", "n", "3")),
                                OnnxNode.of("Relu", List.of("x"), List.of("features")),
                                OnnxNode.of("MatMul", List.of("features", "w"), List.of("y"))))
                .contains("model.inner-output=features @Relu -> features");
    }

    @Test
    void logitsBesideTheirSoftmaxAreNoInnerValues() {
        assertThat(
                        review(
                                List.of(W),
                                List.of(X),
                                List.of(floats("h", "n", "3"), floats("y", "n", "3")),
                                OnnxNode.of("MatMul", List.of("x", "w"), List.of("h")),
                                OnnxNode.of("Softmax", List.of("h"), List.of("y"))))
                .noneMatch(line -> line.startsWith("model.inner-output"));
    }

    @Test
    void embeddingsAndVocabulariesAreSeenAndPrivateTextIsNeverQuoted() {
        OnnxTensor table = OnnxTensor.floats("emb", new long[] {64, 3}, new float[192]);
        List<OnnxBytes> words =
                Arrays.stream("yes no alice.miller@example.com".split(" ", -1))
                        .map(word -> OnnxBytes.of(word.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        List<String> seen =
                review(
                        List.of(table),
                        List.of(OnnxValueInfo.tensor("t", OnnxElementType.STRING, "n")),
                        List.of(floats("y", "n", "3")),
                        named(
                                OnnxNode.of(
                                        "LabelEncoder",
                                        List.of("t"),
                                        List.of("ids"),
                                        new OnnxAttribute(
                                                "keys_strings",
                                                new OnnxAttributeValue.Texts(words))),
                                "vocab"),
                        named(OnnxNode.of("Gather", List.of("emb", "ids"), List.of("y")), "look"));
        assertThat(seen)
                .contains(
                        "model.embedding=64 x 3 @look",
                        "model.private-text=e-mail-address @vocab.keys_strings[2]",
                        "model.preprocessing=encodes @vocab");
        assertThat(String.join(" ", seen)).doesNotContain("alice");
    }

    @Test
    void weightsElsewhereAndRoundedWeightsAreSeen() {
        OnnxTensor outside =
                new OnnxTensor(
                        "w",
                        OnnxElementType.FLOAT,
                        List.of(4L, 3L),
                        new OnnxTensorData.External(Map.of("location", "../../etc/shadow")),
                        "");
        assertThat(
                        review(
                                List.of(outside),
                                List.of(X),
                                List.of(floats("y", "n", "3")),
                                OnnxNode.of("DynamicQuantizeLinear", List.of("x"), List.of("q")),
                                OnnxNode.of("MatMulInteger", List.of("q", "w"), List.of("y"))))
                .contains(
                        "model.external-data=../../etc/shadow @w",
                        "model.external-data-escapes=../../etc/shadow @w",
                        "model.quantised=MatMulInteger @MatMulInteger -> y");
    }

    @Test
    void branchesOnTheInputAreSeenAndCyclesEnd() {
        assertThat(
                        review(
                                List.of(W),
                                List.of(X),
                                List.of(floats("y", "n", "3")),
                                named(OnnxNode.of("If", List.of("x"), List.of("a")), "branch"),
                                OnnxNode.of("Add", List.of("a", "y"), List.of("b")),
                                OnnxNode.of("Identity", List.of("b"), List.of("y"))))
                .contains("model.data-dependent-step=If @branch");
    }
}
