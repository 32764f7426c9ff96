package dev.bartizan.robustness;

import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attacks a classifier with one attack after another; each gets the examples that withstood those
/// before. What an attack found counts only when the original model, asked for one example at a
/// time, answers it wrongly and it lies in its ball.
public final class Evasion {
    private static final int QUICK_QUESTIONS = 300;

    private final List<Attack> attacks;

    /// @param attacks in the order in which they are tried
    public Evasion(List<Attack> attacks) {
        this.attacks = List.copyOf(attacks);
    }

    /// Cross-entropy and targeted Auto-PGD, and a short square attack that would tell masked
    /// gradients.
    public static Evasion quick() {
        return new Evasion(
                List.of(
                        AutoPgd.crossEntropy(50),
                        AutoPgd.targeted(20, 9),
                        new SquareAttack(QUICK_QUESTIONS)));
    }

    /// The four of AutoAttack (Auto-PGD in both forms and the boundary attack with 100 steps, the
    /// square attack with 5000 questions), and Auto-PGD on the margin from ten starts.
    public static Evasion standard() {
        return new Evasion(
                List.of(
                        AutoPgd.crossEntropy(100),
                        AutoPgd.targeted(100, 9),
                        AutoPgd.margin(50, 10),
                        new FastAdaptiveBoundary(100, 9),
                        new SquareAttack(5000)));
    }

    /// What was found.
    ///
    /// @param examples how many were attacked
    /// @param cleanCorrect answered rightly unchanged
    /// @param robustCorrect of these, answered rightly under every attack
    /// @param brokenBy examples that each attack broke first, by name of the attack
    /// @param changed the examples as changed, by row; unchanged where nothing was found
    /// @param unconfirmed changes that the original model did not confirm
    public record Result(
            int examples,
            int cleanCorrect,
            int robustCorrect,
            Map<String, Integer> brokenBy,
            Examples changed,
            int unconfirmed) {
        public Result {
            brokenBy = Collections.unmodifiableMap(new LinkedHashMap<>(brokenBy));
        }

        /// Whether nothing speaks against the count: no attack without gradients broke what those
        /// with gradients left, and the original model confirmed every attack. Masked gradients are
        /// looked for only where the square attack ran.
        public boolean isTrustworthy() {
            return unconfirmed == 0 && brokenBy.getOrDefault(SquareAttack.NAME, 0) == 0;
        }
    }

    /// Attacks.
    ///
    /// @param original the model that is deployed
    /// @param rowDims sizes of one example
    /// @param seed of all randomness
    /// @throws GradientException when the model has no gradient
    /// @throws InferenceException when a run breaks
    /// @throws InterruptedException when cancelled
    public Result run(
            OnnxModel original, List<Long> rowDims, Examples examples, LinfBall ball, long seed)
            throws GradientException, InferenceException, InterruptedException {
        try (AttackedModel model = AttackedModel.open(original, rowDims);
                InferenceSession judge =
                        InferenceSession.open(
                                OnnxWriter.bytes(original), InferenceLimits.DEFAULT)) {
            Judge judging = new Judge(judge, rowDims, model.classes());
            return run(model, judging, examples, ball, seed);
        }
    }

    private Result run(
            AttackedModel model, Judge judge, Examples examples, LinfBall ball, long seed)
            throws GradientException, InferenceException, InterruptedException {
        float[] original = examples.values();
        float[] changed = examples.values();
        int[] open = new int[examples.rows()];
        int count = 0;
        for (int row = 0; row < examples.rows(); row++) {
            if (judge.answers(original, row) == examples.label(row)) {
                open[count++] = row;
            }
        }
        int cleanCorrect = count;
        open = Arrays.copyOf(open, count);
        Map<String, Integer> brokenBy = new LinkedHashMap<>();
        int unconfirmed = 0;
        for (Attack attack : attacks) {
            if (open.length == 0) {
                break;
            }
            Examples part = examples.pick(open);
            float[] found = attack.run(model, part, ball, seed);
            float[] scores = model.scores(found);
            List<Integer> rest = new ArrayList<>();
            for (int i = 0; i < open.length; i++) {
                boolean isClaimed = Scores.best(scores, i, model.classes()) != part.label(i);
                boolean isBroken =
                        isClaimed
                                && ball.allows(found, part.values(), i)
                                && judge.answers(found, i) != part.label(i);
                unconfirmed += isClaimed && !isBroken ? 1 : 0;
                if (isBroken) {
                    System.arraycopy(
                            found, i * ball.width(), changed, open[i] * ball.width(), ball.width());
                } else {
                    rest.add(open[i]);
                }
            }
            brokenBy.put(attack.name(), open.length - rest.size());
            open = rest.stream().mapToInt(Integer::intValue).toArray();
        }
        return new Result(
                examples.rows(),
                cleanCorrect,
                open.length,
                brokenBy,
                new Examples(changed, examples.labels()),
                unconfirmed);
    }

    /// The original model, asked for one example at a time.
    private record Judge(InferenceSession session, List<Long> rowDims, int classes) {
        int answers(float[] values, int row) throws InferenceException, InterruptedException {
            int width = rowDims.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
            List<Long> dims = new ArrayList<>(rowDims);
            dims.addFirst(1L);
            float[] one = Arrays.copyOfRange(values, row * width, (row + 1) * width);
            Map<String, DenseTensor> result =
                    session.run(
                            Map.of(
                                    session.inputs().getFirst().name(),
                                    DenseTensor.ofFloats(dims, one)));
            DenseTensor scores = result.get(session.outputs().getFirst().name());
            if (scores == null || scores.size() != classes) {
                throw new IllegalStateException("The model gave no scores");
            }
            return Scores.best(scores.toFloats(), 0, classes);
        }
    }
}
