package dev.bartizan.guard.classify;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import java.util.Arrays;
import java.util.Optional;

/// A threshold that was set so that a classifier flags at most a share of harmless texts.
///
/// @param classifier what it holds for: the digest of the classifier
/// @param rate the share that was asked for, above 0 and below 1
/// @param threshold probability from which on a text is flagged
/// @param set what it was set on, and what is flagged of that
/// @param heldOut what is flagged of other harmless texts, when some were given
public record Calibration(
        Digest classifier,
        double rate,
        double threshold,
        Realised set,
        Optional<Realised> heldOut) {
    private static final double CONFIDENCE = 0.95;

    /// Checks the ranges.
    public Calibration {
        Thresholds.require(threshold);
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("A rate is above 0 and below 1, given " + rate);
        }
    }

    /// What a threshold flags of a set of harmless texts.
    ///
    /// @param digest of the file's bytes
    /// @param texts how many
    /// @param flagged how many of them reach the threshold
    public record Realised(Digest digest, int texts, int flagged) {
        /// Checks the counts.
        public Realised {
            if (texts < 1 || flagged < 0 || flagged > texts) {
                throw new IllegalArgumentException(
                        "Not counts of a set: " + flagged + " of " + texts);
            }
        }

        /// Counts what reaches a threshold.
        public static Realised of(Digest digest, double[] scores, double threshold) {
            int flagged = (int) Arrays.stream(scores).filter(p -> p >= threshold).count();
            return new Realised(digest, scores.length, flagged);
        }

        /// The share, 0..1.
        public double share() {
            return (double) flagged / texts;
        }

        /// The exact 95 % interval of the share (Clopper and Pearson, 1934).
        public Interval interval() {
            return Binomial.clopperPearson(flagged, texts, CONFIDENCE);
        }
    }

    /// Fewest texts from which a rate can be set.
    public static int fewest(double rate) {
        return Math.max(1, (int) Math.ceil(1 / rate - 1e-9) - 1);
    }

    /// Sets the threshold: just above the score of rank ceil((n + 1)(1 - rate)), so that a further
    /// harmless text from the same source is flagged with at most that probability (split conformal
    /// prediction; Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005).
    ///
    /// @param scores probabilities that the classifier gives harmless texts
    /// @param rate the share of harmless texts that may be flagged, above 0 and below 1
    /// @param place where the texts come from, for messages
    /// @throws UserError when they are too few for the rate, or the classifier is certain of too
    ///   many
    public static double threshold(double[] scores, double rate, String place) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * (1 - rate) - 1e-9);
        if (rank > sorted.length) {
            throw new UserError(
                    "A rate of " + rate + " cannot be set on " + sorted.length + " texts",
                    place,
                    "Give " + fewest(rate) + " harmless texts or more, or a higher --rate.");
        }
        double edge = rank < 1 ? 0 : sorted[rank - 1];
        double threshold = Math.nextUp(edge);
        if (threshold > 1) {
            throw new UserError(
                    "The classifier is certain (1.0) of more harmless texts than the rate allows",
                    place,
                    "No threshold can mend that: allow a higher --rate, or train it further.");
        }
        return threshold;
    }
}
