package dev.bartizan.reports.sarif;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.Comparison;
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
import dev.bartizan.reports.sarif.SarifLog.Tool;
import dev.bartizan.reports.sarif.SarifLog.ToolComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<Result> results = new Results(input, locations, taxonomies, rules).all();
        return new SarifLog(SCHEMA, "2.1.0", List.of(run(results)));
    }

    private Run run(List<Result> results) {
        return new Run(
                new Tool(driver()),
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
                properties());
    }

    private ToolComponent driver() {
        return new ToolComponent(
                "Bartizan",
                Optional.empty(),
                Optional.empty(),
                Optional.of(assessment.toolVersion()),
                Optional.empty(),
                rules.written(),
                List.of(),
                taxonomies.components());
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new TreeMap<>();
        for (Standing standing : Standing.values()) {
            properties.put(standing.word(), assessment.standing(standing).size());
        }
        properties.put("ledgerAnchor", assessment.anchor());
        return properties;
    }

    private Invocation invocation() {
        List<Notification> notifications = new ArrayList<>();
        for (Evidence evidence : assessment.evidence()) {
            if (evidence.outcome() instanceof Outcome.Failed failed) {
                notifications.add(
                        notification(
                                "error",
                                failed.error(),
                                List.of(locations.of(evidence.element()))));
            }
        }
        assessment
                .notes()
                .forEach(note -> notifications.add(notification("note", note, List.of())));
        return new Invocation(
                true, assessment.at().truncatedTo(ChronoUnit.SECONDS).toString(), notifications);
    }

    private static Notification notification(String level, String text, List<Location> at) {
        return new Notification(new Message(VisibleText.of(text)), level, at, Optional.empty());
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
