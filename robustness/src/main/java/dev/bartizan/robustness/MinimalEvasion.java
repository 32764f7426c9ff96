package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Measures how small the smallest change is that turns each right answer: every attack tries every
/// example, and the nearest point counts that the original file, asked for one example at a time,
/// answers wrongly. It is an upper bound of the true minimum.
public final class MinimalEvasion {
    /// Points at a boundary may be answered otherwise by the file than by its graph; these are
    /// tried a little beyond.
    private static final double[] BEYOND = {1, 1.0005, 1.005};

    /// Share of the box within which doubts are looked for when no change was found.
    private static final double DOUBTED_SHARE = 0.05;

    private static final List<String> GRADIENTS =
            List.of(FastMinimumNorm.NAME, DeepFool.NAME, CarliniWagner.NAME, SigmaZero.NAME);

    private final List<Attack> attacks;

    /// @param attacks in the order in which they are tried; each {@link MinimalAttack} or {@link
    ///   DecisionAttack}
    public MinimalEvasion(List<Attack> attacks) {
        this.attacks = List.copyOf(attacks);
    }

    /// The attacks that know a norm and need gradients.
    public static MinimalEvasion of(Norm norm) {
        return new MinimalEvasion(
                GRADIENTS.stream()
                        .map(name -> AttackCatalogue.attack(name, OptionalInt.empty()))
                        .filter(attack -> attack.norms().contains(norm))
                        .toList());
    }

    /// The attack that needs nothing but answers.
    ///
    /// @param queries questions for each example
    public static MinimalEvasion ofAnswers(int queries) {
        return new MinimalEvasion(List.of(new HopSkipJump(queries)));
    }

    /// Their names, in order.
    public List<String> names() {
        return attacks.stream().map(Attack::name).toList();
    }

    /// Measures, within the box of the task's ball; its radius bounds nothing.
    ///
    /// @throws GradientException when the model has no gradient and an attack needs it
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public MinimalResult run(EvasionTask task, EvasionListener listener)
            throws IOException, InterruptedException {
        return run(task, Optional.empty(), listener);
    }

    /// Goes on where an earlier run ended.
    ///
    /// @param earlier what was found for the first examples, with the whole box as budget
    /// @throws GradientException when the model has no gradient and an attack needs it
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public MinimalResult run(
            EvasionTask task, Optional<EvasionResult> earlier, EvasionListener listener)
            throws IOException, InterruptedException {
        try (Opponent opponent = FileOpponent.open(task)) {
            return new Run(opponent, task.work(), listener).all(earlier);
        }
    }

    /// Measures an endpoint.
    ///
    /// @throws IllegalArgumentException when an attack asks for more than the endpoint tells
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    public MinimalResult run(
            DecisionSource endpoint,
            Work work,
            Optional<EvasionResult> earlier,
            EvasionListener listener)
            throws IOException, InterruptedException {
        try (Opponent opponent = new RemoteOpponent(endpoint)) {
            return new Run(opponent, work, listener).all(earlier);
        }
    }

    private final class Run {
        private final Opponent opponent;
        private final Work work;
        private final EvasionListener listener;
        private final Ball ball;

        Run(Opponent opponent, Work work, EvasionListener listener) {
            this.opponent = opponent;
            this.work = work;
            this.listener = listener;
            double side = work.ball().side(0);
            Norm norm = work.ball().norm();
            ball = work.ball().radius((float) norm.ofBox(work.ball().width(), side));
        }

        MinimalResult all(Optional<EvasionResult> earlier)
                throws IOException, InterruptedException {
            List<EvasionResult> parts = new ArrayList<>();
            earlier.ifPresent(parts::add);
            int rows = work.examples().rows();
            for (int from = earlier.map(EvasionResult::rows).orElse(0);
                    from < rows;
                    from += work.rowsOfPart()) {
                int first = from;
                int[] part = new int[Math.min(rows - from, work.rowsOfPart())];
                Arrays.setAll(part, i -> first + i);
                EvasionResult next = part(work.examples().pick(part), from);
                listener.settled(next);
                parts.add(next);
            }
            EvasionResult result = EvasionResult.joined(parts);
            double size =
                    new MinimalResult(result, ball)
                            .middle()
                            .median()
                            .orElse(DOUBTED_SHARE * ball.eps());
            return new MinimalResult(
                    result.doubted(opponent.doubts(result, ball.radius((float) size), attacks)),
                    ball);
        }

