package dev.bartizan.tensors.trees;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleConsumer;

/// A question about one number.
public sealed interface Condition {
    /// Whether it holds for a value that the precision can hold.
    boolean holds(double value);

    /// Tells the numbers at which the answer may change: between two neighbours in the sorted list,
    /// the first included and the second not, the answer is the same for all numbers.
    void starts(Precision precision, DoubleConsumer into);

    /// How a value is compared.
    enum Order {
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        EQUAL,
        NOT_EQUAL
    }

    /// A comparison with a threshold.
    record Compare(Order order, double threshold, Missing missing) implements Condition {
        public Compare {
            if (Double.isNaN(threshold)) {
                throw new IllegalArgumentException("A threshold is a number");
            }
        }

        @Override
        public boolean holds(double given) {
            double value = missing.readsNanAsZero() && Double.isNaN(given) ? 0 : given;
            if (missing.isMissing(value)) {
                return missing.holds();
            }
            return switch (order) {
                case LESS -> value < threshold;
                case AT_MOST -> value <= threshold;
                case GREATER -> value > threshold;
                case AT_LEAST -> value >= threshold;
                case EQUAL -> value == threshold;
                case NOT_EQUAL -> value != threshold;
            };
        }

        @Override
        public void starts(Precision precision, DoubleConsumer into) {
            if (missing.countsZero()) {
                into.accept(-Missing.ZERO);
                into.accept(precision.next(Missing.ZERO));
            }
            boolean splitsBelow = order == Order.LESS || order == Order.AT_LEAST;
            boolean splitsAbove = order == Order.AT_MOST || order == Order.GREATER;
            if (!splitsAbove) {
                into.accept(threshold);
            }
            if (!splitsBelow) {
                into.accept(precision.next(threshold));
            }
        }
    }

    /// How a value names a member of a set.
    enum Reading {
        /// As the number it is.
        EXACT,
        /// Cut to a whole number towards zero, as LightGBM does.
        TRUNCATED,
        /// Cut to a whole number, and below zero none, as XGBoost does.
        FROM_ZERO
    }

    /// A question whether a value is one of a set.
    ///
    /// @param members sorted, without repetition
    /// @param reading how a value is read
    /// @param holdsInside whether the condition holds for members; outside it is the other way
    /// @param holdsWhenMissing whether it holds for NaN
    record Member(
            List<Double> members, Reading reading, boolean holdsInside, boolean holdsWhenMissing)
            implements Condition {
        public Member {
            members = members.stream().map(member -> member + 0.0).sorted().distinct().toList();
        }

        @Override
        public boolean holds(double value) {
            if (Double.isNaN(value)) {
                return holdsWhenMissing;
            }
            return isInside(value) == holdsInside;
        }

        private boolean isInside(double value) {
            if (reading == Reading.FROM_ZERO && value < 0) {
                return false;
            }
            // Adding zero turns -0.0 into 0.0, which sorts as the member zero.
            double read = reading == Reading.EXACT ? value : (long) value;
            return Collections.binarySearch(members, read + 0.0) >= 0;
        }

        @Override
        public void starts(Precision precision, DoubleConsumer into) {
            for (double member : members) {
                switch (reading) {
                    case EXACT -> {
                        into.accept(member);
                        into.accept(precision.next(member));
                    }
                    case TRUNCATED -> {
                        into.accept(member > 0 ? member : precision.next(member - 1));
                        into.accept(member < 0 ? precision.next(member) : member + 1);
                    }
                    case FROM_ZERO -> {
                        into.accept(member);
                        into.accept(member + 1);
                    }
                }
            }
        }
    }
}
