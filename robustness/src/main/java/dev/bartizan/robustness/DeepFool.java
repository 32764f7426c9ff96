package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;

/// DeepFool: S. Moosavi-Dezfooli, A. Fawzi, P. Frossard, "DeepFool: a simple and accurate method to
/// fool deep neural networks" (CVPR 2016), algorithm 2: again and again the smallest step to the
/// nearest of the linearised boundaries, and at the end a little beyond.
///
/// Deviations: only the likeliest wrong classes are looked at (as in the authors' own program), and
/// the smallest step is taken inside the box, so that L1 steps, which the paper leaves out, do not
/// end at its edge; only the wanted class is looked at where one is wanted.
public final class DeepFool implements MinimalAttack {
    static final String NAME = "deepfool";
    private static final double OVERSHOOT = 0.02;

    private final int steps;
    private final int maxTargets;

    /// @param steps most for each example
    /// @param maxTargets likeliest wrong classes that are looked at in each step
    public DeepFool(int steps, int maxTargets) {
        this.steps = steps;
        this.maxTargets = maxTargets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        Nearest nearest = new Nearest(examples, ball);
        float[] x = examples.values();
        boolean[] isDone = new boolean[examples.rows()];
        float[] first = model.scores(x);
        for (int i = 0; i < steps; i++) {
            int[] rows = Rows.open(isDone);
            if (rows.length == 0) {
                break;
            }
            Examples open = examples.pick(rows);
            float[] part = Rows.gather(x, rows, examples.width());
            step(model, open, ball, part, picked(first, rows, model.classes()));
            for (int k = 0; k < rows.length; k++) {
                Rows.copy(part, k, x, rows[k], examples.width());
            }
            float[] beyond = beyond(part, open, ball);
            float[] scores = model.scores(beyond);
            nearest.offer(beyond, rows, scores, model.classes());
            for (int k = 0; k < rows.length; k++) {
                isDone[rows[k]] = nearest.has(rows[k]);
            }
        }
        return nearest.points();
    }

    private static float[] picked(float[] scores, int[] rows, int classes) {
        return Rows.gather(scores, rows, classes);
    }

    /// One step of every row to its nearest linearised boundary.
    ///
    /// @param first scores of the unchanged examples, which say which classes are likeliest
    private void step(AttackedModel model, Examples open, Ball ball, float[] x, float[] first)
            throws IOException, InterruptedException {
        int width = open.width();
        int classes = model.classes();
        float[][] best = new float[open.rows()][];
        double[] least = new double[open.rows()];
        PlaneStep plane = new PlaneStep(ball);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int rank = 0; rank < open.aimsOf(classes, maxTargets); rank++) {
            int[] aims = open.aims(first, classes, rank);
            AttackedModel.Gradients now =
                    model.gradient(Objective.DIFFERENCE, x, open.labels(), aims);
            for (int k = 0; k < open.rows(); k++) {
                double difference =
                        (double) now.scores[k * classes + aims[k]]
                                - now.scores[k * classes + open.label(k)];
                float[] from = Arrays.copyOfRange(x, k * width, (k + 1) * width);
                float[] slope = Arrays.copyOfRange(now.gradient, k * width, (k + 1) * width);
                float[] move = plane.of(from, slope, -difference);
                double size = plane.size();
                if (size > 0 && size < least[k]) {
                    least[k] = size;
                    best[k] = move.clone();
                }
            }
        }
        for (int k = 0; k < open.rows(); k++) {
            for (int i = 0; i < width && best[k] != null; i++) {
                x[k * width + i] = ball.inBox(x[k * width + i] + best[k][i], i);
            }
        }
    }

    private static float[] beyond(float[] x, Examples open, Ball ball) {
        float[] beyond = open.values();
        for (int i = 0; i < beyond.length; i++) {
            double change = (1 + OVERSHOOT) * ((double) x[i] - beyond[i]);
            beyond[i] = ball.inBox((float) (beyond[i] + change), i % open.width());
        }
        return beyond;
    }
}
