package dev.bartizan.core;

import java.util.List;

/// What one run saw about one claim at one element. Closed: a new kind of outcome must be thought
/// through everywhere.
public sealed interface Outcome {
    /// The weakness was seen. `1/1` with an exact interval when the check is deterministic.
    record Confirmed(int trials, int successes, Interval interval) implements Outcome {
        public Confirmed {
            requireCounts(trials, successes);
            if (successes == 0) {
                throw new IllegalArgumentException("Confirmed needs at least one success");
            }
        }

        /// Seen by a deterministic check.
        public static Confirmed deterministic() {
            return new Confirmed(1, 1, Interval.exactly(1));
        }
    }

    /// The weakness was looked for in trials and not seen, or seen no more often than tolerated.
    record Withstood(int trials, int successes, Interval interval) implements Outcome {
        public Withstood {
            requireCounts(trials, successes);
        }
    }

    /// A deterministic check looked at all of `scope` and the weakness is not there.
    record Cleared(String scope, List<String> notCovered) implements Outcome {
        public Cleared {
            notCovered = List.copyOf(notCovered);
        }
    }

    /// A proof that the weakness cannot be there; the certificate can be checked by someone else.
    record Proved(String certificate) implements Outcome {}

    /// The claim makes no sense for this element.
    record NotApplicable(String reason) implements Outcome {}

    /// The check ran and cannot say.
    record CouldNotTell(String reason) implements Outcome {}

    /// The check broke. Never read as clean.
    record Failed(String error) implements Outcome {}

    private static void requireCounts(int trials, int successes) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "Not counts of a trial: " + successes + " of " + trials);
        }
    }
}
