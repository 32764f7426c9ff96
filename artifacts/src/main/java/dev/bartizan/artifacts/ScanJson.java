package dev.bartizan.artifacts;

import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.artifacts.advisory.Confidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// A scan report as the JSON that `scan --format json` promises. Members of archives that are of a
/// known format or have findings stand behind their archive, under their own path; the archive's
/// entry sums them up. It is written as it is made: the text of a large tree never stands in
/// memory.
public final class ScanJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator out;

    private ScanJson(JsonGenerator out) {
        this.out = out;
    }

    /// The report as a text.
    ///
    /// @param toolVersion version of the tool
    public static String write(ScanReport report, String toolVersion) {
        StringWriter text = new StringWriter();
        write(report, toolVersion, text);
        return text.toString();
    }

    /// Writes the report; the writer stays open.
    ///
    /// @param toolVersion version of the tool
    public static void write(ScanReport report, String toolVersion, Writer into) {
        try (JsonGenerator out = FACTORY.createGenerator(new Indented(), into)) {
            new ScanJson(out).report(report, toolVersion);
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    }

    private void report(ScanReport report, String toolVersion) {
        out.writeStartObject();
        out.writeObjectPropertyStart("tool");
        out.writeStringProperty("name", "bartizan");
        out.writeStringProperty("version", toolVersion);
        out.writeEndObject();
        summary(report);
        out.writeArrayPropertyStart("files");
        report.files().forEach(file -> add(file, true));
        out.writeEndArray();
        out.writeEndObject();
    }

    private void summary(ScanReport report) {
        Map<Verdict, Integer> verdicts = new HashMap<>();
        Map<Severity, Integer> severities = new HashMap<>();
        for (FileReport file : report.files()) {
            verdicts.merge(file.verdict(), 1, Integer::sum);
            file.findings()
                    .forEach(finding -> severities.merge(finding.severity(), 1, Integer::sum));
        }
        out.writeObjectPropertyStart("summary");
        out.writeNumberProperty("files", report.files().size());
        out.writeObjectPropertyStart("verdicts");
        for (Verdict verdict : Verdict.values()) {
            out.writeNumberProperty(verdict.word(), verdicts.getOrDefault(verdict, 0));
        }
        out.writeEndObject();
        out.writeObjectPropertyStart("findings");
        for (Severity severity : Severity.values()) {
            out.writeNumberProperty(severity.word(), severities.getOrDefault(severity, 0));
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void add(FileReport file, boolean isTop) {
        if (isTop
                || !file.findings().isEmpty()
                || file.formats().stream().anyMatch(f -> !f.equals("text"))) {
            entry(file);
        }
        file.members().forEach(member -> add(member, false));
    }

    private void entry(FileReport file) {
        out.writeStartObject();
        out.writeStringProperty("path", file.path());
        out.writeStringProperty("verdict", file.verdict().word());
        list("formats", file.formats());
        out.writeArrayPropertyStart("findings");
        file.findings().forEach(this::finding);
        out.writeEndArray();
        out.writeObjectPropertyStart("covered");
        out.writeNumberProperty("bytes", file.coveredBytes());
        out.writeNumberProperty("of", file.totalBytes());
        out.writeEndObject();
        file.sha256().ifPresent(digest -> out.writeStringProperty("sha256", digest.hex()));
        if (!file.reaches().isEmpty()) {
            list("reaches", file.reaches());
        }
        if (!file.notCovered().isEmpty()) {
            list("notCovered", file.notCovered());
        }
        out.writeEndObject();
    }

    private void finding(Finding finding) {
        out.writeStartObject();
        out.writeStringProperty("rule", finding.rule());
        out.writeStringProperty("severity", finding.severity().word());
        out.writeStringProperty("message", finding.message());
        out.writeStringProperty("location", finding.location());
        out.writeStringProperty("mend", finding.mend());
        list("cwe", finding.cwe());
        list("atlas", finding.atlas());
        out.writeStringProperty("confidence", Confidence.of(finding).word());
        list("advisories", Advisories.bundled().of(finding));
        out.writeEndObject();
    }

    private void list(String name, List<String> texts) {
        out.writeArrayPropertyStart(name);
        texts.forEach(out::writeString);
        out.writeEndArray();
    }
}
