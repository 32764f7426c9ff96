package dev.bartizan.robustness.smoothing;

import dev.bartizan.core.Binomial;
import dev.bartizan.robustness.ScoreSource;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// A classifier that answers what another answers most often under Gaussian noise, and how far its
/// answer is certain: J. Cohen, E. Rosenfeld, J. Z. Kolter, "Certified adversarial robustness via
/// randomized smoothing" (ICML 2019), section 3.2, PREDICT and CERTIFY. Noise is not cut to the
/// range of valid inputs. Not for use by two threads at once.
public final class Smoothing {
    private static final int ROWS_AT_ONCE = 256;
    private static final double HALF = 0.5;

    private final ScoreSource base;
    private final double sigma;
    private final SplittableRandom random;

    /// @param base the classifier
    /// @param sigma standard deviation of the noise, in the units of the inputs; above 0
    /// @param seed of the noise
    public Smoothing(ScoreSource base, double sigma, long seed) {
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("Noise has a deviation above 0, given " + sigma);
        }
        this.base = base;
        this.sigma = sigma;
        this.random = new SplittableRandom(seed);
    }

    /// How often noise is drawn.
    ///
    /// @param choosing draws that choose the class (n0); at least 1
    /// @param counting draws that bound how often it comes (n); at least 1
    /// @param alpha largest chance that a certificate is wrong, between 0 and 0.5
    public record Trials(int choosing, int counting, double alpha) {
        public Trials {
            if (choosing < 1 || counting < 1 || !(alpha > 0 && alpha < HALF)) {
                throw new IllegalArgumentException(
                        "Not trials: " + choosing + ", " + counting + ", " + alpha);
            }
        }
    }

    /// What is certain of one example, but for the chance `alpha`.
    ///
    /// @param answer the class; empty when the trials do not tell
    /// @param radius L2 radius within which the answer stays; 0 when there is none
    public record Certificate(OptionalInt answer, double radius) {
        static final Certificate ABSTAINS = new Certificate(OptionalInt.empty(), 0);
    }

    /// CERTIFY: the class that `choosing` draws favour, and the radius that `counting` fresh draws
    /// certify.
    ///
    /// @param x one example
    /// @throws IOException when the classifier does not answer
    /// @throws InterruptedException when cancelled
    public Certificate certify(float[] x, Trials trials) throws IOException, InterruptedException {
        int likely = best(counts(x, trials.choosing()));
        int hits = counts(x, trials.counting())[likely];
        double chance = lowerBound(hits, trials.counting(), trials.alpha());
        return chance > HALF
                ? new Certificate(OptionalInt.of(likely), sigma * Normal.quantile(chance))
                : Certificate.ABSTAINS;
    }

    /// PREDICT: the class that comes most often, when it comes so much more often than the second
    /// that a two-sided binomial test at `alpha` rules out chance.
    ///
    /// @param x one example
    /// @throws IOException when the classifier does not answer
    /// @throws InterruptedException when cancelled
    public OptionalInt predict(float[] x, Trials trials) throws IOException, InterruptedException {
        int[] counts = counts(x, trials.counting());
        int first = best(counts);
        int ahead = counts[first];
        counts[first] = -1;
        int behind = Math.max(0, counts[best(counts)]);
        return isNoChance(ahead, ahead + behind, trials.alpha())
                ? OptionalInt.of(first)
                : OptionalInt.empty();
    }

    /// The one-sided bound of Clopper and Pearson at confidence 1 - alpha (LOWERCONFBOUND).
    static double lowerBound(int hits, int trials, double alpha) {
        return Binomial.clopperPearson(hits, trials, 1 - 2 * alpha).low();
    }

    /// Whether a fair coin gives so uneven counts with a chance of at most alpha, on either side:
    /// the dual of the exact interval, which then leaves one half out.
    static boolean isNoChance(int hits, int trials, double alpha) {
        return Binomial.clopperPearson(hits, trials, 1 - alpha).low() >= HALF;
    }

    private static int best(int[] counts) {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return best;
    }

    /// How often each class is answered under fresh noise (SAMPLEUNDERNOISE).
    private int[] counts(float[] x, int draws) throws IOException, InterruptedException {
        int[] counts = new int[base.classes()];
        for (int done = 0; done < draws; done += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, draws - done);
            float[] noisy = new float[rows * x.length];
            for (int i = 0; i < noisy.length; i++) {
                noisy[i] = (float) (x[i % x.length] + sigma * random.nextGaussian());
            }
            for (int answer : base.answers(noisy)) {
                counts[answer]++;
            }
        }
        return counts;
    }
}
