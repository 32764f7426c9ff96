package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// The L2 attack of N. Carlini and D. Wagner, "Towards evaluating the robustness of neural
/// networks" (IEEE S&P 2017), section VI.A with its letters: minimises `|x' - x|^2 + c f(x')` over
/// `w`, where `x' = (tanh(w) + 1) / 2` keeps the box (section V.B) and `f` is the score difference
/// f_6 of section V.A with confidence 0; Adam (D. Kingma, J. Ba, ICLR 2015) descends, and `c` is
/// found by binary search for each example. An example whose loss has stopped falling is left for
/// this `c`.
///
/// Distances are counted in sides of the box. The rate falls, for there are far fewer steps than
/// the paper's 10,000; a nearer point of another attack says that they were too few.
public final class CarliniWagner implements MinimalAttack {
    static final String NAME = "cw";
    private static final double FIRST_C = 1;
    private static final double MOST_C = 1e6;
    private static final double RATE = 0.3;
    private static final double LAST_SHARE = 0.01;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double ADAM_EPSILON = 1e-8;

    /// Where numbers at the end of the box begin: nearer to it the slope of tanh all but vanishes,
    /// and so few steps lead nowhere.
    private static final double INSIDE = 0.999;

    private static final double STALLED = 0.9999;

    private final int searches;
    private final int steps;

    /// @param searches steps of the binary search over `c`
    /// @param steps of Adam for each
    public CarliniWagner(int searches, int steps) {
        this.searches = searches;
        this.steps = steps;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.of(Norm.L2);
    }

    @Override
    public float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return new Search(model, examples, ball).run();
    }

    private final class Search {
        private final AttackedModel model;
        private final Examples examples;
        private final Ball ball;
        private final Nearest nearest;
        private final Objective objective;
        private final int width;
        private final int rows;
        private final float[] original;
        private final int[] aims;
        private final double[] c;

        Search(AttackedModel model, Examples examples, Ball ball) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            nearest = new Nearest(examples, ball);
            objective = examples.target().isPresent() ? Objective.TARGET_MARGIN : Objective.MARGIN;
            width = examples.width();
            rows = examples.rows();
            original = examples.values();
            aims = examples.labels();
            examples.target().ifPresent(target -> Arrays.fill(aims, target));
            c = new double[rows];
            Arrays.fill(c, FIRST_C);
        }

        float[] run() throws IOException, InterruptedException {
            double[] low = new double[rows];
            double[] high = new double[rows];
            Arrays.fill(high, MOST_C);
            for (int search = 0; search < searches; search++) {
                boolean[] isBroken = descend();
                for (int row = 0; row < rows; row++) {
                    if (isBroken[row]) {
                        high[row] = Math.min(high[row], c[row]);
                    } else {
                        low[row] = Math.max(low[row], c[row]);
                    }
                    c[row] = high[row] < MOST_C ? (low[row] + high[row]) / 2 : c[row] * 10;
                    c[row] = Math.min(c[row], MOST_C);
                }
            }
            return nearest.points();
        }

        /// Adam from the examples themselves; whether a wrong answer was met, by row.
        private boolean[] descend() throws IOException, InterruptedException {
            double[] w = new double[original.length];
            for (int i = 0; i < w.length; i++) {
                w[i] = atanh(INSIDE * ball.toUnit(original[i], i % width));
            }
            double[] first = new double[w.length];
            double[] second = new double[w.length];
            boolean[] isBroken = new boolean[rows];
            boolean[] isStalled = new boolean[rows];
            double[] losses = new double[rows];
            Arrays.fill(losses, Double.POSITIVE_INFINITY);
            int look = Math.max(1, steps / 10);
            for (int t = 1; t <= steps; t++) {
                int[] open = Rows.open(isStalled);
                if (open.length == 0) {
                    break;
                }
                float[] x = points(w, open);
                AttackedModel.Gradients now =
                        model.gradient(
                                objective,
                                x,
                                Rows.gather(examples.labels(), open),
                                Rows.gather(aims, open));
                nearest.offer(x, open, now.scores, model.classes());
                for (int k = 0; k < open.length; k++) {
                    int row = open[k];
                    double f = -examples.margin(now.scores, k, model.classes(), row);
                    isBroken[row] |=
                            examples.isBroken(row, Scores.best(now.scores, k, model.classes()));
                    double loss = adam(w, first, second, now.gradient, k, row, f, t);
                    if (t % look == 0) {
                        isStalled[row] = loss > STALLED * losses[row];
                        losses[row] = loss;
                    }
                }
            }
            return isBroken;
        }

        private float[] points(double[] w, int[] open) {
            float[] x = new float[open.length * width];
            for (int k = 0; k < open.length; k++) {
                for (int i = 0; i < width; i++) {
                    x[k * width + i] = ball.fromUnit(Math.tanh(w[open[k] * width + i]), i);
                }
            }
            return x;
        }

        /// One step of a row; its loss before the step.
        ///
        /// @param f score of the right answer over the best wrong one
        private double adam(
                double[] w,
                double[] first,
                double[] second,
                float[] gradient,
                int k,
                int row,
                double f,
                int t) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                int at = row * width + i;
                double tanh = Math.tanh(w[at]);
                double side = Math.max(ball.side(i), Float.MIN_NORMAL);
                double delta = (tanh - ball.toUnit(original[at], i)) / 2;
                squares += delta * delta;
                double pull = f > 0 ? -c[row] * gradient[k * width + i] * side : 0;
                double slope = (2 * delta + pull) * (1 - tanh * tanh) / 2;
                first[at] = BETA_1 * first[at] + (1 - BETA_1) * slope;
                second[at] = BETA_2 * second[at] + (1 - BETA_2) * slope * slope;
                double mean = first[at] / (1 - Math.pow(BETA_1, t));
                double spread = second[at] / (1 - Math.pow(BETA_2, t));
                w[at] -= rate(t) * mean / (Math.sqrt(spread) + ADAM_EPSILON);
            }
            return squares + c[row] * Math.max(f, 0);
        }
    }

    /// Falls by the same factor at each step.
    private double rate(int t) {
        return RATE * Math.pow(LAST_SHARE, (double) t / steps);
    }

    private static double atanh(double number) {
        return 0.5 * Math.log((1 + number) / (1 - number));
    }
}
