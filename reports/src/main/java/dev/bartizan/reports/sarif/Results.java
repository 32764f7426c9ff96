package dev.bartizan.reports.sarif;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.SarifLog.DescriptorReference;
import dev.bartizan.reports.sarif.SarifLog.Location;
import dev.bartizan.reports.sarif.SarifLog.Message;
import dev.bartizan.reports.sarif.SarifLog.Result;
import dev.bartizan.reports.sarif.SarifLog.Suppression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The results of a run, worst first: threats, then defects that no threat names, then what is
/// gone.
final class Results {
    private static final int MOST_DEFECTS_PER_THREAT = 200;

    private final ReportInput input;
    private final Assessment assessment;
    private final Locations locations;
    private final Taxonomies taxonomies;
    private final Rules rules;
    private final List<Result> results = new ArrayList<>();

    Results(ReportInput input, Locations locations, Taxonomies taxonomies, Rules rules) {
        this.input = input;
        this.assessment = input.assessment();
        this.locations = locations;
        this.taxonomies = taxonomies;
        this.rules = rules;
    }

    /// A located defect and the evidence it comes from. Its fingerprint holds as long as it lies at
    /// the same place of the same element, whatever words describe it.
    private record Defect(Evidence evidence, Finding finding) {
        String fingerprint() {
            return Digest.of(
                            String.join(
                                    "\n", evidence.element(), finding.rule(), finding.location()))
                    .brief();
        }
    }

    /// The results. Rules and taxonomies know all that they name once this returns.
    List<Result> all() {
        List<AssessedThreat> reported =
                assessment.threats().stream()
                        .filter(Results::isReported)
                        .sorted(Overview.WORST_FIRST)
                        .toList();
        Map<String, Defect> loose = loose();
        reported.forEach(rules::add);
        loose.values().forEach(defect -> rules.add(defect.finding()));
        reported.forEach(this::add);
        loose.values().forEach(this::add);
        input.comparison().ifPresent(this::addGone);
        return results;
    }

    private static boolean isReported(AssessedThreat threat) {
        return threat.standing() == Standing.CONFIRMED || threat.standing() == Standing.ACCEPTED;
    }

    /// The defects of a threat's confirmations, each once.
    private static Map<String, Defect> defects(List<Evidence> evidence) {
        Map<String, Defect> defects = new LinkedHashMap<>();
        for (Evidence each : evidence) {
            if (each.outcome() instanceof Outcome.Confirmed) {
                for (Finding finding : each.findings()) {
                    Defect defect = new Defect(each, finding);
                    defects.putIfAbsent(defect.fingerprint(), defect);
                }
            }
        }
        return defects;
    }

    /// Defects of fresh confirmations that bear on no threat at all.
    private Map<String, Defect> loose() {
        Set<String> bearing = new TreeSet<>();
        for (AssessedThreat threat : assessment.threats()) {
            threat.evidence().forEach(evidence -> bearing.add(evidence.id()));
        }
        return defects(
                assessment.evidence().stream()
                        .filter(evidence -> !bearing.contains(evidence.id()))
                        .filter(evidence -> evidence.freshUntil().isAfter(assessment.at()))
                        .toList());
    }

    private void add(AssessedThreat threat) {
        Map<String, Defect> defects = defects(threat.evidence());
        if (defects.isEmpty()) {
            add(threat, threat.because(), locations.of(threat), Optional.empty());
            return;
        }
        defects.entrySet().stream()
                .limit(MOST_DEFECTS_PER_THREAT)
                .forEach(each -> {
                    Defect defect = each.getValue();
                    add(
                            threat,
                            defect.finding().message() + " (" + defect.finding().location() + ")",
                            locations.of(defect.evidence().element(), defect.finding()),
                            Optional.of(each.getKey()));
                });
    }

    private void add(
            AssessedThreat threat, String text, Location location, Optional<String> defect) {
        String id = threat.threat().id();
        Map<String, String> fingerprints = new TreeMap<>();
        fingerprints.put("bartizanThreat/v1", id);
        defect.ifPresent(each -> fingerprints.put("bartizanDefect/v1", each));
        fingerprints.put(
                "primaryLocationLineHash",
                defect.map(each -> Digest.of(id + each).brief()).orElse(id));
        Map<String, Object> properties = properties(threat.threat().severity());
        properties.put("standing", threat.standing().word());
        properties.put("simulated", Overview.isSimulated(threat));
        String said = threat.threat().title() + " at " + threat.threat().at();
        results.add(
                result(
                        threat.threat().rule(),
                        threat.threat().severity(),
                        said + mark(Overview.isSimulated(threat)) + ": " + text,
                        location,
                        new Identity(
                                fingerprints,
                                input.comparison().map(each -> state(each.stateOf(id)))),
                        new Details(
                                suppressions(threat),
                                taxonomies.references(threat.threat().mappings()),
                                properties)));
    }

    private void add(Defect defect) {
        Finding finding = defect.finding();
        results.add(
                result(
                        finding.rule(),
                        finding.severity(),
                        finding.message() + mark(defect.evidence().isSimulated()),
                        locations.of(defect.evidence().element(), finding),
                        new Identity(
                                Map.of("bartizanDefect/v1", defect.fingerprint()),
                                Optional.empty()),
                        new Details(
                                List.of(),
                                taxonomies.references(
                                        Map.of("cwe", finding.cwe(), "atlas", finding.atlas())),
                                properties(finding.severity()))));
    }

    /// Confirmed threats that are no longer there: results of state absent.
    private void addGone(Comparison comparison) {
        for (ComparableThreat threat : comparison.gone()) {
            if (threat.standing() == Standing.CONFIRMED) {
                rules.addGone(threat);
                results.add(
                        result(
                                threat.rule(),
                                threat.severity(),
                                threat.title() + " at " + threat.at() + ": no longer there",
                                locations.of(threat.at()),
                                new Identity(
                                        Map.of("bartizanThreat/v1", threat.id()),
                                        Optional.of("absent")),
                                new Details(List.of(), List.of(), properties(threat.severity()))));
            }
        }
    }

    /// What a result is recognised by, and how it compares with the baseline.
    private record Identity(Map<String, String> fingerprints, Optional<String> state) {}

    /// What else is said of a result.
    private record Details(
            List<Suppression> suppressions,
            List<DescriptorReference> taxa,
            Map<String, Object> properties) {}

    private Result result(
            String rule,
            Severity severity,
            String text,
            Location location,
            Identity identity,
            Details details) {
        return new Result(
                rule,
                rules.indexOf(rule),
                "fail",
                Sarif.level(severity),
                new Message(VisibleText.of(text)),
                List.of(location),
                identity.fingerprints(),
                identity.state(),
                details.suppressions(),
                details.taxa(),
                details.properties());
    }

    private static Map<String, Object> properties(Severity severity) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("severity", severity.word());
        return properties;
    }

    private static String mark(boolean isSimulated) {
        return isSimulated ? " [simulated]" : "";
    }

    private static List<Suppression> suppressions(AssessedThreat threat) {
        if (threat.standing() != Standing.ACCEPTED || threat.decision().isEmpty()) {
            return List.of();
        }
        Decision decision = threat.decision().get();
        String why =
                decision.reason()
                        + " ("
                        + decision.action().word()
                        + " by "
                        + decision.owner()
                        + ", until "
                        + decision.until()
                        + ")";
        return List.of(new Suppression("external", VisibleText.of(why)));
    }

    private static String state(Comparison.State state) {
        return switch (state) {
            case NEW -> "new";
            case UNCHANGED -> "unchanged";
            case CHANGED -> "updated";
            case GONE -> "absent";
        };
    }
}
