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
import dev.bartizan.reports.sarif.SarifLog.Suppression;
import dev.bartizan.reports.sarif.SarifLog.Tool;
import dev.bartizan.reports.sarif.SarifLog.ToolComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Findings in files as SARIF 2.1.0, without a system around them: what a scan leaves.
public final class FindingsSarif {
    private static final Pattern OFFSET = Pattern.compile("[@#][^/!]*$");

    private final Taxonomies taxonomies = new Taxonomies();
    private final Rules rules = new Rules(taxonomies);
    private final Map<String, Integer> seen = new HashMap<>();
    private final Function<Finding, Remark> remarks;

    private FindingsSarif(Function<Finding, Remark> remarks) {
        this.remarks = remarks;
    }

    /// What is known of a finding beyond itself.
    ///
    /// @param confidence how sure it is: `high`, `medium` or `low`
    /// @param advisories published ones it is an instance of (`CVE-…`, `GHSA-…`)
    /// @param passed why it does not fail the scan, when something lets it pass
    public record Remark(String confidence, List<String> advisories, Optional<String> passed) {
        public Remark {
            advisories = List.copyOf(advisories);
        }
    }

    /// The log as JSON.
    ///
    /// @param findings by file as the user typed it; `archive!member` for members
    /// @param toolVersion version of the tool
    /// @param id unique name of this run
    /// @param remarks what is known of each finding
    public static String write(
            Map<String, List<Finding>> findings,
            String toolVersion,
            UUID id,
            Function<Finding, Remark> remarks) {
        return Json.print(
                Sarif.RECORDS.valueToTree(
                        new FindingsSarif(remarks).log(findings, toolVersion, id)));
    }

    private SarifLog log(Map<String, List<Finding>> findings, String toolVersion, UUID id) {
        findings.values()
                .forEach(list ->
                        list.forEach(each -> {
                            Remark remark = remarks.apply(each);
                            rules.add(each, remark.confidence());
                            taxonomies.addAdvisories(remark.advisories());
                        }));
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
        Remark remark = remarks.apply(finding);
        Map<String, Object> properties = new TreeMap<>();
        properties.put("severity", finding.severity().word());
        properties.put("confidence", remark.confidence());
        if (!remark.advisories().isEmpty()) {
            properties.put("advisories", remark.advisories());
        }
        Map<String, List<String>> taxa = new HashMap<>(Taxonomies.advisories(remark.advisories()));
        taxa.put("cwe", finding.cwe());
        taxa.put("atlas", finding.atlas());
        return new Result(
                finding.rule(),
                rules.indexOf(finding.rule()),
                "fail",
                Sarif.level(finding.severity()),
                new Message(VisibleText.of(finding.message())),
                List.of(location(file, finding)),
                Map.of("bartizanFinding/v2", fingerprint(file, finding)),
                Optional.empty(),
                remark.passed().stream()
                        .map(why -> new Suppression("external", VisibleText.of(why)))
                        .toList(),
                taxonomies.references(taxa),
                properties);
    }

    /// What stays the same when bytes before the place move; equal ones are numbered.
    private String fingerprint(String file, Finding finding) {
        String place = OFFSET.matcher(finding.location()).replaceFirst("");
        String what = String.join("\n", finding.rule(), file, finding.message(), place);
        int number = seen.merge(what, 1, Integer::sum);
        return Digest.composite(Map.of("what", what, "number", String.valueOf(number))).hex();
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
