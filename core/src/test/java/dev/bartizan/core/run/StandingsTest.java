package dev.bartizan.core.run;

import static dev.bartizan.core.run.Samples.IS_PINNED;
import static dev.bartizan.core.run.Samples.NOON;
import static dev.bartizan.core.run.Samples.OTHER_BYTES;
import static dev.bartizan.core.run.Samples.RUNS_CODE;
import static dev.bartizan.core.run.Samples.THESE_BYTES;
import static dev.bartizan.core.run.Samples.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.core.Standing;
import dev.bartizan.core.Threat;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static final Outcome CONFIRMED = Outcome.Confirmed.deterministic();
    private static final Outcome CLEARED = new Outcome.Cleared("the whole file", List.of());
    private static final Outcome UNCLEAR = new Outcome.CouldNotTell("no reader");
    private static final Outcome FAILED = new Outcome.Failed("broke");
    private static final Threat THREAT = Samples.threat(List.of(RUNS_CODE), List.of(RUNS_CODE));
    private static final Threat NEEDS_TWO =
            Samples.threat(List.of(RUNS_CODE), List.of(RUNS_CODE, IS_PINNED));

    @Test
    void nobodyTestedItWithoutEvidence() {
        assertThat(standing(THREAT)).isEqualTo(Standing.UNTESTED);
    }

    @Test
    void oneFreshConfirmationOutweighsAnyNumberOfOthers() {
        assertThat(
                        standing(
                                THREAT,
                                evidence(RUNS_CODE, CLEARED),
                                evidence(RUNS_CODE, CONFIRMED),
                                evidence(RUNS_CODE, FAILED)))
                .isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void evidenceForOtherBytesIsStale() {
        Evidence old = evidence(RUNS_CODE, CLEARED, NOON.minusSeconds(60), "1", OTHER_BYTES);
        assertThat(standing(THREAT, old)).isEqualTo(Standing.STALE);
    }

    @Test
    void evidenceThatIsTooOldIsStale() {
        Evidence old =
                evidence(RUNS_CODE, CLEARED, NOON.minus(Duration.ofDays(31)), "1", THESE_BYTES);
        assertThat(standing(THREAT, old)).isEqualTo(Standing.STALE);
    }

    @Test
    void newEvidenceForThePresentBytesTakesThePlaceOfStaleEvidence() {
        Evidence old = evidence(RUNS_CODE, CONFIRMED, NOON.minusSeconds(90), "1", OTHER_BYTES);
        assertThat(standing(THREAT, old, evidence(RUNS_CODE, CLEARED))).isEqualTo(Standing.CLEARED);
    }

    @Test
    void aLaterRunWithLessLuckDoesNotTakeAConfirmationBack() {
        Evidence hit = evidence(RUNS_CODE, CONFIRMED, NOON.minusSeconds(90), "1", THESE_BYTES);
        Evidence miss = evidence(RUNS_CODE, CLEARED, NOON.minusSeconds(30), "1", THESE_BYTES);
        assertThat(standing(THREAT, hit, miss)).isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void aNewerVersionOfTheToolAloneDoesNotTakeAConfirmationBack() {
        Evidence hit =
                Samples.from(
                        new Evidence.Source.OfCheck("artifact-scan", "1", "0.0.9"),
                        evidence(RUNS_CODE, CONFIRMED, NOON.minusSeconds(90), "1", THESE_BYTES));
        Evidence miss = evidence(RUNS_CODE, CLEARED, NOON.minusSeconds(30), "1", THESE_BYTES);
        assertThat(standing(THREAT, hit, miss)).isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void aNewerVersionOfTheCheckTakesAFalseConfirmationBack() {
        Evidence alarm = evidence(RUNS_CODE, CONFIRMED, NOON.minusSeconds(90), "1", THESE_BYTES);
        Evidence calm = evidence(RUNS_CODE, CLEARED, NOON.minusSeconds(30), "2", THESE_BYTES);
        assertThat(standing(THREAT, alarm, calm)).isEqualTo(Standing.CLEARED);
    }

    @Test
    void aThreatIsUndeterminedWhileOneOfItsClaimsIsOpen() {
        assertThat(standing(NEEDS_TWO, evidence(RUNS_CODE, CLEARED)))
                .isEqualTo(Standing.UNDETERMINED);
        assertThat(standing(NEEDS_TWO, evidence(RUNS_CODE, CLEARED), evidence(IS_PINNED, CLEARED)))
                .isEqualTo(Standing.CLEARED);
    }

    @Test
    void aFailedCheckIsNeverClean() {
        assertThat(standing(THREAT, evidence(RUNS_CODE, FAILED))).isEqualTo(Standing.UNDETERMINED);
        assertThat(standing(THREAT, evidence(RUNS_CODE, UNCLEAR))).isEqualTo(Standing.UNDETERMINED);
    }

    @Test
    void theWeakestAnswerCounts() {
        Outcome proved = new Outcome.Proved("certificate");
        Outcome withstood = withstood(100);
        assertThat(standing(NEEDS_TWO, evidence(RUNS_CODE, proved), evidence(IS_PINNED, withstood)))
                .isEqualTo(Standing.WITHSTOOD);
        assertThat(standing(NEEDS_TWO, evidence(RUNS_CODE, proved), evidence(IS_PINNED, CLEARED)))
                .isEqualTo(Standing.CLEARED);
    }

    @Test
    void anUnexpiredDecisionIsTheFirstWord() {
        assertThat(standing(decisionUntil(LocalDate.of(2026, 11, 24)), CONFIRMED))
                .isEqualTo(Standing.ACCEPTED);
    }

    @Test
    void anExpiredDecisionReopensTheThreat() {
        assertThat(standing(decisionUntil(LocalDate.of(2026, 11, 23)), CONFIRMED))
                .isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void fewTrialsAreNotAdequate() {
        assertThat(assess(THREAT, Optional.of("0.9"), evidence(RUNS_CODE, withstood(20))))
                .returns(Standing.WITHSTOOD, AssessedThreat::standing)
                .returns(false, AssessedThreat::isAdequate);
        assertThat(assess(THREAT, Optional.of("0.9"), evidence(RUNS_CODE, withstood(200))))
                .returns(true, AssessedThreat::isAdequate);
    }

    @Test
    void trialsOfACheckWithoutKnownRecallAreNotAdequate() {
        assertThat(assess(THREAT, Optional.empty(), evidence(RUNS_CODE, withstood(200))))
                .returns(false, AssessedThreat::isAdequate);
    }

    @Test
    void whatSomebodyCallsWithstoodIsNotWhenMoreSucceededThanIsTolerated() {
        Outcome five = new Outcome.Withstood(40, 5, Binomial.clopperPearson(5, 40, 0.95));
        Outcome one = new Outcome.Withstood(40, 1, Binomial.clopperPearson(1, 40, 0.95));
        assertThat(standing(THREAT, byHand(five))).isEqualTo(Standing.UNDETERMINED);
        assertThat(standing(THREAT, byHand(one))).isEqualTo(Standing.WITHSTOOD);
    }

    private static Evidence byHand(Outcome outcome) {
        return Samples.from(new Evidence.Source.Manual("red-team"), evidence(RUNS_CODE, outcome));
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        List<Outcome> outcomes =
                List.of(CONFIRMED, CLEARED, UNCLEAR, FAILED, withstood(50), withstood(5));
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<Evidence> pieces = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                pieces.add(
                        evidence(
                                random.nextBoolean() ? RUNS_CODE : IS_PINNED,
                                outcomes.get(random.nextInt(outcomes.size())),
                                NOON.minusSeconds(random.nextInt(5)),
                                String.valueOf(random.nextInt(2)),
                                random.nextInt(4) == 0 ? OTHER_BYTES : THESE_BYTES));
            }
            AssessedThreat first = assess(NEEDS_TWO, Optional.empty(), array(pieces));
            Collections.shuffle(pieces, random);
            assertThat(assess(NEEDS_TWO, Optional.empty(), array(pieces))).isEqualTo(first);
        }
    }

    private static Evidence[] array(List<Evidence> pieces) {
        return pieces.toArray(Evidence[]::new);
    }

    private static Outcome withstood(int trials) {
        return new Outcome.Withstood(trials, 0, Binomial.clopperPearson(0, trials, 0.95));
    }

    private static Decision decisionUntil(LocalDate day) {
        return new Decision(
                THREAT.id(), Decision.Action.ACCEPT, "head", "reason", day, Place.NOWHERE);
    }

    private static Standing standing(Decision decision, Outcome outcome) {
        return new Standings(
                        EvidenceView.of(
                                List.of(evidence(RUNS_CODE, outcome)), Samples.theseBytes(), NOON),
                        Approvals.of(Samples.deciding(Map.of(), decision)),
                        Map.of(),
                        NOON)
                .assess(THREAT)
                .standing();
    }

    private static Standing standing(Threat threat, Evidence... evidence) {
        return assess(threat, Optional.empty(), evidence).standing();
    }

    private static AssessedThreat assess(
            Threat threat, Optional<String> recall, Evidence... evidence) {
        CheckCard card =
                new CheckCard(
                        "artifact-scan",
                        "scan",
                        "1",
                        List.of(RUNS_CODE),
                        CheckCard.Cost.SECONDS,
                        CheckCard.Effects.NONE,
                        Duration.ofDays(30),
                        recall,
                        Optional.empty());
        return new Standings(
                        EvidenceView.of(List.of(evidence), Samples.theseBytes(), NOON),
                        Approvals.of(Samples.system("staging", "model")),
                        Map.of(card.id(), card),
                        NOON)
                .assess(threat);
    }
}
