package dev.bartizan.robustness.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.core.UserError;
import dev.bartizan.robustness.DecisionSource;
import dev.bartizan.robustness.Examples;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommonCorruptionsTest {
    private static final int SIDE = 32;
    private static final List<Long> DIMS = List.of(3L, 32L, 32L);
    private static final int WIDTH = 3 * SIDE * SIDE;

    private final CommonCorruptions corruptions =
            new CommonCorruptions(new CommonCorruptions.Box(-1, 1));

    /// Smooth images with an edge, from -0.8 to 0.8.
    private static float[] images(int count) {
        float[] values = new float[count * WIDTH];
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < count; row++) {
            double slope = random.nextDouble(-0.5, 0.5);
            for (int i = 0; i < WIDTH; i++) {
                int x = i % SIDE;
                values[row * WIDTH + i] = (float) (x < SIDE / 2 ? slope : 0.8 - 0.02 * x);
            }
        }
        return values;
    }

    private float[] corrupted(Corruption corruption, int severity, long seed) throws IOException {
        return corruptions.corrupted(images(4), ImagePlanes.of(DIMS), corruption, severity, seed);
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double apart = (double) one[i] - other[i];
            sum += apart * apart;
        }
        return Math.sqrt(sum / one.length);
    }

    @ParameterizedTest
    @EnumSource
    void everyCorruptionStaysInTheBoxAndGrowsWithItsSeverity(Corruption corruption)
            throws IOException {
        float[] before = images(4);
        double last = 0;
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            float[] after = corrupted(corruption, severity, 5);
            for (float value : after) {
                assertThat(value).isBetween(-1f, 1f);
            }
            double away = distance(before, after);
            assertThat(away).as("severity " + severity).isGreaterThan(last * 0.9);
            last = away;
        }
        assertThat(last).isGreaterThan(0.004);
        assertThat(corrupted(corruption, 3, 5)).isEqualTo(corrupted(corruption, 3, 5));
    }

    @Test
    void largeImagesTakeTheStrengthsOfLargeImages() throws IOException {
        int side = 96;
        float[] grey = new float[side * side];
        Arrays.fill(grey, 0.1f);
        float[] noisy =
                corruptions.corrupted(
                        grey,
                        ImagePlanes.of(List.of(1L, (long) side, (long) side)),
                        Corruption.GAUSSIAN_NOISE,
                        1,
                        7);
        assertThat(distance(grey, noisy)).isCloseTo(2 * 0.08, within(0.005));
        for (Corruption corruption : Corruption.values()) {
            assertThat(corruption.strength(1, 64)).isEqualTo(corruption.strength(1, 32));
        }
    }

    @Test
    void noiseHasTheDeviationThatItsSeveritySays() throws IOException {
        // half a side of the box per unit; the images stay away from its ends
        double found = distance(images(4), corrupted(Corruption.GAUSSIAN_NOISE, 3, 9));
        assertThat(found).isCloseTo(2 * 0.08, within(0.01));
        // the variance of shot noise is the mean over the number that makes white
        double shot = distance(images(4), corrupted(Corruption.SHOT_NOISE, 1, 9));
        double mean = 0;
        for (float value : images(4)) {
            mean += (value + 1) / 2 / images(4).length;
        }
        assertThat(shot).isCloseTo(2 * Math.sqrt(mean / 500), within(0.01));
    }

    @Test
    void contrastKeepsTheMeanOfEveryChannelAndBlurThatOfTheImage() throws IOException {
        for (Corruption corruption : List.of(Corruption.CONTRAST, Corruption.BLUR)) {
            float[] before = images(4);
            float[] after = corrupted(corruption, 4, 1);
            for (int plane = 0; plane < 12; plane++) {
                int from = plane * SIDE * SIDE;
                assertThat(mean(after, from)).isCloseTo(mean(before, from), within(0.02));
            }
        }
    }

    private static double mean(float[] values, int from) {
        double sum = 0;
        for (int i = from; i < from + SIDE * SIDE; i++) {
            sum += values[i];
        }
        return sum / (SIDE * SIDE);
    }

    @Test
    void jpegOfAnEvenImageChangesNothing() throws IOException {
        float[] even = new float[WIDTH];
        Arrays.fill(even, 0.2f);
        float[] after = corruptions.corrupted(even, ImagePlanes.of(DIMS), Corruption.JPEG, 5, 1);
        for (float value : after) {
            assertThat(value).isCloseTo(0.2f, within(0.02f));
        }
    }

    @Test
    void onlyAModelThatLooksAtTheImageLosesAnswers() throws IOException, InterruptedException {
        Examples examples = new Examples(images(4), new int[4]);
        CorruptionResult blind = corruptions.run(answering(0), examples, 1, (_, _) -> {});
        assertThat(blind.cleanCorrect()).isEqualTo(4);
        assertThat(blind.meanAccuracy()).isEqualTo(1);
        CorruptionResult picky = corruptions.run(answering(0.01), examples, 1, (_, _) -> {});
        assertThat(picky.cleanCorrect()).isEqualTo(4);
        assertThat(picky.meanAccuracy()).isLessThan(0.5);
        assertThat(picky.counts()).hasSize(8);
    }

    /// Answers 0 where the image is still what it was, but for a tolerance; 0 tolerates all.
    private static DecisionSource answering(double tolerance) {
        return new DecisionSource() {
            @Override
            public int classes() {
                return 2;
            }

            @Override
            public List<Long> rowDims() {
                return DIMS;
            }

            @Override
            public int[] answers(float[] values) {
                int[] answers = new int[values.length / WIDTH];
                for (int row = 0; row < answers.length; row++) {
                    double away = 0;
                    float[] before = images(4);
                    for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                        away += Math.abs((double) values[i] - before[i]) / WIDTH;
                    }
                    answers[row] = tolerance == 0 || away <= tolerance ? 0 : 1;
                }
                return answers;
            }
        };
    }

    @Test
    void rowsOfATableAreNoImages() {
        assertThatThrownBy(() -> ImagePlanes.of(List.of(12L)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("images");
    }
}
