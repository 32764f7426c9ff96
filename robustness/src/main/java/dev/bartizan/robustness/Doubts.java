package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks for signs that an evaluation is broken rather than the model robust: A. Athalye, N.
/// Carlini, D. Wagner, "Obfuscated gradients give a false sense of security" (ICML 2018), section
/// 3.1; N. Carlini et al., "On evaluating adversarial robustness" (2019), section 4; M. Pintor et
/// al., "Indicators of attack failure" (NeurIPS 2022). Each sign costs some dozen runs on few
/// examples.
final class Doubts {
    /// The signs that are looked for, by id.
    static final List<String> LOOKED_FOR =
            List.of(
                    "unconfirmed",
                    "masked-gradient",
                    "straight-through",
                    "zero-gradient",
                    "nan-gradient",
                    "saturated",
                    "loss-not-rising",
                    "unbounded-withstands",
                    "random",
                    "batch-dependent",
                    "wrong-scale",
                    "low-accuracy");

    private static final int MOST_ROWS = 32;
    private static final double FEW = 0.05;
    private static final double SATURATED_SHARE = 0.3;
    private static final int STEPS = 10;
    private static final int UNBOUNDED_STEPS = 15;
    private static final double UNBOUNDED_BROKEN = 0.75;
    private static final double[] UNBOUNDED_SHARES = {0.2, 0.5, 1};
    private static final double SMOOTH_SHARE = 0.05;
    private static final double USED_SHARE_OF_BOX = 0.02;
    private static final double ABOVE_CHANCE = 1.3;
    private static final int ENOUGH_ROWS = 20;
    private static final double SAME = 1e-5;

    private final EvasionTask task;
    private final AttackedModel model;
    private final Judge judge;
    private final List<Doubt> doubts = new ArrayList<>();

    Doubts(EvasionTask task, AttackedModel model, Judge judge) {
        this.task = task;
        this.model = model;
        this.judge = judge;
    }

    /// What speaks against a result.
    List<Doubt> about(EvasionResult result, List<Attack> attacks)
            throws IOException, InterruptedException {
        confirmed(result);
        random();
        batches();
        scale();
        accuracy(result);
        if (attacks.stream().noneMatch(Attack::isWhiteBox)) {
            return doubts;
        }
        masked(result, attacks);
        int[] rows =
                IntStream.range(0, result.rows())
                        .filter(result::isCleanCorrect)
                        .limit(MOST_ROWS)
                        .toArray();
        if (rows.length > 0) {
            gradients(result.examples().pick(rows));
        }
        return doubts;
    }

    private void doubt(String id, String mend, Object... words) {
        String what = Stream.of(words).map(String::valueOf).collect(Collectors.joining());
        doubts.add(new Doubt(id, what, mend));
    }

    private void confirmed(EvasionResult result) {
        if (result.unconfirmed() > 0) {
            doubt(
                    "unconfirmed",
                    "The file answers otherwise than its graph does side by side; look at its"
                            + " randomness and batch handling.",
                    result.unconfirmed(),
                    " changed examples fooled the graph but not the file at batch 1");
        }
    }

    private void masked(EvasionResult result, List<Attack> attacks) {
        List<String> black =
                attacks.stream().filter(one -> !one.isWhiteBox()).map(Attack::name).toList();
        for (AttackRecord record : result.attacks()) {
            boolean isMany = record.broken() >= 2 && record.broken() > FEW * record.tried();
            if (black.contains(record.name()) && isMany) {
                doubt(
                        "masked-gradient",
                        "Gradients are masked; rely on --tier blackbox, or attack the model"
                                + " without the step that hides them.",
                        record.name(),
                        ", which sees no gradient, broke ",
                        record.broken(),
                        " of the ",
                        record.tried(),
                        " that gradients could not");
            }
        }
        if (!model.straightThrough().isEmpty()) {
            doubt(
                    "straight-through",
                    "A bound, not a measurement: run --tier blackbox too.",
                    "gradients pass ",
                    String.join(", ", model.straightThrough()),
                    " as if it changed nothing, because its own derivative is zero");
        }
    }

    private void random() throws IOException, InterruptedException {
        float[] values = task.examples().values();
        int rows = Math.min(4, task.examples().rows());
        for (int row = 0; row < rows; row++) {
            if (!isSame(judge.scores(values, row), judge.scores(values, row))) {
                doubt(
                        "random",
                        "Export the model for inference: no dropout, no noise; or count over many"
                                + " repetitions.",
                        "the same example asked twice gives different scores");
                return;
            }
        }
    }

    private void batches() throws IOException, InterruptedException {
        if (model.dependsOnBatch()) {
            doubt(
                    "batch-dependent",
                    "Export batch normalisation for inference.",
                    "the scores of an example change with the examples beside it");
        }
    }

    private static boolean isSame(float[] first, float[] second) {
        for (int i = 0; i < first.length; i++) {
            double size = Math.max(1, Math.abs(first[i]));
            if (Math.abs((double) first[i] - second[i]) > SAME * size) {
                return false;
            }
        }
        return true;
    }

    private void scale() {
        float[] values = task.examples().values();
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        float box = task.ball().room(0, 0, true) + task.ball().room(0, 0, false);
        if (high - low < USED_SHARE_OF_BOX * box) {
            doubt(
                    "wrong-scale",
                    "Check --scale and --box.",
                    "the examples use ",
                    low,
                    " to ",
                    high,
                    " of a box that is ",
                    box,
                    " wide");
        }
    }

