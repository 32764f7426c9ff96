package dev.bartizan.robustness;

import java.util.SplittableRandom;

/// Squares of two opposite bumps whose strength comes from another square: algorithm 3 of the
/// square attack, for L2; in L1 the same with sizes in that norm.
final class SmoothSquares implements SquareProposals {
    private final Ball ball;
    private final float[] original;
    private final ImageLayout layout;
    private final SplittableRandom random;

    SmoothSquares(Ball ball, float[] original, ImageLayout layout, SplittableRandom random) {
        this.ball = ball;
        this.original = original;
        this.layout = layout;
        this.random = random;
    }

    private static final int TILES = 5;
    private static final double TINY = 1e-12;

    @Override
    public void first(float[] into, int at, int row) {
        int high = Math.max(1, layout.height() / TILES);
        int wide = Math.max(1, layout.width() / TILES);
        double[] change = new double[ball.width()];
        for (int top = 0; top + high <= layout.height(); top += high) {
            for (int left = 0; left + wide <= layout.width(); left += wide) {
                double[] bumps = bumps(high, wide);
                for (int channel = 0; channel < layout.channels(); channel++) {
                    int sign = random.nextBoolean() ? 1 : -1;
                    for (int i = 0; i < bumps.length; i++) {
                        change[layout.at(channel, top + i / wide, left + i % wide)] =
                                sign * bumps[i];
                    }
                }
            }
        }
        write(into, at, row, change);
    }

    @Override
    public void next(float[] into, int at, int row, double share) {
        int wanted = (int) Math.round(Math.sqrt(share * layout.height() * layout.width()));
        int side = Math.max(wanted, 3) | 1;
        int high = Math.min(side, layout.height());
        int wide = Math.min(side, layout.width());
        double[] change = new double[ball.width()];
        for (int i = 0; i < change.length; i++) {
            change[i] = (double) into[at * ball.width() + i] - original[row * ball.width() + i];
        }
        double unused = Math.max(power(ball.eps()) - sum(change), 0);
        Window here = window(high, wide);
        Window there = window(high, wide);
        double[] bumps = bumps(high, wide);
        double[] fresh = new double[change.length];
        for (int channel = 0; channel < layout.channels(); channel++) {
            double held = here.sum(this, change, channel);
            double taken = there.sum(this, change, channel);
            double strength = root(unused / layout.channels() + held + taken);
            mix(change, fresh, channel, here, bumps, strength);
        }
        for (int channel = 0; channel < layout.channels(); channel++) {
            for (int i = 0; i < high * wide; i++) {
                change[there.at(layout, channel, i)] = 0;
            }
            for (int i = 0; i < high * wide; i++) {
                int place = here.at(layout, channel, i);
                change[place] = fresh[place];
            }
        }
        write(into, at, row, change);
    }

    private void mix(
            double[] change,
            double[] fresh,
            int channel,
            Window here,
            double[] bumps,
            double strength) {
        double held = root(here.sum(this, change, channel));
        int sign = random.nextBoolean() ? 1 : -1;
        double size = 0;
        for (int i = 0; i < bumps.length; i++) {
            int place = here.at(layout, channel, i);
            fresh[place] = sign * bumps[i] + change[place] / (TINY + held);
            size += power(fresh[place]);
        }
        for (int i = 0; i < bumps.length; i++) {
            fresh[here.at(layout, channel, i)] *= strength / (TINY + root(size));
        }
    }

    private double power(double number) {
        return ball.norm() == Norm.L1 ? Math.abs(number) : number * number;
    }

    private double root(double sum) {
        return ball.norm() == Norm.L1 ? sum : Math.sqrt(sum);
    }

    private double sum(double[] change) {
        double sum = 0;
        for (double number : change) {
            sum += power(number);
        }
        return sum;
    }

    /// The example with a change stretched to the radius.
    private void write(float[] into, int at, int row, double[] change) {
        double factor = ball.eps() / (TINY + root(sum(change)));
        for (int i = 0; i < change.length; i++) {
            into[at * ball.width() + i] =
                    (float) (original[row * ball.width() + i] + factor * change[i]);
        }
        ball.project(into, at, original, row);
    }

    /// A part of the image.
    private record Window(int top, int left, int high, int wide) {
        int at(ImageLayout layout, int channel, int i) {
            return layout.at(channel, top + i / wide, left + i % wide);
        }

        double sum(SmoothSquares squares, double[] change, int channel) {
            double sum = 0;
            for (int i = 0; i < high * wide; i++) {
                sum += squares.power(change[at(squares.layout, channel, i)]);
            }
            return sum;
        }
    }

    private Window window(int high, int wide) {
        return new Window(
                random.nextInt(layout.height() - high + 1),
                random.nextInt(layout.width() - wide + 1),
                high,
                wide);
    }

    /// Two halves, one up and one down, each highest in its middle, of size 1.
    private double[] bumps(int high, int wide) {
        boolean isSplitDown = high > 1 && (wide < 2 || random.nextBoolean());
        double[] bumps = new double[high * wide];
        int half = isSplitDown ? high / 2 : wide / 2;
        for (int i = 0; i < bumps.length; i++) {
            int line = i / wide;
            int column = i % wide;
            boolean isFirst = isSplitDown ? line < half : column < half;
            double height =
                    isSplitDown
                            ? bump(
                                    isFirst ? line : line - half,
                                    isFirst ? half : high - half,
                                    column,
                                    wide)
                            : bump(
                                    line,
                                    high,
                                    isFirst ? column : column - half,
                                    isFirst ? half : wide - half);
            bumps[i] = isFirst ? height : -height;
        }
        double size = TINY + root(sum(bumps));
        for (int i = 0; i < bumps.length; i++) {
            bumps[i] /= size;
        }
        return bumps;
    }

    /// Sum of 1 / (k + 1)^2 over the rings around the middle that hold a place.
    private static double bump(int line, int high, int column, int wide) {
        int ring = Math.max(Math.abs(line - high / 2), Math.abs(column - wide / 2));
        int rings = Math.max(high, wide) / 2 + 1;
        double sum = 0;
        for (int k = ring; k < Math.max(rings, ring + 1); k++) {
            sum += 1.0 / ((k + 1.0) * (k + 1.0));
        }
        return sum;
    }
}
