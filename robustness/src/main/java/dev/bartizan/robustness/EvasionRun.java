package dev.bartizan.robustness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One attack after another on some examples at a time; each attack gets those that withstood the
/// ones before.
final class EvasionRun {
    private final Opponent opponent;
    private final Work work;
    private final List<Attack> attacks;
    private final EvasionListener listener;
    private final int rows;

    EvasionRun(Opponent opponent, Work work, List<Attack> attacks, EvasionListener listener) {
        this.opponent = opponent;
        this.work = work;
        this.attacks = attacks;
        this.listener = listener;
        rows = work.examples().rows();
    }

    /// All examples, from where an earlier run ended.
    EvasionResult all(Optional<EvasionResult> earlier) throws IOException, InterruptedException {
        long started = System.nanoTime();
        List<EvasionResult> parts = new ArrayList<>();
        earlier.ifPresent(parts::add);
        int first = earlier.map(EvasionResult::rows).orElse(0);
        for (int from = first; from < rows; from += work.rowsOfPart()) {
            boolean isLate =
                    work.time().isPresent()
                            && System.nanoTime() - started > work.time().get().toNanos();
            if (isLate && !parts.isEmpty()) {
                break;
            }
            int[] part = range(from, Math.min(rows, from + work.rowsOfPart()));
            EvasionResult next = part(work.examples().pick(part), from);
            listener.settled(next);
            parts.add(next);
        }
        EvasionResult result = EvasionResult.joined(parts);
        return result.doubted(opponent.doubts(result, work.ball(), attacks));
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
            attack(attack, progress, work.seed() + done);
        }
        return progress.result();
    }

    private int[] answers(float[] values, int count) throws IOException, InterruptedException {
        int[] answers = new int[count];
        for (int row = 0; row < count; row++) {
            answers[row] = opponent.answer(values, row);
        }
        return answers;
    }

    private void attack(Attack attack, Progress progress, long seed)
            throws IOException, InterruptedException {
        int[] open = progress.open();
        Examples part = progress.examples.pick(open);
        long started = System.nanoTime();
        long queries = opponent.queries();
        long gradients = opponent.gradients();
        float[] found = opponent.attack(attack, part, work.ball(), seed);
        float[] original = part.values();
        for (int i = 0; i < open.length; i++) {
            opponent.makeValid(found, original, i);
        }
        int[] claimed = opponent.answers(found);
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
                        opponent.queries() - queries,
                        opponent.gradients() - gradients,
                        (System.nanoTime() - started) / 1_000_000));
    }

    private boolean confirm(Progress progress, float[] found, int i, Examples part, int row)
            throws IOException, InterruptedException {
        int answer = opponent.answer(found, i);
        if (!work.ball().allows(found, part.values(), i) || !part.isBroken(i, answer)) {
            progress.unconfirmed++;
            return false;
        }
        progress.sizes[row] = work.ball().size(found, i, part.values(), i);
        progress.answers[row] = answer;
        progress.isDone[row] = true;
        Rows.copy(found, i, progress.changed, row, part.width());
        return true;
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
