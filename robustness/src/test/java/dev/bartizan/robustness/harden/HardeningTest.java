package dev.bartizan.robustness.harden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.robustness.Ball;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.Norm;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// One number tells the classes apart by far, many others by a hair. A net that leans on the many
/// is broken by small changes; training must move it to the one.
class HardeningTest {
    private static final int WIDTH = 17;
    private static final int ROWS = 256;
    private static final float EPS = 0.1f;

    private final float[] values = new float[ROWS * WIDTH];
    private final int[] labels = new int[ROWS];

    private DeployedModel net() {
        SplittableRandom random = new SplittableRandom(11);
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % 2;
            float side = labels[row] == 1 ? 1 : -1;
            values[row * WIDTH] = 0.5f + 0.3f * side;
            for (int i = 1; i < WIDTH; i++) {
                values[row * WIDTH + i] =
                        (float) (0.5 + 0.05 * side + random.nextDouble(-0.02, 0.02));
            }
        }
        float[] w = new float[2 * WIDTH];
        for (int i = 1; i < WIDTH; i++) {
            w[2 * i] = -1;
            w[2 * i + 1] = 1;
        }
        OnnxGraph graph =
                OnnxGraph.of(
                        "net",
                        List.of(OnnxNode.of("Gemm", List.of("x", "w", "b"), List.of("z"))),
                        List.of(
                                OnnxTensor.floats("w", new long[] {WIDTH, 2}, w),
                                OnnxTensor.floats("b", new long[] {2}, 8, -8)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "n", Integer.toString(WIDTH))),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        return DeployedModel.of(OnnxModel.of(10, 21, "test", graph));
    }

    private Hardening open(DeployedModel net) throws IOException, InterruptedException {
        return Hardening.open(
                net,
                List.of((long) WIDTH),
                Preprocessing.NONE,
                new Examples(values, labels),
                new HardeningPlan(EPS, 0, 1, 30, 32, 3, 0.05, 1, 3));
    }

    private EvasionResult attacked(DeployedModel net) throws IOException, InterruptedException {
        return Evasion.quick()
                .run(
                        EvasionTask.of(
                                net,
                                List.of((long) WIDTH),
                                new Examples(values, labels),
                                Ball.of(Norm.LINF, WIDTH, EPS, 0, 1),
                                1),
                        EvasionListener.NONE);
    }

    private static final class Last implements HardeningListener {
        private int passes;
        private HardeningState middle = new HardeningState(0, 0, java.util.Map.of());

        @Override
        public void updated(long done, long of, double loss) {}

        @Override
        public void passed(HardeningState state) {
            passes++;
            middle = passes == 10 ? state : middle;
        }
    }

    @Test
    void whatFellToSmallChangesWithstandsThemAfterwards() throws IOException, InterruptedException {
        DeployedModel net = net();
        EvasionResult before = attacked(net);
        assertThat(before.cleanCorrect()).isEqualTo(ROWS);
        assertThat(before.robustCorrect()).isZero();
        Last last = new Last();
        OnnxModel whole;
        try (Hardening hardening = open(net)) {
            hardening.estimate();
            whole = hardening.run(last);
        }
        EvasionResult after = attacked(DeployedModel.of(whole));
        assertThat(after.robustCorrect()).isGreaterThan(ROWS * 9 / 10);
        assertThat(whole.graph().inputs()).isEqualTo(net.model().graph().inputs());
        assertThat(whole.graph().outputs()).isEqualTo(net.model().graph().outputs());
        try (Hardening hardening = open(net)) {
            hardening.resume(last.middle);
            assertThat(OnnxWriter.bytes(hardening.run(new Last())))
                    .isEqualTo(OnnxWriter.bytes(whole));
        }
    }
}
