package dev.bartizan.artifacts;

import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.artifacts.advisory.Confidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A scan report as the JSON that `scan --format json` promises. Members of archives that are of a
/// known format or have findings stand behind their archive, under their own path; the archive's
/// entry sums them up.
public final class ScanJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ScanJson() {}

    /// Writes the report.
    ///
    /// @param toolVersion version of the tool
    public static String write(ScanReport report, String toolVersion) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("tool", Map.of("name", "bartizan", "version", toolVersion));
        root.put("summary", summary(report));
        List<Map<String, Object>> files = new ArrayList<>();
        report.files().forEach(file -> add(file, true, files));
        root.put("files", files);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static Map<String, Object> summary(ScanReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("files", report.files().size());
        Map<String, Object> verdicts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(
                    verdict.word(),
                    report.files().stream().filter(file -> file.verdict() == verdict).count());
        }
        summary.put("verdicts", verdicts);
        Map<String, Object> severities = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            severities.put(
                    severity.word(),
                    report.files().stream()
                            .flatMap(file -> file.findings().stream())
                            .filter(finding -> finding.severity() == severity)
                            .count());
        }
        summary.put("findings", severities);
        return summary;
    }

    private static void add(FileReport file, boolean isTop, List<Map<String, Object>> into) {
        if (isTop
                || !file.findings().isEmpty()
                || file.formats().stream().anyMatch(f -> !f.equals("text"))) {
            into.add(entry(file));
        }
        file.members().forEach(member -> add(member, false, into));
    }

    private static Map<String, Object> entry(FileReport file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", file.path());
        entry.put("verdict", file.verdict().word());
        entry.put("formats", file.formats());
        entry.put("findings", file.findings().stream().map(ScanJson::finding).toList());
        Map<String, Object> covered = new LinkedHashMap<>();
        covered.put("bytes", file.coveredBytes());
        covered.put("of", file.totalBytes());
        entry.put("covered", covered);
        file.sha256().ifPresent(digest -> entry.put("sha256", digest.hex()));
        if (!file.reaches().isEmpty()) {
            entry.put("reaches", file.reaches());
        }
        if (!file.notCovered().isEmpty()) {
            entry.put("notCovered", file.notCovered());
        }
        return entry;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("rule", finding.rule());
        entry.put("severity", finding.severity().word());
        entry.put("message", finding.message());
        entry.put("location", finding.location());
        entry.put("mend", finding.mend());
        entry.put("cwe", finding.cwe());
        entry.put("atlas", finding.atlas());
        entry.put("confidence", Confidence.of(finding).word());
        entry.put("advisories", Advisories.bundled().of(finding));
        return entry;
    }
}
