package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Attacks a classifier with one attack after another; each gets the examples that withstood those
/// before. What an attack found counts only when the original file, asked for one example at a
/// time, answers it wrongly and it lies in its ball.
public final class Evasion {
    private static final int QUICK_QUESTIONS = 300;

    /// Numbers of examples that are attacked together; attacks hold about a dozen copies of them.
    private static final int MOST_NUMBERS_AT_ONCE = 1 << 23;

    private final List<Attack> attacks;

    /// @param attacks in the order in which they are tried
    public Evasion(List<Attack> attacks) {
        this.attacks = List.copyOf(attacks);
    }

    /// The attacks of a tier.
    ///
    /// @param isTargeted whether only one wrong answer counts
    public static Evasion of(Tier tier, boolean isTargeted) {
        return switch (tier) {
            case QUICK -> isTargeted ? targeted(50, QUICK_QUESTIONS) : quick();
            case STANDARD -> isTargeted ? targeted(100, 5000) : standard();
            case BLACKBOX -> blackbox();
        };
    }

    /// The names of attacks that can be chosen, with what makes them.
    private static Map<String, Supplier<Attack>> known() {
        Map<String, Supplier<Attack>> known = new LinkedHashMap<>();
        known.put("fgsm", ProjectedGradient::fast);
        known.put("pgd", () -> ProjectedGradient.plain(40, 5));
        known.put("mi-fgsm", () -> ProjectedGradient.momentum(20));
        known.put("pgd-mt", () -> ProjectedGradient.multiTargeted(40, 9));
        known.put("apgd-ce", () -> AutoPgd.crossEntropy(100));
        known.put("apgd-t", () -> AutoPgd.targeted(100, 9));
        known.put("apgd-margin", () -> AutoPgd.margin(50, 10));
        known.put("fab-t", () -> new FastAdaptiveBoundary(100, 9));
        known.put(SquareAttack.NAME, () -> new SquareAttack(5000));
        return known;
    }

    /// The names that {@link #named} takes.
    public static List<String> names() {
        return List.copyOf(known().keySet());
    }

