package dev.bartizan.tensors.trees;

/// How sums of leaves become what a library returns.
public sealed interface Readout {
    /// What kind of answer is read.
    Task task();

    /// What the library returns for one row.
    double[] scores(double[] margins, Precision precision);

    /// What kind of answer a model gives.
    enum Task {
        /// A number, and no class.
        NUMBER,
        /// One of two classes.
        TWO_CLASSES,
        /// One of several classes, each with a score.
        CLASSES
    }

    /// A link function on every margin, as XGBoost and LightGBM do.
    ///
    /// @param link the function
    /// @param scale what margins are multiplied with first
    /// @param task what kind of answer it is
    /// @param cut score above which class 1 is answered, when there are two classes
    record Linked(Link link, double scale, Task task, double cut) implements Readout {
        @Override
        public double[] scores(double[] margins, Precision precision) {
            double[] scaled = margins.clone();
            if (scale != 1) {
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] *= scale;
                }
            }
            return link.apply(scaled, precision);
        }
    }

    /// A regressor in ONNX: a transform on every sum.
    record OnnxNumbers(OnnxTransform transform) implements Readout {
        @Override
        public Task task() {
            return Task.NUMBER;
        }

        @Override
        public double[] scores(double[] margins, Precision precision) {
            return margins.length == 1
                    ? transform.single(margins)
                    : transform.several(margins, precision);
        }
    }

    /// A classifier in ONNX with a sum for each class.
    record OnnxClasses(OnnxTransform transform) implements Readout {
        @Override
        public Task task() {
            return Task.CLASSES;
        }

        @Override
        public double[] scores(double[] margins, Precision precision) {
            return transform.several(margins, precision);
        }
    }

    /// A classifier in ONNX of two classes with a sum for each: class 1 is answered when its sum is
    /// above 0, whatever the other is.
    record OnnxSecondAboveZero(OnnxTransform transform) implements Readout {
        @Override
        public Task task() {
            return Task.TWO_CLASSES;
        }

        @Override
        public double[] scores(double[] margins, Precision precision) {
            return transform.several(margins, precision);
        }
    }

    /// How two scores are made of one sum.
    enum Layout {
        /// The sum and its counterpart: one less it, or its negative.
        PAIR,
        /// The sum first, then nothing.
        FIRST,
        /// Nothing, then the sum.
        SECOND,
        /// The negative sum, then the sum.
        OPPOSED
    }

    /// A classifier in ONNX of two classes with one sum, as ONNX Runtime's
    /// `TreeAggregatorClassifier` and `write_scores` read it.
    ///
    /// @param transform after the sum
    /// @param cut class 1 is answered above it
    /// @param layout how two scores are made of it
    record OnnxTwoClasses(OnnxTransform transform, double cut, Layout layout) implements Readout {
        @Override
        public Task task() {
            return Task.TWO_CLASSES;
        }

        @Override
        public double[] scores(double[] margins, Precision precision) {
            double sum = margins[0];
            return switch (layout) {
                case PAIR -> transform.twoOf(sum, cut > 0, precision);
                case FIRST -> transform.several(new double[] {sum, 0}, precision);
                case SECOND -> transform.several(new double[] {0, sum}, precision);
                case OPPOSED -> transform.several(new double[] {-sum, sum}, precision);
            };
        }
    }
}
