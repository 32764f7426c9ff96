package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Attacks a classifier with one attack after another; each gets the examples that withstood those
/// before. What an attack found counts only when the original file, asked for one example at a
/// time, answers it wrongly and it lies in its ball.
public final class Evasion {
    private static final int QUICK_QUESTIONS = 300;

    private final List<Attack> attacks;

    /// @param attacks in the order in which they are tried
    public Evasion(List<Attack> attacks) {
        this.attacks = List.copyOf(attacks);
    }

    /// In the order in which they are tried.
    List<Attack> attacks() {
        return attacks;
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

    /// The names that {@link #named} takes.
    public static List<String> names() {
        return AttackCatalogue.names();
    }

    /// Attacks that are chosen one by one, in that order.
    ///
    /// @param names each of {@link #names}
    /// @throws IllegalArgumentException when there is no attack of a name
    public static Evasion named(List<String> names) {
        return new Evasion(
                names.stream()
                        .map(name -> AttackCatalogue.attack(name, OptionalInt.empty()))
                        .toList());
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
    /// square attack with 5000 questions), and Auto-PGD on the margin from up to ten starts.
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
        return run(task, Optional.empty(), listener);
    }

    /// Goes on with a task of which the first examples were attacked earlier.
    ///
    /// @param earlier what was found for them
    /// @throws GradientException when the model has no gradient and an attack needs it
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public EvasionResult run(
            EvasionTask task, Optional<EvasionResult> earlier, EvasionListener listener)
            throws IOException, InterruptedException {
        try (Opponent opponent = FileOpponent.open(task)) {
            return new EvasionRun(opponent, task.work(), attacks, listener).all(earlier);
        }
    }

    /// Attacks an endpoint.
    ///
    /// @param work examples and budget
    /// @param earlier what was found for the first of them in an earlier run
    /// @throws IllegalArgumentException when an attack asks for more than the endpoint tells
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    public EvasionResult run(
            DecisionSource endpoint,
            Work work,
            Optional<EvasionResult> earlier,
            EvasionListener listener)
            throws IOException, InterruptedException {
        try (Opponent opponent = new RemoteOpponent(endpoint)) {
            return new EvasionRun(opponent, work, attacks, listener).all(earlier);
        }
    }
}
