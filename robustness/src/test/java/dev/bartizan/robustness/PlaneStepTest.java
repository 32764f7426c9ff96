package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Compares with the least size found by bisection, in double precision.
class PlaneStepTest {
    private static final int WIDTH = 37;

    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @EnumSource(
            value = Norm.class,
            names = {"LINF", "L2"})
    void reachesThePlaneByTheLeastStepThatTheBoxLeaves(Norm norm) {
        for (int trial = 0; trial < 200; trial++) {
            float[] from = numbers(0, 1);
            float[] slope = numbers(-2, 2);
            for (int i = 0; i < WIDTH; i += 5) {
                from[i] = i % 2;
                slope[i + 1] = 0;
            }
            double change = random.nextDouble(-20, 20);
            PlaneStep step = new PlaneStep(Ball.of(norm, WIDTH, 0.1f, 0, 1));
            float[] moves = step.of(from, slope, change);
            double size = leastSize(norm, from, slope, change);
            for (int i = 0; i < WIDTH; i++) {
                double wanted = move(norm, from, slope, i, Math.signum(change), size);
                assertThat((double) moves[i]).as("trial %d", trial).isCloseTo(wanted, within(2e-4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Norm.class,
            names = {"LINF", "L2", "L1"})
    void staysWhereNothingIsSteepOrNothingIsWanted(Norm norm) {
        PlaneStep step = new PlaneStep(Ball.of(norm, WIDTH, 0.1f, 0, 1));

        step.of(numbers(0, 1), new float[WIDTH], 3);
        assertThat(step.size()).isZero();
        step.of(numbers(0, 1), numbers(-2, 2), 0);
        assertThat(step.size()).isZero();
    }

    private float[] numbers(double low, double high) {
        float[] numbers = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            numbers[i] = (float) random.nextDouble(low, high);
        }
        return numbers;
    }

    private static double leastSize(Norm norm, float[] from, float[] slope, double change) {
        double few = 0;
        double many = 1e6;
        for (int i = 0; i < 200; i++) {
            double middle = (few + many) / 2;
            double reached = 0;
            for (int k = 0; k < WIDTH; k++) {
                reached += slope[k] * move(norm, from, slope, k, Math.signum(change), middle);
            }
            if (Math.abs(reached) < Math.abs(change)) {
                few = middle;
            } else {
                many = middle;
            }
        }
        return many;
    }

    private static double move(
            Norm norm, float[] from, float[] slope, int i, double sign, double size) {
        double way = sign * (norm == Norm.LINF ? Math.signum(slope[i]) : slope[i]);
        return Math.clamp(from[i] + way * size, 0, 1) - from[i];
    }
}
