package dev.bartizan.robustness.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.robustness.ScoreSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothingTest {
    /// Class 1 where the first number is above 0: the smoothed answer at distance d from that line
    /// has the exact radius d.
    private static final ScoreSource PLANE =
            new ScoreSource() {
                @Override
                public int classes() {
                    return 2;
                }

                @Override
                public List<Long> rowDims() {
                    return List.of(3L);
                }

                @Override
                public float[] scores(float[] values) {
                    float[] scores = new float[values.length / 3 * 2];
                    for (int row = 0; row < scores.length / 2; row++) {
                        scores[2 * row + 1] = values[3 * row];
                    }
                    return scores;
                }
            };

    /// Tables of the standard normal distribution to ten digits.
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.8413447460685429, 1",
        "0.9, 1.2815515655446004",
        "0.975, 1.959963984540054",
        "0.99, 2.3263478740408408",
        "0.001, -3.090232306167813",
        "0.99993, 3.808168264448968"
    })
    void quantilesAreThoseOfTables(double share, double quantile) {
        assertThat(Normal.quantile(share)).isCloseTo(quantile, within(1e-9));
    }

    /// When every draw agrees the bound is alpha^(1/n), as in the paper's section 3.2.2: 0.99993
    /// for 100,000 draws at 0.001, a radius of about 3.8 sigma.
    @ParameterizedTest
    @CsvSource({"100, 0.001", "1000, 0.001", "100000, 0.001", "100000, 0.05"})
    void allDrawsAlikeGiveTheBoundInClosedForm(int draws, double alpha) {
        assertThat(Smoothing.lowerBound(draws, draws, alpha))
                .isCloseTo(Math.pow(alpha, 1.0 / draws), within(1e-12));
    }

    /// Bounds against sums of the binomial distribution itself.
    @ParameterizedTest
    @CsvSource({"60, 100, 0.001", "99, 100, 0.001", "530, 1000, 0.01"})
    void theBoundLeavesExactlyAlphaAbove(int hits, int draws, double alpha) {
        double bound = Smoothing.lowerBound(hits, draws, alpha);
        assertThat(atLeast(hits, draws, bound)).isCloseTo(alpha, within(1e-9));
    }

    private static double atLeast(int hits, int draws, double chance) {
        double sum = 0;
        double logs = 0;
        for (int k = 0; k <= draws; k++) {
            if (k > 0) {
                logs += Math.log((draws - k + 1.0) / k);
            }
            if (k >= hits) {
                sum += Math.exp(logs + k * Math.log(chance) + (draws - k) * Math.log1p(-chance));
            }
        }
        return sum;
    }

    /// Two-sided tests of a fair coin: 9 of 10 has 22/1024, 8 of 10 has 112/1024.
    @ParameterizedTest
    @CsvSource({
        "9, 10, 0.0215, true",
        "9, 10, 0.0214, false",
        "8, 10, 0.1094, true",
        "8, 10, 0.1093, false",
        "10, 10, 0.002, true",
        "10, 10, 0.0019, false"
    })
    void predictAnswersOnlyWhenChanceIsRuledOut(
            int hits, int draws, double alpha, boolean answers) {
        assertThat(Smoothing.isNoChance(hits, draws, alpha)).isEqualTo(answers);
    }

    @Test
    void theRadiusOfAPlaneIsNearlyItsDistanceAndNeverMore()
            throws IOException, InterruptedException {
        Smoothing.Trials trials = new Smoothing.Trials(100, 20_000, 0.001);
        for (float distance : new float[] {0.1f, 0.3f, 0.6f}) {
            Smoothing smoothing = new Smoothing(PLANE, 0.5, 11);
            float[] x = {-distance, 4, -2};
            Smoothing.Certificate certificate = smoothing.certify(x, trials);
            assertThat(certificate.answer()).hasValue(0);
            assertThat(certificate.radius()).isBetween(0.9 * distance - 0.02, (double) distance);
            assertThat(smoothing.predict(x, trials)).hasValue(0);
        }
    }

    @Test
    void onTheLineItAbstains() throws IOException, InterruptedException {
        Smoothing smoothing = new Smoothing(PLANE, 0.5, 3);
        Smoothing.Trials trials = new Smoothing.Trials(10, 1000, 0.001);
        assertThat(smoothing.certify(new float[3], trials))
                .isEqualTo(Smoothing.Certificate.ABSTAINS);
        assertThat(smoothing.predict(new float[3], trials)).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Smoothing(PLANE, 0, 1));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Smoothing.Trials(0, 10, 0.001));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Smoothing.Trials(10, 10, 0.7));
    }
}
