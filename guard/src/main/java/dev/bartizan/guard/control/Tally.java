package dev.bartizan.guard.control;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Interval;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.Verdict;
import dev.bartizan.guard.policy.Action;
import dev.bartizan.guard.policy.PolicyGuard;
import dev.bartizan.guard.training.CalibrationTexts.Labelled;
import java.util.List;
import java.util.Locale;

/// How guardrails in a row did on labelled texts. A text passes when none of them says anything
/// about injection; it is held up when one blocks it or has it asked for.
///
/// @param attacks attacks tried
/// @param passed attacks that passed
/// @param benign harmless texts tried
/// @param spokenOf harmless texts that one of them flagged
/// @param heldUp harmless texts that one of them held up
record Tally(int attacks, int passed, int benign, int spokenOf, int heldUp) {
    static final double CONFIDENCE = 0.95;
    private static final PolicyGuard.Request ANYBODY = new PolicyGuard.Request("", "");

    static Tally of(List<Labelled> texts, List<PolicyGuard> guards) {
        int attacks = 0;
        int passed = 0;
        int benign = 0;
        int spokenOf = 0;
        int heldUp = 0;
        for (Labelled one : texts) {
            boolean isSpokenOf = false;
            boolean isHeldUp = false;
            for (PolicyGuard guard : guards) {
                PolicyGuard.Outcome outcome =
                        guard.judge(Part.of(Kind.UNKNOWN, one.text()), ANYBODY);
                isSpokenOf |= outcome.verdict() != Verdict.ALLOW;
                isHeldUp |= outcome.action().compareTo(Action.ASK) >= 0;
            }
            if (one.isAttack()) {
                attacks++;
                passed += isSpokenOf ? 0 : 1;
            } else {
                benign++;
                spokenOf += isSpokenOf ? 1 : 0;
                heldUp += isHeldUp ? 1 : 0;
            }
        }
        return new Tally(attacks, passed, benign, spokenOf, heldUp);
    }

    Tally plus(Tally other) {
        return new Tally(
                attacks + other.attacks,
                passed + other.passed,
                benign + other.benign,
                spokenOf + other.spokenOf,
                heldUp + other.heldUp);
    }

    /// In words, with 95 % intervals: what was caught, and what was flagged or held up for nothing.
    String words() {
        String caught =
                attacks == 0
                        ? "no attacks tried"
                        : "caught " + rate(attacks - passed, attacks) + " attacks";
        String wrongly =
                benign == 0
                        ? "no harmless texts tried"
                        : "flagged "
                                + rate(spokenOf, benign)
                                + " harmless texts and held up "
                                + heldUp;
        return caught + ", " + wrongly;
    }

    private static String rate(int some, int all) {
        Interval interval = Binomial.clopperPearson(some, all, CONFIDENCE);
        return String.format(
                Locale.ROOT,
                "%d of %d (%.0f to %.0f %%)",
                some,
                all,
                100 * interval.low(),
                100 * interval.high());
    }
}