    /// Attacks that are chosen one by one, in that order.
    ///
    /// @param names each of {@link #names}
    /// @throws IllegalArgumentException when there is no attack of a name
    public static Evasion named(List<String> names) {
        List<Attack> attacks = new ArrayList<>();
        for (String name : names) {
            Supplier<Attack> attack = known().get(name);
            if (attack == null) {
                throw new IllegalArgumentException("No attack " + name);
            }
            attacks.add(attack.get());
        }
        return new Evasion(attacks);
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

    private static Evasion targeted(int steps, int questions) {
        return new Evasion(
                List.of(
                        AutoPgd.towardsTarget(steps, 3),
                        AutoPgd.targeted(steps, 1),
                        new FastAdaptiveBoundary(steps, 1),
                        new SquareAttack(questions)));
    }

    /// Attacks that only ask for scores.
    public static Evasion blackbox() {
        return new Evasion(List.of(new SquareAttack(5000)));
    }

    /// Attacks.
    ///
    /// @throws GradientException when the model has no gradient and an attack needs it
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public EvasionResult run(EvasionTask task, EvasionListener listener)
            throws IOException, InterruptedException {
        try (AttackedModel model =
                        AttackedModel.open(
                                task.model(), task.rowDims(), task.preprocessing(), task.device());
                Judge judge = Judge.open(task.model(), task.preprocessing(), model)) {
            return new Run(model, judge, task, listener).all();
        }
    }

    /// One run.
    private final class Run {
        private final AttackedModel model;
        private final Judge judge;
        private final EvasionTask task;
        private final EvasionListener listener;
        private final int rows;

        Run(AttackedModel model, Judge judge, EvasionTask task, EvasionListener listener) {
            this.model = model;
            this.judge = judge;
            this.task = task;
            this.listener = listener;
            rows = task.examples().rows();
        }

        EvasionResult all() throws IOException, InterruptedException {
            long started = System.nanoTime();
            Optional<EvasionResult> whole = Optional.empty();
            int atOnce =
                    Math.clamp(
                            MOST_NUMBERS_AT_ONCE / task.examples().width(), 1, task.rowsAtOnce());
            for (int from = 0; from < rows; from += atOnce) {
                boolean isLate =
                        task.time().isPresent()
                                && System.nanoTime() - started > task.time().get().toNanos();
                if (isLate && whole.isPresent()) {
                    break;
                }
                int[] part = range(from, Math.min(rows, from + atOnce));
                EvasionResult next = part(task.examples().pick(part), from);
                listener.settled(next);
                whole = Optional.of(whole.isPresent() ? whole.get().followedBy(next) : next);
            }
            EvasionResult result = whole.orElseThrow();
            return result.doubted(
                    new Doubts(task.of(result.examples()), model, judge).about(result, attacks));
        }

        private static int[] range(int from, int to) {
            int[] range = new int[to - from];
            Arrays.setAll(range, i -> from + i);
            return range;
        }

        private EvasionResult part(Examples examples, int done)
                throws IOException, InterruptedException {
            float[] original = examples.values();
            Progress progress = new Progress(examples, answers(original, examples.rows()));
            for (int i = 0; i < attacks.size() && progress.open().length > 0; i++) {
                Attack attack = attacks.get(i);
                listener.began(attack.name(), done, rows, i / (double) attacks.size());
                attack(attack, progress, task.seed() + done);
            }
            return progress.result();
        }

        private int[] answers(float[] values, int count) throws IOException, InterruptedException {
            int[] answers = new int[count];
            for (int row = 0; row < count; row++) {
                answers[row] = judge.answer(values, row);
            }
            return answers;
        }

        private void attack(Attack attack, Progress progress, long seed)
                throws IOException, InterruptedException {
            int[] open = progress.open();
            Examples part = progress.examples.pick(open);
            long started = System.nanoTime();
            long queries = model.forwardRows();
            long gradients = model.gradientRows();
            float[] found = attack.run(model, part, task.ball(), seed);
            float[] original = part.values();
            for (int i = 0; i < open.length; i++) {
                judge.makeValid(found, original, i);
            }
            int[] claimed = model.answers(found);
            int broken = 0;
            for (int i = 0; i < open.length; i++) {
                if (part.isBroken(i, claimed[i])) {
                    broken += confirm(progress, found, i, part, open[i]) ? 1 : 0;
                }
            }
            progress.records.add(
                    new AttackRecord(
                            attack.name(),
                            open.length,
                            broken,
                            model.forwardRows() - queries,
                            model.gradientRows() - gradients,
                            (System.nanoTime() - started) / 1_000_000));
        }

        private boolean confirm(Progress progress, float[] found, int i, Examples part, int row)
                throws IOException, InterruptedException {
            int answer = judge.answer(found, i);
            if (!task.ball().allows(found, part.values(), i) || !part.isBroken(i, answer)) {
                progress.unconfirmed++;
                return false;
            }
            progress.sizes[row] = task.ball().size(found, i, part.values(), i);
            progress.answers[row] = answer;
            progress.isDone[row] = true;
            Rows.copy(found, i, progress.changed, row, part.width());
            return true;
        }
    }

    /// What was found for every row so far.
    private static final class Progress {
        final Examples examples;
        final float[] changed;
        final int[] cleanAnswers;
        final int[] answers;
        final double[] sizes;
        final boolean[] isDone;
        final List<AttackRecord> records = new ArrayList<>();
        int unconfirmed;

        Progress(Examples examples, int[] cleanAnswers) {
            this.examples = examples;
            this.changed = examples.values();
            this.cleanAnswers = cleanAnswers;
            this.answers = cleanAnswers.clone();
            this.sizes = new double[cleanAnswers.length];
            this.isDone = new boolean[cleanAnswers.length];
            for (int row = 0; row < isDone.length; row++) {
                int label = examples.label(row);
                isDone[row] =
                        cleanAnswers[row] != label
                                || (examples.target().isPresent()
                                        && examples.target().getAsInt() == label);
            }
        }

        int[] open() {
            return Rows.open(isDone);
        }

        EvasionResult result() {
            return new EvasionResult(
                    examples,
                    changed,
                    cleanAnswers,
                    answers,
                    sizes,
                    records,
                    unconfirmed,
                    List.of());
        }
    }
}
