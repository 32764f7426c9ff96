package dev.bartizan.robustness.tabular;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Answers by a weighted sum, with no trees inside.
final class SmoothRule implements Predictor {
    private final double[] weights = new double[7];
    private long queries;

    SmoothRule(Random random) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextGaussian() / (i < 3 ? 2000 : 10);
        }
    }

    @Override
    public int columns() {
        return weights.length;
    }

    @Override
    public double round(double value) {
        return (float) value;
    }

    @Override
    public List<Answer> ask(List<double[]> rows) {
        queries += rows.size();
        return rows.stream().map(this::one).toList();
    }

    private Answer one(double[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += weights[i] * row[i];
        }
        return new Answer(sum > 0 ? 1 : 0, sum, List.of(sum));
    }

    @Override
    public Optional<TreePredictor> trees() {
        return Optional.empty();
    }

    @Override
    public long queries() {
        return queries;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
