package dev.bartizan.reports.sarif;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.json.Json;
import dev.bartizan.reports.sarif.SarifLog.ArtifactLocation;
import dev.bartizan.reports.sarif.SarifLog.AutomationDetails;
import dev.bartizan.reports.sarif.SarifLog.Invocation;
import dev.bartizan.reports.sarif.SarifLog.Location;
import dev.bartizan.reports.sarif.SarifLog.Message;
import dev.bartizan.reports.sarif.SarifLog.Notification;
import dev.bartizan.reports.sarif.SarifLog.Result;
import dev.bartizan.reports.sarif.SarifLog.Run;
import dev.bartizan.reports.sarif.SarifLog.Suppression;
import dev.bartizan.reports.sarif.SarifLog.Tool;
import dev.bartizan.reports.sarif.SarifLog.ToolComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// `findings.sarif`: confirmed threats, one result per located defect; accepted ones, suppressed
/// with who accepted them and until when; located defects of confirmed evidence that no threat
/// names. Untested threats are no findings: their number is in the run's properties.
public final class Sarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                    + "sarif-schema-2.1.0.json";
    private static final int MAX_LOCATED_PER_THREAT = 200;

    private static final JsonMapper RECORDS =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                    .build();

    private final ReportInput input;
    private final Assessment assessment;
    private final Locations locations;
    private final Taxonomies taxonomies = new Taxonomies();
    private final Rules rules = new Rules(taxonomies);
    private final List<Result> results = new ArrayList<>();

    private Sarif(ReportInput input, Path root) {
        this.input = input;
        this.assessment = input.assessment();
        this.locations = new Locations(assessment.system(), root);
    }

    /// The log as JSON.
    ///
    /// @param root folder that relative addresses of files start from, such as the repository's
    public static String write(ReportInput input, Path root) {
        return Json.print(RECORDS.valueToTree(new Sarif(input, root).log()));
    }

    private SarifLog log() {
        List<AssessedThreat> reported = reported();
        reported.forEach(rules::add);
        Map<String, Finding> loose = loose(reported);
        loose.values().forEach(rules::add);
        reported.forEach(this::addThreat);
        for (Evidence evidence : confirmed()) {
            evidence.findings().stream()
                    .filter(finding -> loose.containsKey(fingerprint(evidence, finding)))
                    .forEach(finding -> addLoose(evidence, finding));
        }
        input.comparison().ifPresent(this::addGone);
        return new SarifLog(SCHEMA, "2.1.0", List.of(run()));
    }

    private List<AssessedThreat> reported() {
        return assessment.threats().stream()
                .filter(threat ->
                        threat.standing() == Standing.CONFIRMED
                                || threat.standing() == Standing.ACCEPTED)
                .sorted(Overview.WORST_FIRST)
                .toList();
    }

    private List<Evidence> confirmed() {
        return assessment.evidence().stream()
                .filter(evidence -> evidence.outcome() instanceof Outcome.Confirmed)
                .filter(evidence -> evidence.freshUntil().isAfter(assessment.at()))
                .toList();
    }

    private Map<String, Finding> loose(List<AssessedThreat> reported) {
        Set<String> told = new LinkedHashSet<>();
        for (AssessedThreat threat : assessment.threats()) {
            if (reported.contains(threat) || threat.standing() == Standing.STALE) {
                for (Evidence evidence : threat.evidence()) {
                    evidence.findings().forEach(each -> told.add(fingerprint(evidence, each)));
                }
            }
        }
        Map<String, Finding> loose = new LinkedHashMap<>();
        for (Evidence evidence : confirmed()) {
            for (Finding finding : evidence.findings()) {
                String fingerprint = fingerprint(evidence, finding);
                if (!told.contains(fingerprint)) {
                    loose.putIfAbsent(fingerprint, finding);
                }
            }
        }
        return loose;
    }

    private void addThreat(AssessedThreat threat) {
        Set<String> seen = new LinkedHashSet<>();
        for (Evidence evidence : threat.evidence()) {
            if (!(evidence.outcome() instanceof Outcome.Confirmed)) {
                continue;
            }
            for (Finding finding : evidence.findings()) {
                String fingerprint = fingerprint(evidence, finding);
                if (seen.size() < MAX_LOCATED_PER_THREAT && seen.add(fingerprint)) {
                    Location location = locations.of(evidence.element(), finding);
                    String text = finding.message() + " (" + finding.location() + ")";
                    results.add(result(threat, text, location, Optional.of(fingerprint)));
                }
            }
        }
        if (seen.isEmpty()) {
            results.add(result(threat, threat.because(), locations.of(threat), Optional.empty()));
        }
    }

    private Result result(
            AssessedThreat threat, String text, Location location, Optional<String> defect) {
        Map<String, String> fingerprints = new TreeMap<>();
        fingerprints.put("bartizanThreat/v1", threat.threat().id());
        fingerprints.put(
                "primaryLocationLineHash",
                defect.map(each -> Digest.of(threat.threat().id() + each).brief())
                        .orElse(threat.threat().id()));
        defect.ifPresent(each -> fingerprints.put("bartizanDefect/v1", each));
        Map<String, Object> properties = new TreeMap<>();
        properties.put("standing", threat.standing().word());
        properties.put("severity", threat.threat().severity().word());
        properties.put("simulated", Overview.isSimulated(threat));
        return new Result(
                threat.threat().rule(),
                rules.indexOf(threat.threat().rule()),
                "fail",
                level(threat.threat().severity()),
                message(threat, text),
                List.of(location),
                fingerprints,
                input.comparison().map(each -> state(each.stateOf(threat.threat().id()))),
                suppressions(threat),
                taxonomies.references(threat.threat().mappings()),
                properties);
    }

    private static Message message(AssessedThreat threat, String text) {
        String mark = Overview.isSimulated(threat) ? " [simulated]" : "";
        return new Message(
                VisibleText.of(
                        threat.threat().title()
                                + " at "
                                + threat.threat().at()
                                + mark
                                + ": "
                                + text));
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

    private void addLoose(Evidence evidence, Finding finding) {
        String fingerprint = fingerprint(evidence, finding);
        Map<String, List<String>> mappings = Map.of("cwe", finding.cwe(), "atlas", finding.atlas());
        String mark = evidence.isSimulated() ? " [simulated]" : "";
        results.add(
                new Result(
                        finding.rule(),
                        rules.indexOf(finding.rule()),
                        "fail",
                        level(finding.severity()),
                        new Message(VisibleText.of(finding.message() + mark)),
                        List.of(locations.of(evidence.element(), finding)),
                        Map.of("bartizanDefect/v1", fingerprint),
                        input.comparison().map(_ -> "unchanged"),
                        List.of(),
                        taxonomies.references(mappings),
                        Map.of("severity", finding.severity().word())));
    }

    /// Confirmed threats that are no longer there: results of state absent.
    private void addGone(Comparison comparison) {
        for (ComparableThreat threat : comparison.gone()) {
            if (threat.standing() != Standing.CONFIRMED) {
                continue;
            }
            rules.addGone(threat);
            results.add(
                    new Result(
                            threat.rule(),
                            rules.indexOf(threat.rule()),
                            "fail",
                            level(threat.severity()),
                            new Message(
                                    VisibleText.of(
                                            threat.title()
                                                    + " at "
                                                    + threat.at()
                                                    + ": no longer there")),
                            List.of(locations.of(threat.at())),
                            Map.of("bartizanThreat/v1", threat.id()),
                            Optional.of("absent"),
                            List.of(),
                            List.of(),
                            Map.of("severity", threat.severity().word())));
        }
    }

    private static String fingerprint(Evidence evidence, Finding finding) {
        return Digest.of(
                        String.join(
                                "\n",
                                evidence.element(),
                                finding.rule(),
                                finding.location(),
                                finding.message()))
                .brief();
    }

    private Run run() {
        Map<String, Object> properties = new TreeMap<>();
        for (Standing standing : Standing.values()) {
            properties.put(standing.word(), assessment.standing(standing).size());
        }
        properties.put("ledgerAnchor", assessment.anchor());
        ToolComponent driver =
                new ToolComponent(
                        "Bartizan",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(assessment.toolVersion()),
                        Optional.empty(),
                        rules.written(),
                        List.of(),
                        taxonomies.components());
        return new Run(
                new Tool(driver),
                new AutomationDetails(
                        "bartizan/" + VisibleText.of(assessment.system().name()) + "/",
                        guid(assessment.system().name(), assessment.at())),
                input.comparison().map(Comparison::before).map(Sarif::guid),
                List.of(invocation()),
                Map.of(
                        Locations.ROOT_ID,
                        new ArtifactLocation(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new Message("The folder in which the tool was run.")))),
                locations.all(),
                results,
                taxonomies.written(),
                "unicodeCodePoints",
                properties);
    }

    private Invocation invocation() {
        List<Notification> notifications = new ArrayList<>();
        for (Evidence evidence : assessment.evidence()) {
            if (evidence.outcome() instanceof Outcome.Failed failed) {
                notifications.add(
                        new Notification(
                                new Message(VisibleText.of(failed.error())),
                                "error",
                                List.of(locations.of(evidence.element())),
                                Optional.empty()));
            }
        }
        assessment
                .notes()
                .forEach(note ->
                        notifications.add(
                                new Notification(
                                        new Message(VisibleText.of(note)),
                                        "note",
                                        List.of(),
                                        Optional.empty())));
        return new Invocation(
                true, assessment.at().truncatedTo(ChronoUnit.SECONDS).toString(), notifications);
    }

    private static String guid(ComparableAssessment assessment) {
        return guid(assessment.system(), assessment.at());
    }

    private static String guid(String system, Instant at) {
        return UUID.nameUUIDFromBytes((system + "\n" + at).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }
}
