package dev.bartizan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
    private static final MathContext DIGITS = new MathContext(60);

    /// From SciPy 1.17.1: `scipy.stats.beta.ppf`.
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.95, 0, 0.3084971078187607",
        "1, 10, 0.95, 0.0025285785444617865, 0.4450161170281954",
        "5, 10, 0.95, 0.18708602844739855, 0.8129139715526015",
        "10, 10, 0.95, 0.6915028921812392, 1",
        "13, 50, 0.95, 0.14630058439655452, 0.40344767872806564",
        "0, 50, 0.95, 0, 0.07112173646419764",
        "1, 1, 0.95, 0.025, 1",
        "0, 1, 0.95, 0, 0.975",
        "3, 1000, 0.95, 0.0006190999316495715, 0.008742023238478303",
        "500, 1000, 0.99, 0.45885255330704494, 0.5411474466929551",
        "29, 30, 0.9, 0.8514039313408869, 0.9982916843555343",
        "0, 1000000, 0.95, 0, 3.688872650206488e-06",
        "7, 1000000, 0.95, 2.8143675343022212e-06, 1.4422621834331028e-05",
        "123456, 1000000, 0.99, 0.12260994854073146, 0.12430563653385555"
    })
    void intervalAgreesWithAnotherImplementation(
            int successes, int trials, double confidence, double low, double high) {
        Interval interval = Binomial.clopperPearson(successes, trials, confidence);
        assertThat(interval.low()).isCloseTo(low, within(low * 1e-9));
        assertThat(interval.high()).isCloseTo(high, within(high * 1e-9));
        assertThat(interval.confidence()).isEqualTo(confidence);
    }

    /// P(X >= successes) with exact coefficients, in 60 decimal digits.
    private static BigDecimal upperTail(int successes, int trials, double rate) {
        BigDecimal p = new BigDecimal(rate);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigInteger choose = BigInteger.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i <= trials; i++) {
            if (i >= successes) {
                BigDecimal term =
                        new BigDecimal(choose)
                                .multiply(p.pow(i, DIGITS), DIGITS)
                                .multiply(q.pow(trials - i, DIGITS), DIGITS);
                sum = sum.add(term, DIGITS);
            }
            choose =
                    choose.multiply(BigInteger.valueOf(trials - i))
                            .divide(BigInteger.valueOf(i + 1));
        }
        return sum;
    }

    @Test
    void eachBoundPutsHalfOfTheRestIntoItsTail() {
        Random random = new Random(17);
        for (int round = 0; round < 300; round++) {
            int trials = 1 + random.nextInt(60);
            int successes = random.nextInt(trials + 1);
            double confidence = List.of(0.8, 0.9, 0.95, 0.99, 0.999).get(random.nextInt(5));
            BigDecimal tail = new BigDecimal((1 - confidence) / 2);
            Interval interval = Binomial.clopperPearson(successes, trials, confidence);
            String what = successes + " of " + trials + " at " + confidence;
            if (successes > 0) {
                double low = interval.low();
                assertThat(upperTail(successes, trials, low * (1 - 1e-10)))
                        .as(what)
                        .isLessThan(tail);
                assertThat(upperTail(successes, trials, low * (1 + 1e-10)))
                        .as(what)
                        .isGreaterThan(tail);
            }
            if (successes < trials) {
                double high = interval.high();
                BigDecimal rest = BigDecimal.ONE.subtract(tail);
                double gap = 1e-10 * Math.min(high, 1 - high);
                assertThat(upperTail(successes + 1, trials, high - gap)).as(what).isLessThan(rest);
                assertThat(upperTail(successes + 1, trials, high + gap))
                        .as(what)
                        .isGreaterThan(rest);
            }
        }
    }

    @Test
    void intervalMirrorsWhenSuccessesAndFailuresAreExchanged() {
        for (int trials = 1; trials <= 40; trials++) {
            for (int successes = 0; successes <= trials; successes++) {
                Interval one = Binomial.clopperPearson(successes, trials, 0.95);
                Interval other = Binomial.clopperPearson(trials - successes, trials, 0.95);
                assertThat(one.low()).isCloseTo(1 - other.high(), within(1e-12));
            }
        }
    }

    @Test
    void intervalHoldsTheRateAndGrowsWithConfidence() {
        for (int successes = 0; successes <= 25; successes++) {
            Interval narrow = Binomial.clopperPearson(successes, 25, 0.9);
            Interval wide = Binomial.clopperPearson(successes, 25, 0.99);
            assertThat(successes / 25.0).isBetween(narrow.low(), narrow.high());
            assertThat(wide.low()).isLessThanOrEqualTo(narrow.low());
            assertThat(wide.high()).isGreaterThanOrEqualTo(narrow.high());
        }
    }

    @Test
    void impossibleCountsAreRefused() {
        for (int[] counts : new int[][] {{0, 0}, {-1, 5}, {6, 5}, {0, -1}}) {
            assertThatThrownBy(() -> Binomial.clopperPearson(counts[0], counts[1], 0.95))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
