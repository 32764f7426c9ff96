package dev.bartizan.reports.sarif;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Finding;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.json.Json;
import dev.bartizan.reports.sarif.SarifLog.ArtifactLocation;
import dev.bartizan.reports.sarif.SarifLog.AutomationDetails;
import dev.bartizan.reports.sarif.SarifLog.Location;
import dev.bartizan.reports.sarif.SarifLog.LogicalLocation;
import dev.bartizan.reports.sarif.SarifLog.Message;
import dev.bartizan.reports.sarif.SarifLog.PhysicalLocation;
import dev.bartizan.reports.sarif.SarifLog.Result;
import dev.bartizan.reports.sarif.SarifLog.Run;
import dev.bartizan.reports.sarif.SarifLog.Tool;
import dev.bartizan.reports.sarif.SarifLog.ToolComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Findings in files as SARIF 2.1.0, without a system around them: what a scan leaves.
public final class FindingsSarif {
    private final Taxonomies taxonomies = new Taxonomies();
    private final Rules rules = new Rules(taxonomies);

    private FindingsSarif() {}

    /// The log as JSON.
    ///
    /// @param findings by file as the user typed it; `archive!member` for members
    /// @param toolVersion version of the tool
    /// @param id unique name of this run
    public static String write(Map<String, List<Finding>> findings, String toolVersion, UUID id) {
        return Json.print(
                Sarif.RECORDS.valueToTree(new FindingsSarif().log(findings, toolVersion, id)));
    }

    private SarifLog log(Map<String, List<Finding>> findings, String toolVersion, UUID id) {
        findings.values().forEach(list -> list.forEach(rules::add));
        List<Result> results = new ArrayList<>();
        findings.forEach((file, list) -> list.forEach(each -> results.add(result(file, each))));
        return new SarifLog(Sarif.SCHEMA, "2.1.0", List.of(run(results, toolVersion, id)));
    }

    private Run run(List<Result> results, String toolVersion, UUID id) {
        ToolComponent driver =
                new ToolComponent(
                        "Bartizan",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(toolVersion),
                        Optional.empty(),
                        rules.written(),
                        List.of(),
                        taxonomies.components());
        return new Run(
                new Tool(driver),
                new AutomationDetails("bartizan/scan/", id.toString()),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                results,
                taxonomies.written(),
                "unicodeCodePoints",
                Map.of());
    }

    private Result result(String file, Finding finding) {
        String fingerprint =
                Digest.composite(
                                Map.of(
                                        "rule", finding.rule(),
                                        "file", file,
                                        "message", finding.message(),
                                        "location", finding.location()))
                        .hex();
        return new Result(
                finding.rule(),
                rules.indexOf(finding.rule()),
                "fail",
                Sarif.level(finding.severity()),
                new Message(VisibleText.of(finding.message())),
                List.of(location(file, finding)),
                Map.of("bartizanFinding/v1", fingerprint),
                Optional.empty(),
                List.of(),
                taxonomies.references(Map.of("cwe", finding.cwe(), "atlas", finding.atlas())),
                Map.of("severity", finding.severity().word()));
    }

    private static Location location(String file, Finding finding) {
        int member = file.indexOf('!');
        String outer = member < 0 ? file : file.substring(0, member);
        return new Location(
                Optional.of(
                        new PhysicalLocation(
                                new ArtifactLocation(
                                        Optional.of(Locations.escape(outer)),
                                        Optional.empty(),
                                        Optional.empty()),
                                Locations.region(Optional.of(finding.location())))),
                List.of(
                        new LogicalLocation(
                                VisibleText.of(finding.location()),
                                VisibleText.of(file),
                                "member",
                                Optional.empty())),
                Optional.empty());
    }
}
