package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.inference.Device;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// On a linear classifier of two classes the truth is a formula: inside the box, an example is
/// broken within radius r exactly when its margin is below r times the sum of |w|.
class EvasionTest {
    private static final int WIDTH = 16;
    private static final int ROWS = 120;
    private static final float RADIUS = 0.05f;
    private static final double CLOSE = 1e-3;

    private final float[] weights = new float[WIDTH];
    private final float[] values = new float[ROWS * WIDTH];
    private final int[] labels = new int[ROWS];
    private final double[] margins = new double[ROWS];
    private double reach;

    /// Scores (w x, 0), so that class 0 is right where w x is above 0.
    private OnnxModel model() {
        SplittableRandom random = new SplittableRandom(31);
        float[] columns = new float[2 * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            weights[i] = (float) random.nextDouble(-1, 1);
            columns[2 * i] = weights[i];
            reach += RADIUS * Math.abs(weights[i]);
        }
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int i = 0; i < WIDTH; i++) {
                values[row * WIDTH + i] = (float) random.nextDouble(-0.5, 0.5);
                sum += (double) weights[i] * values[row * WIDTH + i];
            }
            labels[row] = sum > 0 ? 0 : 1;
            margins[row] = Math.abs(sum);
        }
        OnnxGraph graph =
                OnnxGraph.of(
                        "linear",
                        List.of(
                                OnnxNode.of("MatMul", List.of("x", "w"), List.of("z")),
                                OnnxNode.of("Softmax", List.of("z"), List.of("p"))),
                        List.of(OnnxTensor.floats("w", new long[] {WIDTH, 2}, columns)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "1", Integer.toString(WIDTH))),
                        List.of(OnnxValueInfo.tensor("p", OnnxElementType.FLOAT, "1", "2")));
        return OnnxModel.of(10, 21, "test", graph);
    }

    static Stream<Attack> whiteBox() {
        return Stream.of(
                AutoPgd.crossEntropy(40),
                AutoPgd.targeted(40, 9),
                AutoPgd.margin(40, 2),
                ProjectedGradient.plain(40, 2),
                ProjectedGradient.momentum(20),
                ProjectedGradient.multiTargeted(40, 9),
                new FastAdaptiveBoundary(30, 9));
    }

    private EvasionResult attack(Attack attack) throws IOException, InterruptedException {
        return attack(attack, model(), Ball.of(Norm.LINF, WIDTH, RADIUS, -1, 1));
    }

    private EvasionResult attack(Attack attack, OnnxModel model, Ball ball)
            throws IOException, InterruptedException {
        return new Evasion(List.of(attack))
                .run(
                        EvasionTask.of(
                                DeployedModel.of(model),
                                List.of((long) WIDTH),
                                new Examples(values, labels),
                                ball,
                                7),
                        EvasionListener.NONE);
    }

    @ParameterizedTest
    @MethodSource("whiteBox")
    void exactlyTheBreakableExamplesOfALinearModelAreBroken(Attack attack)
            throws IOException, InterruptedException {
        EvasionResult result = attack(attack);
        assertThat(result.cleanCorrect()).isEqualTo(ROWS);
        assertThat(result.unconfirmed()).isZero();
        for (int row = 0; row < ROWS; row++) {
            boolean isBroken = result.isBroken(row);
            if (Math.abs(margins[row] - reach) > CLOSE * reach) {
                assertThat(isBroken).as("row " + row).isEqualTo(margins[row] < reach);
            }
        }
    }

    @Test
    void oneStepBreaksWhatALinearModelLetsBreakInTheMaximumNorm()
            throws IOException, InterruptedException {
        EvasionResult result = attack(ProjectedGradient.fast());
        for (int row = 0; row < ROWS; row++) {
            if (Math.abs(margins[row] - reach) > CLOSE * reach) {
                assertThat(result.isBroken(row)).as("row " + row).isEqualTo(margins[row] < reach);
            }
        }
    }

    /// Every example has three starts of ten steps and a look at where they begin; seven more go to
    /// those that the budget nearly breaks.
    @ParameterizedTest
    @CsvSource({"0.1, 3", "0.95, 10"})
    void furtherStartsGoToExamplesThatCameNear(double share, int starts)
            throws IOException, InterruptedException {
        LinearNet net = new LinearNet(1, 3);
        float eps = (float) (share * net.least(Norm.LINF, 0));

        EvasionResult result =
                new Evasion(List.of(AutoPgd.margin(10, 10)))
                        .run(net.task(Norm.LINF, eps), EvasionListener.NONE);

        assertThat(result.isBroken(0)).isFalse();
        assertThat(result.attacks().getFirst().gradients()).isEqualTo(11L * starts);
    }

    @Test
    void attacksAreChosenByName() {
        assertThat(Evasion.names()).contains("fgsm", "pgd", "fab-t", "square");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evasion.named(List.of("pgd", "magic")))
                .withMessageContaining("magic");
    }

    @Test
    void everyPointOfTheCurveCountsWhatItsBudgetAllows() throws IOException, InterruptedException {
        OnnxModel model = model();
        Evasion evasion = new Evasion(List.of(AutoPgd.crossEntropy(40)));
        EvasionTask task =
                EvasionTask.of(
                        DeployedModel.of(model),
                        List.of((long) WIDTH),
                        new Examples(values, labels),
                        Ball.of(Norm.LINF, WIDTH, RADIUS, -1, 1),
                        7);
        EvasionResult result = evasion.run(task, EvasionListener.NONE);
        for (SecurityCurve.Point point : SecurityCurve.of(evasion, task, result)) {
            int surely = 0;
            int perhaps = 0;
            for (double margin : margins) {
                surely += margin > point.factor() * reach * (1 + CLOSE) ? 1 : 0;
                perhaps += margin > point.factor() * reach * (1 - CLOSE) ? 1 : 0;
            }
            assertThat(point.robustCorrect()).as("%s", point).isBetween(surely, perhaps);
        }
    }

    /// Inside the box the reach of a linear model is the radius times the dual norm of its weights.
    @ParameterizedTest
    @CsvSource({"L2, 0.15", "L1, 0.4"})
    void otherNormsBreakExactlyWhatTheirDualNormAllows(Norm norm, float radius)
            throws IOException, InterruptedException {
        OnnxModel model = model();
        double dual = 0;
        for (float weight : weights) {
            dual = norm == Norm.L2 ? dual + weight * weight : Math.max(dual, Math.abs(weight));
        }
        double limit = radius * (norm == Norm.L2 ? Math.sqrt(dual) : dual);
        for (Attack attack : whiteBox().toList()) {
            EvasionResult result = attack(attack, model, Ball.of(norm, WIDTH, radius, -1, 1));
            assertThat(result.unconfirmed()).isZero();
            for (int row = 0; row < ROWS; row++) {
                if (Math.abs(margins[row] - limit) > 0.03 * limit) {
                    assertThat(result.isBroken(row))
                            .as(attack.name() + " row " + row)
                            .isEqualTo(margins[row] < limit);
                }
                assertThat(result.size(row)).isLessThanOrEqualTo(radius);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"L2, 0.15", "L1, 0.4"})
    void squareAttackBreaksManyInOtherNorms(Norm norm, float radius)
            throws IOException, InterruptedException {
        OnnxModel model = model();
        EvasionResult white =
                attack(AutoPgd.margin(40, 2), model, Ball.of(norm, WIDTH, radius, -1, 1));
        EvasionResult black =
                attack(new SquareAttack(500), model, Ball.of(norm, WIDTH, radius, -1, 1));
        int breakable = ROWS - white.robustCorrect();
        assertThat(ROWS - black.robustCorrect()).isBetween(breakable / 2, breakable);
    }

    @Test
    void squareAttackBreaksManyAndNoUnbreakableExample() throws IOException, InterruptedException {
        EvasionResult result = attack(new SquareAttack(500));
        int breakable = 0;
        for (double margin : margins) {
            breakable += margin < reach ? 1 : 0;
        }
        assertThat(breakable).isBetween(20, 100);
        assertThat(ROWS - result.robustCorrect()).isBetween(breakable * 8 / 10, breakable);
    }

    @ParameterizedTest
    @MethodSource("whiteBox")
    void everyChangeStaysInBallAndBox(Attack attack) throws IOException, InterruptedException {
        OnnxModel model = model();
        Examples examples = new Examples(values, labels);
        Ball ball = Ball.of(Norm.LINF, WIDTH, 0.2f, -0.45f, 0.45f);
        float[] inside = examples.values();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Math.clamp(inside[i], -0.45f, 0.45f);
        }
        Examples clipped = new Examples(inside, labels);
        try (AttackedModel attacked =
                AttackedModel.open(
                        DeployedModel.of(model),
                        List.of((long) WIDTH),
                        Preprocessing.NONE,
                        Device.CPU)) {
            float[] changed = attack.run(attacked, clipped, ball, 3);
            for (int row = 0; row < ROWS; row++) {
                assertThat(ball.allows(changed, inside, row)).as("row " + row).isTrue();
            }
        }
    }

    @Test
    void sameSeedGivesTheSameExamples() throws IOException, InterruptedException {
        float[] first = attack(new SquareAttack(100)).changed();
        reach = 0;
        float[] second = attack(new SquareAttack(100)).changed();
        assertThat(second).isEqualTo(first);
    }
}
