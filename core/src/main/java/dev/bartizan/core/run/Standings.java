package dev.bartizan.core.run;

import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Standing;
import dev.bartizan.core.Threat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Computes how threats stand. The order of decision is that of {@link Standing}; of several
/// answers to one claim the worst counts, and one fresh confirmation outweighs all others.
public final class Standings {
    private final EvidenceView view;
    private final Approvals approvals;
    private final Map<String, CheckCard> cards;
    private final LocalDate today;

    /// @param view the evidence and its ages
    /// @param approvals the decisions of the system file and which of them count
    /// @param cards of the checks, by id
    /// @param now the moment; its day in UTC decides about decisions
    public Standings(
            EvidenceView view, Approvals approvals, Map<String, CheckCard> cards, Instant now) {
        this.view = view;
        this.approvals = approvals;
        this.cards = Map.copyOf(cards);
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /// How each stands, worst first: by standing that needs action, then severity, then title.
    public List<AssessedThreat> assess(List<Threat> threats) {
        return threats.stream().map(this::assess).sorted(WORST_FIRST).toList();
    }

    private static final List<Standing> URGENCY =
            List.of(
                    Standing.CONFIRMED,
                    Standing.STALE,
                    Standing.UNDETERMINED,
                    Standing.UNTESTED,
                    Standing.DECLARED,
                    Standing.WITHSTOOD,
                    Standing.CLEARED,
                    Standing.PROVED,
                    Standing.ACCEPTED);

    private static final Comparator<AssessedThreat> WORST_FIRST =
            Comparator.<AssessedThreat>comparingInt(t -> URGENCY.indexOf(t.standing()))
                    .thenComparing(t -> t.threat().severity(), Comparator.reverseOrder())
                    .thenComparing(t -> t.threat().title())
                    .thenComparing(t -> t.threat().at())
                    .thenComparing(t -> t.threat().id());

    /// How one stands.
    public AssessedThreat assess(Threat threat) {
        Set<Claim> claims = new LinkedHashSet<>(threat.confirmedBy());
        claims.addAll(threat.refutedBy());
        List<Evidence> bearing =
                view.all().stream()
                        .filter(e -> e.element().equals(threat.at()) && claims.contains(e.claim()))
                        .toList();
        Optional<Decision> decision = approvals.on(threat.id(), threat.at());
        Optional<String> objection = decision.flatMap(d -> approvals.objection(d, threat.at()));
        Verdict verdict =
                decision.filter(d -> d.holdsOn(today) && objection.isEmpty())
                        .map(Standings::accepted)
                        .orElseGet(() -> byEvidence(threat, bearing));
        return new AssessedThreat(
                threat,
                verdict.standing(),
                verdict.because() + expiry(decision) + objected(decision, objection),
                bearing,
                decision,
                isAdequate(threat, verdict.standing(), bearing));
    }

    private record Verdict(Standing standing, String because) {}

    private static Verdict accepted(Decision decision) {
        return new Verdict(
                Standing.ACCEPTED,
                "%s decided to %s until %s: %s"
                        .formatted(
                                decision.owner(),
                                decision.action().word(),
                                decision.until(),
                                decision.reason()));
    }

    private static String objected(Optional<Decision> decision, Optional<String> objection) {
        return decision.isEmpty() || objection.isEmpty()
                ? ""
                : " (the decision of %s to %s does not count: %s)"
                        .formatted(
                                decision.get().owner(),
                                decision.get().action().word(),
                                objection.get());
    }

    private String expiry(Optional<Decision> decision) {
        return decision.filter(d -> !d.holdsOn(today))
                .map(d ->
                        " (the decision of %s to %s ran out on %s)"
                                .formatted(d.owner(), d.action().word(), d.until()))
                .orElse("");
    }

    private Verdict byEvidence(Threat threat, List<Evidence> bearing) {
        List<Evidence> fresh = bearing.stream().filter(this::countsAsTest).toList();
        Optional<Evidence> confirmation =
                fresh.stream()
                        .filter(e -> e.outcome() instanceof Outcome.Confirmed)
                        .filter(e -> threat.confirmedBy().contains(e.claim()))
                        .findFirst();
        if (confirmation.isPresent()) {
            return new Verdict(Standing.CONFIRMED, confirmation.get().summary());
        }
        Optional<Evidence> stale =
                bearing.stream()
                        .filter(e -> isStale(e) && isTest(e))
                        .filter(e -> fresh.stream().noneMatch(f -> f.claim().equals(e.claim())))
                        .findFirst();
        if (stale.isPresent()) {
            return new Verdict(
                    Standing.STALE,
                    "What is known of \"%s\" is %s"
                            .formatted(stale.get().claim(), view.age(stale.get()).words()));
        }
        return byAnswers(threat, bearing, fresh);
    }

    private Verdict byAnswers(Threat threat, List<Evidence> bearing, List<Evidence> fresh) {
        List<Standing> answers = new ArrayList<>();
        List<Claim> open = new ArrayList<>();
        List<String> because = new ArrayList<>();
        boolean isAnsweredAtAll = false;
        for (Claim claim : threat.refutedBy()) {
            List<Evidence> onClaim =
                    fresh.stream()
                            .filter(e -> e.claim().equals(claim))
                            .filter(e -> !(e.outcome() instanceof Outcome.NotApplicable))
                            .toList();
            Optional<Standing> answer =
                    onClaim.stream()
                            .map(e -> answer(e, threat.tolerance()))
                            .min(Comparator.naturalOrder());
            isAnsweredAtAll |= answer.isPresent();
            answer.ifPresentOrElse(answers::add, () -> open.add(claim));
            onClaim.stream()
                    .filter(e -> answer(e, threat.tolerance()) == answer.orElse(null))
                    .findFirst()
                    .ifPresent(e -> because.add(e.summary()));
        }
        Optional<Evidence> unclear =
                fresh.stream()
                        .filter(e -> answer(e, threat.tolerance()) == Standing.UNDETERMINED)
                        .findFirst();
        if (unclear.isPresent()) {
            return new Verdict(Standing.UNDETERMINED, unclear.get().summary());
        }
        if (isAnsweredAtAll && !open.isEmpty()) {
            return new Verdict(Standing.UNDETERMINED, "Nobody looked at " + words(open) + " yet");
        }
        if (isAnsweredAtAll) {
            return new Verdict(
                    answers.stream().min(Comparator.naturalOrder()).orElse(Standing.UNTESTED),
                    String.join("; ", because));
        }
        return declaredOrUntested(threat, bearing);
    }

    /// What one piece says of its claim, worst first in the order of {@link Standing}. What
    /// somebody from outside calls withstood is not, when more succeeded than is tolerated; a check
    /// measures against a bound of its own.
    private static Standing answer(Evidence evidence, double tolerance) {
        return switch (evidence.outcome()) {
            case Outcome.Confirmed _, Outcome.CouldNotTell _, Outcome.Failed _ ->
                    Standing.UNDETERMINED;
            case Outcome.Withstood withstood ->
                    evidence.source() instanceof Evidence.Source.OfCheck
                                    || withstood.successes() <= tolerance * withstood.trials()
                            ? Standing.WITHSTOOD
                            : Standing.UNDETERMINED;
            case Outcome.Cleared _ -> Standing.CLEARED;
            case Outcome.Proved _ -> Standing.PROVED;
            case Outcome.NotApplicable _ -> Standing.UNTESTED;
        };
    }

    private Verdict declaredOrUntested(Threat threat, List<Evidence> bearing) {
        if (threat.applicability() instanceof Applicability.Mitigated mitigated) {
            return new Verdict(
                    Standing.DECLARED,
                    "Only a declaration says so: " + String.join(", ", mitigated.controls()));
        }
        return bearing.stream()
                .filter(e -> e.source() instanceof Evidence.Source.Document)
                .filter(e -> view.age(e) == Age.FRESH)
                .filter(e -> answer(e, threat.tolerance()) != Standing.UNDETERMINED)
                .findFirst()
                .map(e -> new Verdict(Standing.DECLARED, "Only a record says so: " + e.summary()))
                .orElseGet(() -> new Verdict(Standing.UNTESTED, "Nobody tested it"));
    }

    private static String words(List<Claim> claims) {
        return String.join(", ", claims.stream().map(Claim::name).toList());
    }

    private boolean isStale(Evidence evidence) {
        Age age = view.age(evidence);
        return age == Age.EXPIRED || age == Age.OTHER_TARGET;
    }

    private boolean countsAsTest(Evidence evidence) {
        return view.age(evidence) == Age.FRESH && isTest(evidence);
    }

    private static boolean isTest(Evidence evidence) {
        return !(evidence.source() instanceof Evidence.Source.Document);
    }

    private boolean isAdequate(Threat threat, Standing standing, List<Evidence> bearing) {
        return switch (standing) {
            case CLEARED, PROVED, WITHSTOOD ->
                    bearing.stream()
                            .filter(this::countsAsTest)
                            .filter(e -> threat.refutedBy().contains(e.claim()))
                            .allMatch(e -> isStrong(e, threat.tolerance()));
            case ACCEPTED, CONFIRMED, STALE, UNDETERMINED, DECLARED, UNTESTED -> false;
        };
    }

    private boolean isStrong(Evidence evidence, double tolerance) {
        if (evidence.isSimulated()
                || !(evidence.source() instanceof Evidence.Source.OfCheck source)) {
            return false;
        }
        return switch (evidence.outcome()) {
            case Outcome.Cleared _, Outcome.Proved _, Outcome.NotApplicable _ -> true;
            case Outcome.Withstood withstood ->
                    withstood.interval().high() < tolerance && isRecallKnown(source.check());
            case Outcome.Confirmed _, Outcome.CouldNotTell _, Outcome.Failed _ -> false;
        };
    }

    private boolean isRecallKnown(String check) {
        CheckCard card = cards.get(check);
        return card != null && card.recall().isPresent();
    }
}
