package dev.bartizan.robustness;

/// The direction in which a linear function rises most for its size in a norm.
final class Directions {
    private static final double L1_SHARE = 0.05;

    private Directions() {}

    /// Moves a row along the gradient, by so many radii.
    static void ascend(Ball ball, float[] x, int row, float[] gradient, double radii) {
        int width = ball.width();
        switch (ball.norm()) {
            case LINF -> {
                for (int i = 0; i < width; i++) {
                    int at = row * width + i;
                    x[at] += (float) (radii * ball.radius(i) * Math.signum(gradient[at]));
                }
            }
            case L2 -> {
                double size = 0;
                for (int i = 0; i < width; i++) {
                    double slope = gradient[row * width + i];
                    size += slope * slope;
                }
                double factor = size == 0 ? 0 : radii * ball.eps() / Math.sqrt(size);
                for (int i = 0; i < width; i++) {
                    int at = row * width + i;
                    x[at] += (float) (factor * gradient[at]);
                }
            }
            case L1 -> sparse(ball, x, row, gradient, radii);
            case L0 -> throw Norm.L0.unknown("a step of fixed length");
        }
    }

    /// The steepest few that are not at their end of the box.
    private static void sparse(Ball ball, float[] x, int row, float[] gradient, double radii) {
        int width = ball.width();
        float[] useful = new float[width];
        for (int i = 0; i < width; i++) {
            float slope = gradient[row * width + i];
            boolean hasRoom = ball.room(x[row * width + i], i, slope > 0) > 0;
            useful[i] = hasRoom ? Math.abs(slope) : 0;
        }
        float[] sorted = useful.clone();
        java.util.Arrays.sort(sorted);
        float least = sorted[(int) ((1 - L1_SHARE) * (width - 1))];
        int moved = 0;
        for (float slope : useful) {
            moved += slope > 0 && slope >= least ? 1 : 0;
        }
        for (int i = 0; i < width; i++) {
            if (useful[i] > 0 && useful[i] >= least) {
                int at = row * width + i;
                x[at] += (float) (radii * ball.eps() / moved * Math.signum(gradient[at]));
            }
        }
    }
}
