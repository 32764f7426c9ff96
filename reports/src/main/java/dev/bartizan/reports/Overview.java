package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a hurried reader must know of an assessment, in the order in which it matters.
///
/// @param confirmed weaknesses that were seen, worst first
/// @param held what withstood, was cleared or proved, worst first
/// @param open what nobody tested or could tell, or is only declared, worst first
/// @param ageing what is stale or accepted, worst first
/// @param path the way in that matters most, when one is known
/// @param next the best next ten minutes, when something is left to do
public record Overview(
        List<AssessedThreat> confirmed,
        List<AssessedThreat> held,
        List<AssessedThreat> open,
        List<AssessedThreat> ageing,
        Optional<AttackPath> path,
        Optional<NextStep> next) {
    private static final String EVADED = "linf-evasion-within-budget";

    /// Worst severity first, then by title and id.
    public static final Comparator<AssessedThreat> WORST_FIRST =
            Comparator.comparing((AssessedThreat each) -> each.threat().severity())
                    .reversed()
                    .thenComparing(each -> each.threat().title())
                    .thenComparing(each -> each.threat().id());

    public Overview {
        confirmed = List.copyOf(confirmed);
        held = List.copyOf(held);
        open = List.copyOf(open);
        ageing = List.copyOf(ageing);
    }

    /// What to do next.
    ///
    /// @param threat the worst threat it speaks to
    /// @param answers how many unanswered threats it speaks to
    /// @param command what to run
    public record NextStep(AssessedThreat threat, int answers, String command) {}

    /// The overview of an assessment.
    public static Overview of(ReportInput input) {
        Assessment assessment = input.assessment();
        List<AssessedThreat> open =
                pick(
                        assessment,
                        EnumSet.of(Standing.UNTESTED, Standing.UNDETERMINED, Standing.DECLARED));
        List<AssessedThreat> ageing =
                pick(assessment, EnumSet.of(Standing.STALE, Standing.ACCEPTED));
        return new Overview(
                pick(assessment, EnumSet.of(Standing.CONFIRMED)),
                pick(assessment, EnumSet.of(Standing.WITHSTOOD, Standing.CLEARED, Standing.PROVED)),
                open,
                ageing,
                AttackPath.worst(assessment),
                next(assessment, input.offers(), open, ageing));
    }

    private static List<AssessedThreat> pick(Assessment assessment, Set<Standing> standings) {
        return assessment.threats().stream()
                .filter(threat -> standings.contains(threat.standing()))
                .sorted(WORST_FIRST)
                .toList();
    }

    private static Optional<NextStep> next(
            Assessment assessment,
            List<Offer> offers,
            List<AssessedThreat> open,
            List<AssessedThreat> ageing) {
        List<AssessedThreat> unanswered = new ArrayList<>(open);
        ageing.stream().filter(each -> each.standing() == Standing.STALE).forEach(unanswered::add);
        unanswered.sort(
                Comparator.comparing((AssessedThreat each) -> each.standing() == Standing.DECLARED)
                        .thenComparing(WORST_FIRST));
        Optional<NextStep> automatic =
                offers.stream()
                        .filter(offer -> offer.check().cost() != CheckCard.Cost.HOURS)
                        .filter(offer ->
                                offer.check().effects() == CheckCard.Effects.NONE
                                        || assessment.system().allowsEffects())
                        .map(offer -> step(assessment, offer, unanswered))
                        .flatMap(Optional::stream)
                        .max(
                                Comparator.comparingInt(
                                        step -> weight(step.threat()) * step.answers()));
        if (automatic.isPresent()) {
            return automatic;
        }
        return unanswered.stream().findFirst().map(threat -> byHand(assessment, threat));
    }

    /// What running a check would answer, where it has something to look at.
    private static Optional<NextStep> step(
            Assessment assessment, Offer offer, List<AssessedThreat> unanswered) {
        CheckCard card = offer.check();
        Set<Claim> claims = new HashSet<>();
        card.claims().forEach(claim -> claims.add(new Claim(claim.base())));
        List<AssessedThreat> answered =
                unanswered.stream()
                        .filter(each ->
                                claimsOf(each).stream()
                                        .anyMatch(
                                                claim -> claims.contains(new Claim(claim.base()))))
                        .filter(each -> each.standing() != Standing.DECLARED)
                        .filter(each -> offer.elements().contains(each.threat().at()))
                        .filter(each -> !hasAnswered(assessment, card, each))
                        .toList();
        return answered.stream()
                .findFirst()
                .map(worst ->
                        new NextStep(worst, answered.size(), command(assessment, card, worst)));
    }

    private static String command(Assessment assessment, CheckCard card, AssessedThreat worst) {
        String command = Commands.run(assessment.system(), card.id());
        return worst.standing() == Standing.UNDETERMINED ? command + " --fresh" : command;
    }

    /// Whether the check has run there and left nothing that speaks to the threat; to run it again
    /// would change nothing.
    private static boolean hasAnswered(
            Assessment assessment, CheckCard card, AssessedThreat threat) {
        Evidence.Source source = Evidence.Source.OfCheck.now(card);
        return threat.standing() != Standing.STALE
                && assessment.evidence().stream()
                        .filter(evidence -> evidence.element().equals(threat.threat().at()))
                        .filter(evidence -> evidence.freshUntil().isAfter(assessment.at()))
                        .anyMatch(evidence -> evidence.source().equals(source));
    }

    private static NextStep byHand(Assessment assessment, AssessedThreat threat) {
        List<Claim> claims = claimsOf(threat);
        if (claims.isEmpty()) {
            return new NextStep(threat, 1, Commands.explain(assessment.system(), threat));
        }
        return new NextStep(
                threat,
                1,
                attack(assessment.system(), threat.threat().at(), claims.getFirst())
                        .orElseGet(() ->
                                Commands.add(
                                        assessment.system(),
                                        claims.getFirst(),
                                        threat.threat().at())));
    }

    /// The attack that answers a claim about evasion, where there is an ONNX file to attack.
    private static Optional<String> attack(AiSystem system, String at, Claim claim) {
        return claim.base().equals(EVADED)
                ? system.element(at)
                        .flatMap(system::artifactBehind)
                        .filter(file -> file.toString().endsWith(".onnx"))
                        .map(file -> Commands.attack(system, file, at))
                : Optional.empty();
    }

    private static int weight(AssessedThreat threat) {
        return 1 + threat.threat().severity().weight();
    }

    private static List<Claim> claimsOf(AssessedThreat assessed) {
        List<Claim> claims = new ArrayList<>(assessed.threat().confirmedBy());
        assessed.threat().refutedBy().stream()
                .filter(claim -> !claims.contains(claim))
                .forEach(claims::add);
        return claims;
    }

    /// The newest evidence that decided how the threat stands, as far as the outcomes tell.
    public static Optional<Evidence> decisive(AssessedThreat threat) {
        return threat.evidence().stream()
                .filter(evidence -> bearsOut(threat.standing(), evidence.outcome()))
                .findFirst()
                .or(() -> threat.evidence().stream().findFirst());
    }

    private static boolean bearsOut(Standing standing, Outcome outcome) {
        return switch (standing) {
            case CONFIRMED, ACCEPTED -> outcome instanceof Outcome.Confirmed;
            case WITHSTOOD -> outcome instanceof Outcome.Withstood;
            case CLEARED -> outcome instanceof Outcome.Cleared;
            case PROVED -> outcome instanceof Outcome.Proved;
            case UNDETERMINED ->
                    outcome instanceof Outcome.CouldNotTell || outcome instanceof Outcome.Failed;
            case STALE, DECLARED, UNTESTED -> true;
        };
    }

    /// Where to look: the worst located defect of the decisive evidence, else its target, else the
    /// element's place in the system file.
    public static String place(Assessment assessment, AssessedThreat threat) {
        Optional<Evidence> evidence = decisive(threat);
        Optional<String> finding =
                evidence.flatMap(each ->
                                each.findings().stream()
                                        .max(Comparator.comparing(Finding::severity)))
                        .map(Finding::location)
                        .filter(location -> !location.isBlank());
        return finding.or(() -> evidence.flatMap(Evidence::target).map(target -> target.what()))
                .or(() ->
                        assessment
                                .system()
                                .element(threat.threat().at())
                                .map(element -> element.place().toString())
                                .filter(place -> !place.isBlank()))
                .orElse(threat.threat().at());
    }

    /// Whether any evidence that bears on the threat comes from a simulation.
    public static boolean isSimulated(AssessedThreat threat) {
        return threat.evidence().stream().anyMatch(Evidence::isSimulated);
    }
}
