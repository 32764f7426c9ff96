package dev.bartizan.robustness;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// An attack on decisions alone: J. Chen, M. Jordan, M. Wainwright, "HopSkipJumpAttack: a
/// query-efficient decision-based attack" (IEEE S&P 2020), algorithm 2 with its letters: to the
/// boundary by bisection, the direction there from answers to random probes (equations 9 and 16), a
/// step whose length is halved until the answer stays wrong.
///
/// Starts: random points of the box, or another example that is answered as wanted, whichever is
/// found first. Every example has its own budget of questions; an attack within a ball stops as
/// soon as the point lies in it.
public final class HopSkipJump implements DecisionAttack {
    static final String NAME = "hopskipjump";
    private static final int FIRST_PROBES = 100;
    private static final int MOST_PROBES = 10_000;
    private static final int STARTS = 100;
    private static final int OTHER_EXAMPLES = 20;
    private static final int STARTS_AT_ONCE = 10;
    private static final int HALVINGS = 25;
    private static final double FIRST_DELTA = 0.1;

    private final int queries;

    /// @param queries most questions for each example
    public HopSkipJump(int queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.of(Norm.LINF, Norm.L2);
    }

    @Override
    public float[] decide(DecisionSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return ball.orOriginal(all(model, examples, ball, seed, true), examples);
    }

    @Override
    public float[] nearestDecided(DecisionSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return all(model, examples, ball, seed, false);
    }

    private float[] all(
            DecisionSource model, Examples examples, Ball ball, long seed, boolean isBounded)
            throws IOException, InterruptedException {
        float[] found = examples.values();
        for (int row = 0; row < examples.rows(); row++) {
            Walk walk = new Walk(model, examples, row, ball, seed + row, isBounded);
            Rows.copy(walk.run(), 0, found, row, examples.width());
        }
        return found;
    }

    /// The walk of one example.
    private final class Walk {
        private final DecisionSource model;
        private final Examples examples;
        private final int row;
        private final Ball ball;
        private final boolean isBounded;
        private final SplittableRandom random;
        private final int width;
        private final float[] original;
        private final double theta;
        private int left = queries;

        Walk(
                DecisionSource model,
                Examples examples,
                int row,
                Ball ball,
                long seed,
                boolean isBounded) {
            this.model = model;
            this.examples = examples;
            this.row = row;
            this.ball = ball;
            this.isBounded = isBounded;
            random = new SplittableRandom(seed);
            width = examples.width();
            original = examples.row(row);
            theta = Math.pow(width, ball.norm() == Norm.L2 ? -1.5 : -2);
        }

        float[] run() throws IOException, InterruptedException {
            Optional<float[]> start = start();
            if (start.isEmpty()) {
                return original;
            }
            float[] x = toBoundary(start.get());
            double delta = FIRST_DELTA;
            for (int t = 1; left > 0 && !isDone(x); t++) {
                double distance = distance(x);
                if (t > 1) {
                    delta = (ball.norm() == Norm.L2 ? Math.sqrt(width) : width) * theta * distance;
                }
                int probes = Math.min((int) (FIRST_PROBES * Math.sqrt(t)), MOST_PROBES);
                if (left < probes / 2) {
                    break;
                }
                double[] v = direction(x, delta, Math.min(probes, left));
                Optional<float[]> next = step(x, v, distance / Math.sqrt(t));
                if (next.isPresent()) {
                    float[] nearer = toBoundary(next.get());
                    x = distance(nearer) < distance ? nearer : x;
                }
            }
            return x;
        }

        private boolean isDone(float[] x) {
            return isBounded && ball.allows(x, original, 0);
        }

        private double distance(float[] x) {
            return ball.norm() == Norm.LINF ? chebyshev(x) : ball.size(x, 0, original, 0);
        }

        private double chebyshev(float[] x) {
            double most = 0;
            for (int i = 0; i < width; i++) {
                most = Math.max(most, Math.abs((double) x[i] - original[i]));
            }
            return most;
        }

        /// Whether each of some rows is answered as wanted; as many as the budget allows.
        private boolean[] ask(float[] rows) throws IOException, InterruptedException {
            int count = Math.min(left, rows.length / width);
            boolean[] is = new boolean[rows.length / width];
            if (count == 0) {
                return is;
            }
            left -= count;
            int[] answers =
                    model.answers(
                            count * width == rows.length
                                    ? rows
                                    : java.util.Arrays.copyOf(rows, count * width));
            for (int i = 0; i < count; i++) {
                is[i] = examples.isBroken(row, answers[i]);
            }
            return is;
        }

