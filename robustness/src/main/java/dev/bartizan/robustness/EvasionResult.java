package dev.bartizan.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What attacks found.
public final class EvasionResult {
    private final Examples examples;
    private final float[] changed;
    private final int[] cleanAnswers;
    private final int[] answers;
    private final double[] sizes;
    private final List<AttackRecord> attacks;
    private final int unconfirmed;
    private final List<Doubt> doubts;

    /// @param examples as they were
    /// @param changed as changed; unchanged where nothing was found
    /// @param cleanAnswers of the original file, unchanged
    /// @param answers of the original file, changed
    /// @param sizes of the changes, in the norm of the budget (in the maximum norm in radii)
    /// @param attacks in the order in which they ran
    /// @param unconfirmed changes that the original file did not confirm
    /// @param doubts what speaks against the counts
    EvasionResult(
            Examples examples,
            float[] changed,
            int[] cleanAnswers,
            int[] answers,
            double[] sizes,
            List<AttackRecord> attacks,
            int unconfirmed,
            List<Doubt> doubts) {
        this.examples = examples;
        this.changed = changed.clone();
        this.cleanAnswers = cleanAnswers.clone();
        this.answers = answers.clone();
        this.sizes = sizes.clone();
        this.attacks = List.copyOf(attacks);
        this.unconfirmed = unconfirmed;
        this.doubts = List.copyOf(doubts);
    }

    /// The same with what speaks against the counts.
    EvasionResult doubted(List<Doubt> more) {
        return new EvasionResult(
                examples, changed, cleanAnswers, answers, sizes, attacks, unconfirmed, more);
    }

    /// Both together, the rows of `next` after these.
    EvasionResult followedBy(EvasionResult next) {
        float[] values = concat(examples.values(), next.examples.values());
        int[] labels = concat(examples.labels(), next.examples.labels());
        Map<String, AttackRecord> records = new LinkedHashMap<>();
        attacks.forEach(record -> records.put(record.name(), record));
        next.attacks.forEach(record -> records.merge(record.name(), record, AttackRecord::plus));
        return new EvasionResult(
                new Examples(values, labels, examples.target()),
                concat(changed, next.changed),
                concat(cleanAnswers, next.cleanAnswers),
                concat(answers, next.answers),
                IntStream.range(0, sizes.length + next.sizes.length)
                        .mapToDouble(
                                i -> i < sizes.length ? sizes[i] : next.sizes[i - sizes.length])
                        .toArray(),
                new ArrayList<>(records.values()),
                unconfirmed + next.unconfirmed,
                doubts);
    }

    private static float[] concat(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static int[] concat(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /// The examples as they were.
    public Examples examples() {
        return examples;
    }

    /// The examples as changed, row-major; unchanged where nothing was found.
    public float[] changed() {
        return changed.clone();
    }

    /// What the original file answers for the unchanged examples.
    public int[] cleanAnswers() {
        return cleanAnswers.clone();
    }

    /// What the original file answers for the changed examples.
    public int[] answers() {
        return answers.clone();
    }

    /// How many were attacked.
    public int rows() {
        return examples.rows();
    }

    /// Answered rightly unchanged.
    public int cleanCorrect() {
        return (int) IntStream.range(0, rows()).filter(this::isCleanCorrect).count();
    }

    /// Of these, not broken by any attack.
    public int robustCorrect() {
        return (int)
                IntStream.range(0, rows())
                        .filter(row -> isCleanCorrect(row) && !isBroken(row))
                        .count();
    }

    /// Whether a row was answered rightly unchanged.
    public boolean isCleanCorrect(int row) {
        return cleanAnswers[row] == examples.label(row);
    }

    /// Whether a row that was answered rightly was broken.
    public boolean isBroken(int row) {
        return isCleanCorrect(row) && examples.isBroken(row, answers[row]);
    }

    /// Size of the change of a row, in the norm of the budget (in the maximum norm in radii).
    public double size(int row) {
        return sizes[row];
    }

    /// Median size of the changes that broke a row, in the same measure; empty without any.
    public OptionalDouble medianSize() {
        double[] broken =
                IntStream.range(0, rows())
                        .filter(this::isBroken)
                        .mapToDouble(row -> sizes[row])
                        .sorted()
                        .toArray();
        return broken.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(broken[broken.length / 2]);
    }

    /// What each attack did, in the order in which they ran.
    public List<AttackRecord> attacks() {
        return attacks;
    }

    /// Changes that the original file did not confirm.
    public int unconfirmed() {
        return unconfirmed;
    }

    /// What speaks against the counts.
    public List<Doubt> doubts() {
        return doubts;
    }

    /// Whether nothing speaks against the counts.
    public boolean isTrustworthy() {
        return doubts.isEmpty();
    }
}