    private void accuracy(EvasionResult result) {
        double share = result.cleanCorrect() / (double) result.rows();
        if (result.rows() >= ENOUGH_ROWS && share < ABOVE_CHANCE / model.classes()) {
            doubt(
                    "low-accuracy",
                    "Check --scale, --mean, --std, the order of channels and the labels.",
                    "only ",
                    result.cleanCorrect(),
                    " of ",
                    result.rows(),
                    " are right unchanged, about what guessing gives with ",
                    model.classes(),
                    " classes");
        }
    }

    private void gradients(Examples examples) throws IOException, InterruptedException {
        int[] aims = examples.aims(model.scores(examples.values()), model.classes(), 0);
        AttackedModel.Gradients margin =
                model.gradient(Objective.DIFFERENCE, examples.values(), examples.labels(), aims);
        AttackedModel.Gradients entropy =
                model.gradient(Objective.CROSS_ENTROPY, examples.values(), examples.labels(), aims);
        double rows = examples.rows();
        int zero = count(margin.gradient, examples.width(), false);
        int broken =
                Math.max(
                        count(margin.gradient, examples.width(), true),
                        count(entropy.gradient, examples.width(), true));
        int flat = count(entropy.gradient, examples.width(), false);
        if (broken > 0) {
            doubt(
                    "nan-gradient",
                    "Look for 0/0, log 0 or square roots of 0 in the graph.",
                    "the gradient of ",
                    broken,
                    " of ",
                    examples.rows(),
                    " examples is not a number");
        }
        if (zero > FEW * rows) {
            doubt(
                    "zero-gradient",
                    "A step hides the gradient; use --tier blackbox.",
                    "the gradient of ",
                    zero,
                    " of ",
                    examples.rows(),
                    " examples is zero everywhere");
        } else if (flat > SATURATED_SHARE * rows) {
            doubt(
                    "saturated",
                    "Attacks on score differences still see a gradient; those on the cross-entropy"
                            + " do not. Divide the scores by a temperature, or trust only apgd-t,"
                            + " fab-t and square.",
                    "the cross-entropy of ",
                    flat,
                    " of ",
                    examples.rows(),
                    " examples has gradient zero: the scores are too far apart for the softmax");
        }
        rising(examples, aims);
    }

    private static int count(float[] gradient, int width, boolean isNan) {
        int rows = 0;
        for (int from = 0; from < gradient.length; from += width) {
            boolean hasNan = false;
            boolean isZero = true;
            for (int i = from; i < from + width; i++) {
                hasNan |= Float.isNaN(gradient[i]);
                isZero &= gradient[i] == 0;
            }
            rows += (isNan ? hasNan : isZero) ? 1 : 0;
        }
        return rows;
    }

    /// Many small steps get further than one large one, and with no budget but the box nearly all
    /// examples are broken.
    private void rising(Examples examples, int[] aims) throws IOException, InterruptedException {
        Ball ball = smooth();
        double[] start = climb(examples, aims, ball, 0);
        double[] one = climb(examples, aims, ball, 1);
        double[] many = climb(examples, aims, ball, STEPS);
        int worse = 0;
        for (int row = 0; row < one.length; row++) {
            double tolerated = 1e-3 * Math.abs(one[row] - start[row]) + 1e-6 * Math.abs(one[row]);
            worse += many[row] < one[row] - tolerated ? 1 : 0;
        }
        if (worse > one.length / 2) {
            doubt(
                    "loss-not-rising",
                    "Gradients do not point where the loss rises; use --tier blackbox.",
                    STEPS,
                    " steps get less far than one on ",
                    worse,
                    " of ",
                    one.length,
                    " examples");
        }
        double[] unbounded = new double[many.length];
        Arrays.fill(unbounded, Double.NEGATIVE_INFINITY);
        for (double share : UNBOUNDED_SHARES) {
            double[] found =
                    climb(examples, aims, Ball.box(task.ball()).times(share), UNBOUNDED_STEPS);
            Arrays.setAll(unbounded, row -> Math.max(unbounded[row], found[row]));
        }
        long broken = Arrays.stream(unbounded).filter(margin -> margin > 0).count();
        if (broken < UNBOUNDED_BROKEN * unbounded.length) {
            doubt(
                    "unbounded-withstands",
                    "Any image can be turned into any other within the box, so the attack fails,"
                            + " not the budget; use --tier blackbox.",
                    "with no bound but the box gradients break only ",
                    broken,
                    " of ",
                    unbounded.length,
                    " examples");
        }
    }

    /// The budget, or a twentieth of the box where only the number of changes is bounded.
    private Ball smooth() {
        return task.ball().norm() == Norm.L0
                ? Ball.box(task.ball()).times(SMOOTH_SHARE)
                : task.ball();
    }

    /// Best margin of every row after so many steps of plain gradient ascent.
    private double[] climb(Examples examples, int[] aims, Ball ball, int steps)
            throws IOException, InterruptedException {
        float[] original = examples.values();
        float[] x = examples.values();
        double[] best = new double[examples.rows()];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        double length = steps == 1 ? 1 : 2.5 / Math.max(steps, 1);
        for (int step = 0; step <= steps; step++) {
            AttackedModel.Gradients now =
                    model.gradient(Objective.DIFFERENCE, x, examples.labels(), aims);
            for (int row = 0; row < best.length; row++) {
                double margin = examples.margin(now.scores, row, model.classes(), row);
                boolean isLast = steps <= 1 && step < steps;
                best[row] = isLast ? best[row] : Math.max(best[row], margin);
                Directions.ascend(ball, x, row, now.gradient, length);
                ball.project(x, row, original, row);
            }
        }
        return best;
    }
}