        private Optional<float[]> start() throws IOException, InterruptedException {
            if (examples.target().isPresent()) {
                Optional<float[]> other = other();
                return other.isPresent() ? other : noise();
            }
            Optional<float[]> noise = noise();
            return noise.isPresent() ? noise : other();
        }

        private Optional<float[]> noise() throws IOException, InterruptedException {
            for (int tried = 0; tried < STARTS && left > 0; tried += STARTS_AT_ONCE) {
                float[] points = new float[STARTS_AT_ONCE * width];
                for (int i = 0; i < points.length; i++) {
                    points[i] = ball.fromUnit(random.nextDouble(-1, 1), i % width);
                }
                boolean[] is = ask(points);
                for (int i = 0; i < is.length; i++) {
                    if (is[i]) {
                        return Optional.of(Rows.gather(points, new int[] {i}, width));
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<float[]> other() throws IOException, InterruptedException {
            int tried = 0;
            for (int i = 0; i < examples.rows() && tried < OTHER_EXAMPLES && left > 0; i++) {
                if (examples.isBroken(row, examples.label(i))) {
                    tried++;
                    float[] point = examples.row(i);
                    if (ask(point)[0]) {
                        return Optional.of(point);
                    }
                }
            }
            return Optional.empty();
        }

        /// Towards the example by bisection: along the line in L2, by a shrinking cube in the
        /// maximum norm.
        private float[] toBoundary(float[] from) throws IOException, InterruptedException {
            double low = 0;
            double high = ball.norm() == Norm.L2 ? 1 : chebyshev(from);
            double enough = ball.norm() == Norm.L2 ? theta : theta * high;
            float[] best = from;
            while (high - low > Math.max(enough, Float.MIN_NORMAL) && left > 0) {
                double middle = (low + high) / 2;
                float[] tried = shrunk(from, middle);
                if (ask(tried)[0]) {
                    high = middle;
                    best = tried;
                } else {
                    low = middle;
                }
            }
            return best;
        }

        private float[] shrunk(float[] from, double alpha) {
            float[] x = new float[width];
            for (int i = 0; i < width; i++) {
                double change = (double) from[i] - original[i];
                double kept =
                        ball.norm() == Norm.L2 ? alpha * change : Math.clamp(change, -alpha, alpha);
                x[i] = ball.inBox((float) (original[i] + kept), i);
            }
            return x;
        }

        /// The direction in which the answer stays wrong, from answers to probes at a distance.
        private double[] direction(float[] x, double delta, int probes)
                throws IOException, InterruptedException {
            double[][] moves = new double[probes][width];
            float[] points = new float[probes * width];
            for (int b = 0; b < probes; b++) {
                double size = 0;
                for (int i = 0; i < width; i++) {
                    moves[b][i] =
                            ball.norm() == Norm.L2
                                    ? random.nextGaussian()
                                    : random.nextDouble(-1, 1);
                    size += moves[b][i] * moves[b][i];
                }
                for (int i = 0; i < width; i++) {
                    double way = delta * moves[b][i] / Math.sqrt(size) * ball.side(i);
                    points[b * width + i] = ball.inBox((float) (x[i] + way), i);
                    moves[b][i] = (double) points[b * width + i] - x[i];
                }
            }
            return mean(moves, ask(points));
        }

        private double[] mean(double[][] moves, boolean[] is) {
            int yes = 0;
            for (boolean one : is) {
                yes += one ? 1 : 0;
            }
            double share = 2.0 * yes / is.length - 1;
            double baseline = Math.abs(share) == 1 ? 0 : share;
            double[] v = new double[width];
            double size = 0;
            for (int i = 0; i < width; i++) {
                for (int b = 0; b < is.length; b++) {
                    v[i] += ((is[b] ? 1 : -1) - baseline) * moves[b][i];
                }
                size += v[i] * v[i];
            }
            for (int i = 0; i < width; i++) {
                v[i] =
                        ball.norm() == Norm.L2
                                ? v[i] / Math.max(Math.sqrt(size), Double.MIN_NORMAL)
                                : Math.signum(v[i]);
            }
            return v;
        }

        /// A step whose length is halved until the answer stays wrong.
        private Optional<float[]> step(float[] x, double[] v, double length)
                throws IOException, InterruptedException {
            double xi = length;
            for (int i = 0; i < HALVINGS && left > 0; i++) {
                float[] tried = new float[width];
                for (int k = 0; k < width; k++) {
                    tried[k] = ball.inBox((float) (x[k] + xi * v[k]), k);
                }
                if (ask(tried)[0]) {
                    return Optional.of(tried);
                }
                xi /= 2;
            }
            return Optional.empty();
        }
    }
}
