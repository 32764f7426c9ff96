package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.tensors.DeployedModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MinimalEvasionTest {
    private static final int ROWS = 60;
    private static final double CLOSE = 0.02;

    private final LinearNet net = new LinearNet(ROWS, 11);

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of(new FastMinimumNorm(300), Norm.LINF),
                Arguments.of(new FastMinimumNorm(300), Norm.L2),
                Arguments.of(new FastMinimumNorm(300), Norm.L1),
                Arguments.of(new FastMinimumNorm(300), Norm.L0),
                Arguments.of(new DeepFool(50, 9), Norm.LINF),
                Arguments.of(new DeepFool(50, 9), Norm.L2),
                Arguments.of(new DeepFool(50, 9), Norm.L1),
                Arguments.of(new CarliniWagner(9, 200), Norm.L2),
                Arguments.of(new SigmaZero(500), Norm.L0));
    }

    private MinimalResult measured(Attack attack, Norm norm)
            throws IOException, InterruptedException {
        return new MinimalEvasion(List.of(attack)).run(net.task(norm, 0.01f), EvasionListener.NONE);
    }

    /// No change is smaller than the closed form allows, and nearly all are as small.
    @ParameterizedTest
    @MethodSource("attacks")
    void theSmallestChangeOfALinearModelIsFound(MinimalAttack attack, Norm norm)
            throws IOException, InterruptedException {
        MinimalResult result = measured(attack, norm);
        int close = 0;
        for (int row = 0; row < ROWS; row++) {
            double least = net.least(norm, row);
            assertThat(result.size(row)).as("row " + row).isGreaterThanOrEqualTo(least * 0.9999);
            close += result.size(row) <= least * (1 + CLOSE) + 1e-4 ? 1 : 0;
        }
        assertThat(close).as(sizes(result, norm)).isGreaterThanOrEqualTo(ROWS * 9 / 10);
    }

    private String sizes(MinimalResult result, Norm norm) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> result.size(row) + "/" + net.least(norm, row))
                .toList()
                .toString();
    }

    /// As images of ink on paper: tanh is flat at the ends of the box.
    @Test
    void examplesAtTheEndsOfTheBoxAreMovedByCarliniAndWagnerToo()
            throws IOException, InterruptedException {
        float[] edges = net.values.clone();
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double score = 0;
            for (int i = 0; i < LinearNet.WIDTH; i++) {
                int at = row * LinearNet.WIDTH + i;
                edges[at] = Math.signum(edges[at]);
                score += edges[at] * net.weights[i];
            }
            labels[row] = score > 0 ? 0 : 1;
        }
        EvasionTask task =
                EvasionTask.of(
                        DeployedModel.of(net.model()),
                        List.of((long) LinearNet.WIDTH),
                        new Examples(edges, labels),
                        Ball.of(Norm.L2, LinearNet.WIDTH, 1, -1, 1),
                        7);

        MinimalResult result =
                new MinimalEvasion(List.of(new CarliniWagner(9, 100)))
                        .run(task, EvasionListener.NONE);

        assertThat(result.middle().found()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void withinABudgetExactlyWhatTheClosedFormAllowsIsBroken(MinimalAttack attack, Norm norm)
            throws IOException, InterruptedException {
        double[] all =
                IntStream.range(0, ROWS)
                        .mapToDouble(row -> net.least(norm, row))
                        .sorted()
                        .toArray();
        double eps = norm == Norm.L0 ? all[ROWS / 2] : 1.05 * all[ROWS / 2];
        EvasionResult result =
                new Evasion(List.of(attack)).run(net.task(norm, (float) eps), EvasionListener.NONE);
        EvasionResult same = measured(attack, norm).within(eps);
        for (int row = 0; row < ROWS; row++) {
            double least = net.least(norm, row);
            if (result.isBroken(row)) {
                assertThat(least).isLessThanOrEqualTo(eps * 1.0001);
                assertThat(same.isBroken(row)).as("polished").isTrue();
            }
        }
        long allowed = Arrays.stream(all).filter(least -> least <= eps * 0.95).count();
        assertThat(ROWS - same.robustCorrect()).isGreaterThanOrEqualTo((int) (allowed * 9 / 10));
    }

    @Test
    void theMedianLiesInItsIntervalAndTheCurveFallsToNothing()
            throws IOException, InterruptedException {
        MinimalResult result = measured(new DeepFool(50, 9), Norm.L2);
        MinimalResult.Middle middle = result.middle();
        assertThat(middle.right()).isEqualTo(ROWS);
        assertThat(middle.found()).isEqualTo(ROWS);
        double[] sorted = IntStream.range(0, ROWS).mapToDouble(result::size).sorted().toArray();
        assertThat(middle.median().orElseThrow()).isBetween(sorted[29], sorted[30]);
        // R: qbinom(0.025, 60, 0.5) = 22, so the 22nd smallest and largest bound the median
        assertThat(middle.low().orElseThrow()).isEqualTo(sorted[21]);
        assertThat(middle.high().orElseThrow()).isEqualTo(sorted[38]);
        List<MinimalResult.Point> curve = result.curve();
        assertThat(curve.getFirst().robustCorrect()).isEqualTo(ROWS);
        assertThat(curve.getLast().robustCorrect()).isZero();
        assertThat(result.byClass().values().stream().mapToInt(MinimalResult.Middle::right).sum())
                .isEqualTo(ROWS);
    }
}
