package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.core.Finding;
import dev.bartizan.reports.VisibleText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A scan as JUnit XML, the form that CI servers show: a test case for each file, failed when the
/// gate fails it.
final class ScanJunit {
    private ScanJunit() {}

    static String write(ScanReport report, List<FileReport> failed) {
        Set<String> failing = new HashSet<>();
        failed.forEach(file -> failing.add(file.path()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites><testsuite name=\"bartizan scan\" tests=\"")
                .append(report.files().size())
                .append("\" failures=\"")
                .append(failing.size())
                .append("\">\n");
        for (FileReport file : report.files()) {
            xml.append("  <testcase classname=\"bartizan.scan\" name=\"")
                    .append(escaped(file.path()))
                    .append('"');
            if (failing.contains(file.path())) {
                xml.append("><failure message=\"").append(file.verdict().word()).append("\">");
                for (Finding finding : file.findings()) {
                    xml.append(
                                    escaped(
                                            finding.severity().word()
                                                    + " "
                                                    + finding.rule()
                                                    + " at "
                                                    + finding.location()
                                                    + ": "
                                                    + finding.message()
                                                    + advisories(finding)))
                            .append('\n');
                }
                xml.append("</failure></testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        return xml.append("</testsuite></testsuites>\n").toString();
    }

    private static String advisories(Finding finding) {
        List<String> ids = Advisories.bundled().of(finding);
        return ids.isEmpty() ? "" : " (" + String.join(", ", ids) + ")";
    }

    private static String escaped(String text) {
        return VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
