package dev.bartizan.guard.classify;

import dev.bartizan.guard.classify.Features.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Learns a linear model: logistic loss, AdaGrad steps, weight decay, and the average of the last
/// passes. A text counts by its highest window (multiple-instance learning), so an attack inside a
/// long document teaches the window that holds it, and a benign text its worst one.
///
/// John Duchi, Elad Hazan, Yoram Singer: Adaptive Subgradient Methods (2011), diagonal case.
public final class Trainer {
    private static final int PASSES = 8;
    private static final float RATE = 0.15f;
    private static final float DECAY = 2e-6f;
    private final float[] weights = new float[1 << Features.BITS];
    private final float[] squares = new float[1 << Features.BITS];
    private final float[] sum = new float[1 << Features.BITS];
    private float bias;
    private float biasSquares;
    private float biasSum;
    private int averaged;

    /// One text to learn from.
    ///
    /// @param windows its windows
    /// @param isAttack what it is
    /// @param weight how much it counts
    public record Example(List<Window> windows, boolean isAttack, float weight) {
        /// Copies the list.
        public Example {
            windows = List.copyOf(windows);
        }
    }

    private Trainer() {}

    /// Learns from the examples; the same seed gives the same model.
    public static LinearModel train(List<Example> examples, long seed) {
        Trainer trainer = new Trainer();
        Arrays.fill(trainer.squares, 0.05f);
        trainer.biasSquares = 0.05f;
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        for (int pass = 0; pass < PASSES; pass++) {
            shuffle(order, random);
            for (int i : order) {
                trainer.learn(examples.get(i), pass == 0);
            }
            if (pass >= PASSES / 2) {
                trainer.average();
            }
        }
        return trainer.model();
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private void learn(Example example, boolean firstPass) {
        Window top = example.windows().getFirst();
        float best = Float.NEGATIVE_INFINITY;
        for (Window window : example.windows()) {
            float score = score(window);
            if (score > best) {
                best = score;
                top = window;
            }
        }
        if (firstPass && example.isAttack() && example.windows().size() > 3) {
            return;
        }
        float probability = (float) (1 / (1 + Math.exp(-best)));
        float gradient = (probability - (example.isAttack() ? 1 : 0)) * example.weight();
        float wordGradient = gradient * LinearModel.wordValue(top);
        for (int i = 0; i < top.wordCount(); i++) {
            step(top.word(i), wordGradient);
        }
        for (int i = 0; i < top.signCount(); i++) {
            step(top.sign(i), gradient * LinearModel.SIGN);
        }
        biasSquares += gradient * gradient;
        bias -= RATE * gradient / (float) Math.sqrt(biasSquares);
    }

    private void step(int feature, float gradient) {
        float full = gradient + DECAY * weights[feature];
        squares[feature] += full * full;
        weights[feature] -= RATE * full / (float) Math.sqrt(squares[feature]);
    }

    private float score(Window window) {
        float words = 0;
        for (int i = 0; i < window.wordCount(); i++) {
            words += weights[window.word(i)];
        }
        float signs = 0;
        for (int i = 0; i < window.signCount(); i++) {
            signs += weights[window.sign(i)];
        }
        return bias + words * LinearModel.wordValue(window) + signs * LinearModel.SIGN;
    }

    private void average() {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weights[i];
        }
        biasSum += bias;
        averaged++;
    }

    private LinearModel model() {
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = sum[i] / averaged;
        }
        return new LinearModel(mean, biasSum / averaged, 0, 0);
    }
}
