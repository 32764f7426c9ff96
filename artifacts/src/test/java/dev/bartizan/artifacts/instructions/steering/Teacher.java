package dev.bartizan.artifacts.instructions.steering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Learns the linear model: logistic loss, AdaGrad steps, weight decay, and the average of the
/// later passes. A text counts by the window that speaks most for an attack, as it does when files
/// are scanned. The same lessons give the same model on every machine.
///
/// John Duchi, Elad Hazan, Yoram Singer: Adaptive Subgradient Methods (2011), diagonal case.
final class Teacher {
    private static final int PASSES = 30;
    private static final float MENDED = 4;
    private static final float RATE = 0.3f;
    private static final float DECAY = 1e-3f;

    private final float[] weights = new float[1 << Window.BITS];
    private final float[] squares = new float[1 << Window.BITS];
    private final float[] sum = new float[1 << Window.BITS];
    private float bias;
    private float biasSquares = 0.05f;
    private float biasSum;

    private record Example(List<Window> windows, boolean isAttack, float weight) {}

    private Teacher() {
        Arrays.fill(squares, 0.05f);
    }

    /// Learns from the lessons.
    static LinearModel teach(List<Lesson> lessons) {
        long attacks = lessons.stream().filter(Lesson::isAttack).count();
        float more = (float) (lessons.size() - attacks) / attacks;
        List<Example> examples =
                lessons.stream()
                        .map(lesson ->
                                new Example(
                                        windows(lesson.text()),
                                        lesson.isAttack(),
                                        lesson.isAttack() ? more : weight(lesson)))
                        .filter(example -> !example.windows().isEmpty())
                        .toList();
        Teacher teacher = new Teacher();
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        Random random = new Random(1);
        for (int pass = 0; pass < PASSES; pass++) {
            shuffle(order, random);
            for (int i : order) {
                teacher.learn(examples.get(i), pass < 2);
            }
            if (pass >= PASSES / 2) {
                teacher.keep();
            }
        }
        return teacher.model();
    }

    /// What was flagged wrongly once counts more than what merely could be.
    private static float weight(Lesson lesson) {
        return lesson.source().equals("near-misses.jsonl") ? MENDED : 1;
    }

    static List<Window> windows(String text) {
        List<Window> windows = new ArrayList<>();
        Steering.windows(text, windows::add);
        return windows;
    }

    /// How much a text speaks for an attack: by its window that does so most.
    static float score(Lesson lesson, LinearModel model) {
        List<Window> windows = windows(lesson.text());
        float most = Float.NEGATIVE_INFINITY;
        for (Window window : windows) {
            most = Math.max(most, model.score(window));
        }
        return most - Steering.byChance(windows.size());
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private void learn(Example example, boolean isEarly) {
        Window top = example.windows().getFirst();
        float best = Float.NEGATIVE_INFINITY;
        for (Window window : example.windows()) {
            float value =
                    isEarly && example.isAttack() ? window.end() - window.start() : score(window);
            if (value > best) {
                best = value;
                top = window;
            }
        }
        float probability = (float) (1 / (1 + StrictMath.exp(-score(top))));
        float gradient = (probability - (example.isAttack() ? 1 : 0)) * example.weight();
        float each = gradient / (float) Math.sqrt(top.features().length);
        for (int feature : top.features()) {
            float full = each + DECAY * weights[feature];
            squares[feature] += full * full;
            weights[feature] -= RATE * full / (float) Math.sqrt(squares[feature]);
        }
        biasSquares += gradient * gradient;
        bias -= RATE * gradient / (float) Math.sqrt(biasSquares);
    }

    private float score(Window window) {
        float score = 0;
        for (int feature : window.features()) {
            score += weights[feature];
        }
        return bias + score / (float) Math.sqrt(window.features().length);
    }

    private void keep() {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weights[i];
        }
        biasSum += bias;
    }

    private LinearModel model() {
        int kept = PASSES - PASSES / 2;
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = sum[i] / kept;
        }
        return LinearModel.of(mean, biasSum / kept);
    }
}
