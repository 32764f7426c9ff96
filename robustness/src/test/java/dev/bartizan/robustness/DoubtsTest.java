package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.DeployedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Nets made so that their evaluation is broken in one way each.
class DoubtsTest {
    private static final int WIDTH = 16;
    private static final int ROWS = 60;
    private static final float WEIGHT = 4;

    private final float[] values = new float[ROWS * WIDTH];
    private final int[] labels = new int[ROWS];

    /// Class 0 where the first half of an example is brighter than the second.
    private OnnxModel net(List<OnnxNode> before, float weight) {
        SplittableRandom random = new SplittableRandom(5);
        float[] w = new float[WIDTH * 2];
        for (int i = 0; i < WIDTH; i++) {
            w[2 * i] = i < WIDTH / 2 ? weight : -weight;
        }
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int i = 0; i < WIDTH; i++) {
                boolean isBright = row % 2 == 0 == i < WIDTH / 2;
                values[row * WIDTH + i] =
                        (float) random.nextDouble(isBright ? 0.3 : 0.2, isBright ? 0.8 : 0.7);
                sum += w[2 * i] * values[row * WIDTH + i];
            }
            labels[row] = sum > 0 ? 0 : 1;
        }
        List<OnnxNode> nodes = new ArrayList<>(before);
        nodes.add(OnnxNode.of("MatMul", List.of(before.isEmpty() ? "x" : "h", "w"), List.of("z")));
        OnnxGraph graph =
                OnnxGraph.of(
                        "net",
                        nodes,
                        List.of(
                                OnnxTensor.floats("w", new long[] {WIDTH, 2}, w),
                                OnnxTensor.floats("steps", new long[0], 1000),
                                OnnxTensor.floats("noise", new long[0], 2)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "n", Integer.toString(WIDTH))),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        return OnnxModel.of(10, 21, "test", graph);
    }

    private EvasionResult attacked(OnnxModel model, float scale)
            throws IOException, InterruptedException {
        float[] seen = values.clone();
        for (int i = 0; i < seen.length; i++) {
            seen[i] /= scale;
        }
        return Evasion.quick()
                .run(
                        EvasionTask.of(
                                DeployedModel.of(model),
                                List.of((long) WIDTH),
                                new Examples(seen, labels),
                                Ball.of(Norm.LINF, WIDTH, 0.05f, 0, 1),
                                1),
                        EvasionListener.NONE);
    }

    private static List<String> ids(EvasionResult result) {
        return result.doubts().stream().map(Doubt::id).toList();
    }

    @Test
    void nothingSpeaksAgainstAPlainNet() throws IOException, InterruptedException {
        EvasionResult result = attacked(net(List.of(), WEIGHT), 1);
        assertThat(result.isTrustworthy()).as(ids(result).toString()).isTrue();
        assertThat(result.robustCorrect()).isBetween(1, ROWS - 1);
    }

    @Test
    void quantisedStepsAreSaid() throws IOException, InterruptedException {
        List<OnnxNode> steps =
                List.of(
                        OnnxNode.of("Mul", List.of("x", "steps"), List.of("m")),
                        OnnxNode.of("Round", List.of("m"), List.of("r")),
                        OnnxNode.of("Div", List.of("r", "steps"), List.of("h")));
        EvasionResult plain = attacked(net(List.of(), WEIGHT), 1);
        EvasionResult result = attacked(net(steps, WEIGHT), 1);
        assertThat(ids(result)).contains("straight-through");
        assertThat(result.robustCorrect())
                .isBetween(plain.robustCorrect() - 2, plain.robustCorrect() + 2);
    }

    @Test
    void scoresTooFarApartAreSaid() throws IOException, InterruptedException {
        assertThat(ids(attacked(net(List.of(), 1000), 1))).contains("saturated");
    }

    @Test
    void noiseIsSaid() throws IOException, InterruptedException {
        List<OnnxNode> noisy =
                List.of(
                        OnnxNode.of(
                                "RandomNormalLike",
                                List.of("x"),
                                List.of("e"),
                                OnnxAttribute.of("scale", 0.01f)),
                        OnnxNode.of("Add", List.of("x", "e"), List.of("h")));
        assertThat(ids(attacked(net(noisy, WEIGHT), 1))).contains("random");
    }

    @Test
    void aStepThatHidesTheGradientIsSaid() throws IOException, InterruptedException {
        List<OnnxNode> hidden =
                List.of(
                        OnnxNode.of("Greater", List.of("x", "half"), List.of("t")),
                        OnnxNode.of("Cast", List.of("t"), List.of("c"), OnnxAttribute.of("to", 1L)),
                        OnnxNode.of("Mul", List.of("x", "tiny"), List.of("y")),
                        OnnxNode.of("Add", List.of("c", "y"), List.of("h")));
        OnnxModel model = net(hidden, WEIGHT);
        List<OnnxTensor> constants = new ArrayList<>(model.graph().initializers());
        constants.add(OnnxTensor.floats("half", new long[0], 0.5f));
        constants.add(OnnxTensor.floats("tiny", new long[0], 0f));
        OnnxGraph graph = model.graph();
        OnnxModel whole =
                model.withGraph(
                        OnnxGraph.of(
                                "net", graph.nodes(), constants, graph.inputs(), graph.outputs()));
        assertThat(ids(attacked(whole, 1))).contains("zero-gradient");
    }

    @Test
    void batchesThatMixAreSaid() throws IOException, InterruptedException {
        List<OnnxNode> mixed =
                List.of(
                        OnnxNode.of(
                                "ReduceMean",
                                List.of("x", "rows"),
                                List.of("m"),
                                OnnxAttribute.of("keepdims", 1L)),
                        OnnxNode.of("Mul", List.of("m", "third"), List.of("part")),
                        OnnxNode.of("Sub", List.of("x", "part"), List.of("h")));
        OnnxModel model = net(mixed, WEIGHT);
        List<OnnxTensor> constants = new ArrayList<>(model.graph().initializers());
        constants.add(OnnxTensor.longs("rows", new long[] {1}, 0));
        constants.add(OnnxTensor.floats("third", new long[0], 0.3f));
        OnnxGraph graph = model.graph();
        OnnxModel whole =
                model.withGraph(
                        OnnxGraph.of(
                                "net", graph.nodes(), constants, graph.inputs(), graph.outputs()));
        assertThat(ids(attacked(whole, 1))).contains("batch-dependent");
    }

    @Test
    void aWrongScaleIsSaid() throws IOException, InterruptedException {
        assertThat(ids(attacked(net(List.of(), WEIGHT), 255))).contains("wrong-scale");
    }
}
