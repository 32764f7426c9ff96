package dev.bartizan.tensors.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchesTest {
    private static final OnnxTensor FOUR = OnnxTensor.longs("four", new long[0], 4);
    private static final OnnxTensor ONE = OnnxTensor.longs("one", new long[0], 1);
    private static final OnnxTensor W =
            OnnxTensor.floats("w", new long[] {4, 2}, 1, 2, 3, 4, 5, 6, 7, 8);

    /// The seed asks for the first score, so the gradient is the first column of the weights, or of
    /// their opposite.
    @ParameterizedTest
    @CsvSource({"Equal, 1", "Greater, -1"})
    void theBranchThatAShapeChoosesIsTaken(String question, float sign)
            throws IOException, InterruptedException {
        OnnxModel model = model(ofWidth(question), branch("y", "Identity", "Neg"));

        assertThat(gradient(model)).containsExactly(sign * 1, sign * 3, sign * 5, sign * 7);
    }

    @Test
    void branchesInsideOfBranchesAreTakenToo() throws IOException, InterruptedException {
        List<OnnxNode> width = ofWidth("Equal");
        OnnxGraph inner = graph(List.of(branch("inner", "Neg", "Identity")), "inner");
        OnnxGraph other = graph(List.of(node("Identity", "z", "inner")), "inner");
        OnnxNode outer = ifElse("y", inner, other);

        assertThat(gradient(model(width, outer))).containsExactly(-1, -3, -5, -7);
    }

    @Test
    void aBranchThatAnExampleChoosesIsRefusedByName() {
        List<OnnxNode> first =
                List.of(
                        node("ReduceSum", "x", "all", OnnxAttribute.of("keepdims", 0L)),
                        node("Cast", "all", "go", OnnxAttribute.of("to", 9L)));

        assertThatExceptionOfType(GradientException.class)
                .isThrownBy(() -> gradient(model(first, branch("y", "Identity", "Neg"))))
                .withMessageContaining("operator If")
                .withMessageContaining("by the numbers of the example");
    }

    /// The loop reads the example from around it only, while another way leads past it: leaving it
    /// out would give a wrong gradient without a word.
    @Test
    void aLoopThatReadsTheExampleUnnamedIsRefusedNotLeftOut() {
        OnnxGraph body =
                OnnxGraph.of(
                        "body",
                        List.of(node("Identity", "on", "more"), node("Neg", "z", "sum")),
                        List.of(),
                        List.of(
                                scalar("i", OnnxElementType.INT64),
                                scalar("on", OnnxElementType.BOOL),
                                rows("before")),
                        List.of(scalar("more", OnnxElementType.BOOL), rows("sum")));
        OnnxNode loop =
                OnnxNode.of(
                        "Loop",
                        List.of("one", "", "start"),
                        List.of("looped"),
                        new OnnxAttribute("body", new OnnxAttributeValue.GraphValue(body)));
        OnnxNode sum = OnnxNode.of("Add", List.of("z", "looped"), List.of("y"));
        OnnxTensor start = OnnxTensor.floats("start", new long[] {1, 2}, 0, 0);

        assertThatExceptionOfType(GradientException.class)
                .isThrownBy(() -> gradient(model(List.of(loop), sum, start)))
                .withMessageContaining("operator Loop");
    }

    private static List<OnnxNode> ofWidth(String question) {
        return List.of(
                node("Shape", "x", "shape"),
                OnnxNode.of("Gather", List.of("shape", "one"), List.of("width")),
                OnnxNode.of(question, List.of("width", "four"), List.of("go")));
    }

    private static OnnxNode branch(String output, String whenTrue, String whenFalse) {
        return ifElse(
                output,
                graph(List.of(node(whenTrue, "z", "chosen")), "chosen"),
                graph(List.of(node(whenFalse, "z", "chosen")), "chosen"));
    }

    private static OnnxNode ifElse(String output, OnnxGraph whenTrue, OnnxGraph whenFalse) {
        return OnnxNode.of(
                "If",
                List.of("go"),
                List.of(output),
                new OnnxAttribute("then_branch", new OnnxAttributeValue.GraphValue(whenTrue)),
                new OnnxAttribute("else_branch", new OnnxAttributeValue.GraphValue(whenFalse)));
    }

    private static OnnxGraph graph(List<OnnxNode> nodes, String output) {
        return OnnxGraph.of("branch", nodes, List.of(), List.of(), List.of(rows(output)));
    }

    private static OnnxNode node(
            String opType, String input, String output, OnnxAttribute... attributes) {
        return OnnxNode.of(opType, List.of(input), List.of(output), attributes);
    }

    private static OnnxValueInfo rows(String name) {
        return OnnxValueInfo.tensor(name, OnnxElementType.FLOAT, "n", "2");
    }

    private static OnnxValueInfo scalar(String name, OnnxElementType type) {
        return OnnxValueInfo.tensor(name, type);
    }

    /// z = x w, then what comes before the last step, then the last step, which gives y.
    private static OnnxModel model(List<OnnxNode> before, OnnxNode last, OnnxTensor... more) {
        List<OnnxNode> nodes = new ArrayList<>();
        nodes.add(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z")));
        nodes.addAll(before);
        nodes.add(last);
        List<OnnxTensor> constants = new ArrayList<>(List.of(FOUR, ONE, W));
        constants.addAll(List.of(more));
        return OnnxModel.of(
                10,
                21,
                "t",
                OnnxGraph.of(
                        "g",
                        nodes,
                        constants,
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "4")),
                        List.of(rows("y"))));
    }

    private static float[] gradient(OnnxModel model) throws IOException, InterruptedException {
        GradientGraph graph = GradientGraph.of(model, List.of(4L));
        assertThat(graph.takesBatches()).isTrue();
        try (InferenceSession session =
                InferenceSession.open(
                        OnnxWriter.bytes(graph.gradient(Objective.SEED)),
                        InferenceLimits.DEFAULT)) {
            DenseTensor x = DenseTensor.of(OnnxElementType.FLOAT, List.of(1L, 4L), 1, 2, 3, 4);
            DenseTensor seed = DenseTensor.of(OnnxElementType.FLOAT, List.of(1L, 2L), 1, 0);
            DenseTensor found =
                    session.run(Map.of("x", x, GradientGraph.SEED, seed))
                            .get(GradientGraph.GRADIENT);
            return found == null ? new float[0] : found.toFloats();
        }
    }
}