        private EvasionResult part(Examples examples, int done)
                throws IOException, InterruptedException {
            float[] values = examples.values();
            Progress progress = new Progress(examples, ball);
            for (int row = 0; row < examples.rows(); row++) {
                progress.clean[row] = opponent.answer(values, row);
                progress.answers[row] = progress.clean[row];
            }
            int[] right = progress.right();
            for (int i = 0; i < attacks.size() && right.length > 0; i++) {
                Attack attack = attacks.get(i);
                listener.began(
                        attack.name(), done, work.examples().rows(), i / (double) attacks.size());
                attack(attack, progress, right, work.seed() + done);
            }
            return progress.result();
        }

        private void attack(Attack attack, Progress progress, int[] right, long seed)
                throws IOException, InterruptedException {
            long started = System.nanoTime();
            long queries = opponent.queries();
            long gradients = opponent.gradients();
            Examples part = progress.examples.pick(right);
            float[] found = opponent.nearest(attack, part, ball, seed);
            float[] nearer = new Polish(opponent, part, ball).nearer(found);
            int broken = 0;
            for (int i = 0; i < right.length; i++) {
                broken += keep(progress, part, nearer, i, right[i]) ? 1 : 0;
            }
            progress.records.add(
                    new AttackRecord(
                            attack.name(),
                            right.length,
                            broken,
                            opponent.queries() - queries,
                            opponent.gradients() - gradients,
                            (System.nanoTime() - started) / 1_000_000));
        }

        /// Keeps a point that the file answers wrongly, when it is the nearest so far; whether it
        /// answers it wrongly.
        private boolean keep(Progress progress, Examples part, float[] found, int i, int row)
                throws IOException, InterruptedException {
            float[] original = part.values();
            if (ball.size(found, i, original, i) == 0) {
                return false;
            }
            for (double factor : BEYOND) {
                float[] tried =
                        beyond(
                                part.row(i),
                                Rows.gather(found, new int[] {i}, ball.width()),
                                factor);
                opponent.makeValid(tried, part.row(i), 0);
                int answer = opponent.answer(tried, 0);
                if (part.isBroken(i, answer)) {
                    if (progress.nearest.offer(tried, 0, row)) {
                        progress.answers[row] = answer;
                    }
                    return true;
                }
            }
            progress.unconfirmed++;
            return false;
        }

        private float[] beyond(float[] original, float[] found, double factor) {
            float[] beyond = found.clone();
            for (int i = 0; i < beyond.length && factor != 1; i++) {
                double change = factor * ((double) found[i] - original[i]);
                beyond[i] = ball.inBox((float) (original[i] + change), i);
            }
            return beyond;
        }
    }

    /// What was found for some examples so far.
    private static final class Progress {
        final Examples examples;
        final Nearest nearest;
        final int[] clean;
        final int[] answers;
        final List<AttackRecord> records = new ArrayList<>();
        int unconfirmed;

        Progress(Examples examples, Ball ball) {
            this.examples = examples;
            nearest = new Nearest(examples, ball);
            clean = new int[examples.rows()];
            answers = new int[examples.rows()];
        }

        int[] right() {
            boolean[] isWrong = new boolean[clean.length];
            for (int row = 0; row < clean.length; row++) {
                int label = examples.label(row);
                isWrong[row] =
                        clean[row] != label
                                || (examples.target().isPresent()
                                        && examples.target().getAsInt() == label);
            }
            return Rows.open(isWrong);
        }

        EvasionResult result() {
            double[] sizes = new double[clean.length];
            Arrays.setAll(sizes, row -> nearest.has(row) ? nearest.distance(row) : 0);
            return new EvasionResult(
                    examples,
                    nearest.points(),
                    clean,
                    answers,
                    sizes,
                    records,
                    unconfirmed,
                    List.of());
        }
    }
}
