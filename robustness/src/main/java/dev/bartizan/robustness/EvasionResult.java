package dev.bartizan.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
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

    /// What an earlier run kept.
    ///
    /// @param examples as they were
    /// @param changed as changed
    /// @param cleanAnswers of the original file, unchanged
    /// @param answers of the original file, changed
    /// @param sizes of the changes
    /// @param attacks what each did
    /// @param unconfirmed changes that the original file did not confirm
    public static EvasionResult kept(
            Examples examples,
            float[] changed,
            int[] cleanAnswers,
            int[] answers,
            double[] sizes,
            List<AttackRecord> attacks,
            int unconfirmed) {
        return new EvasionResult(
                examples, changed, cleanAnswers, answers, sizes, attacks, unconfirmed, List.of());
    }

    /// The same with changes taken back that are too large.
    ///
    /// @param isKept whether the change of a row is kept
    /// @param factor that sizes are multiplied with in the maximum norm
    EvasionResult within(IntPredicate isKept, double factor, Norm norm) {
        float[] kept = changed.clone();
        int[] keptAnswers = answers.clone();
        double[] keptSizes = sizes.clone();
        float[] original = examples.values();
        for (int row = 0; row < rows(); row++) {
            if (!isKept.test(row)) {
                Rows.copy(original, row, kept, row, examples.width());
                keptAnswers[row] = cleanAnswers[row];
                keptSizes[row] = 0;
            } else if (norm == Norm.LINF) {
                keptSizes[row] *= factor;
            }
        }
        return new EvasionResult(
                examples, kept, cleanAnswers, keptAnswers, keptSizes, attacks, unconfirmed, doubts);
    }

    /// The same with what speaks against the counts.
    EvasionResult doubted(List<Doubt> more) {
        return new EvasionResult(
                examples, changed, cleanAnswers, answers, sizes, attacks, unconfirmed, more);
    }

    /// All together, in that order.
    ///
    /// @param parts at least one
    public static EvasionResult joined(List<EvasionResult> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Map<String, AttackRecord> records = new LinkedHashMap<>();
        parts.forEach(part ->
                part.attacks.forEach(
                        record -> records.merge(record.name(), record, AttackRecord::plus)));
        EvasionResult first = parts.getFirst();
        return new EvasionResult(
                Examples.joined(parts.stream().map(EvasionResult::examples).toList()),
                Rows.joined(parts.stream().map(part -> part.changed).toList()),
                parts.stream().flatMapToInt(part -> Arrays.stream(part.cleanAnswers)).toArray(),
                parts.stream().flatMapToInt(part -> Arrays.stream(part.answers)).toArray(),
                parts.stream().flatMapToDouble(part -> Arrays.stream(part.sizes)).toArray(),
                new ArrayList<>(records.values()),
                parts.stream().mapToInt(EvasionResult::unconfirmed).sum(),
                first.doubts);
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

    /// Sizes of all changes, in the same measure; 0 where nothing changed.
    public double[] sizes() {
        return sizes.clone();
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
