package dev.bartizan.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.KeptFiles;
import dev.bartizan.reports.ReportInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureSectionTest {
    private static ChangedFields fields(String hostile) {
        return new ChangedFields(
                "Changed fields",
                Optional.of(0.5),
                List.of(
                        new ChangedFields.Case(
                                "Sample 4" + hostile,
                                new ChangedFields.Verdict("fraud", 0.97),
                                new ChangedFields.Verdict("honest", 0.21),
                                "16 EUR",
                                List.of(
                                        new ChangedFields.Field(
                                                "photos" + hostile, "4", "12", "sent along"),
                                        new ChangedFields.Field(
                                                "report_delay", "16", "10", hostile)))),
                List.of(new ChangedFields.Point(0, 0), new ChangedFields.Point(16, 0.8)));
    }

    /// The fixture's page with a picture in every attachment whose name allows one.
    private static String page(ChangedFields fields, String extension) {
        Assessment assessment = withAttachment(Fixture.assessment(), extension);
        KeptFiles kept = _ -> Optional.of(fields.material().bytes());
        return HtmlReport.write(
                new ReportInput(
                        assessment, Optional.empty(), Gate.none(), List.of(), List.of(), kept));
    }

    private static Assessment withAttachment(Assessment from, String extension) {
        return new Assessment(
                from.system(),
                from.at(),
                from.toolVersion(),
                from.facts(),
                from.threats(),
                from.evidence().stream()
                        .map(e ->
                                new dev.bartizan.core.Evidence(
                                        e.id(),
                                        e.claim(),
                                        e.element(),
                                        e.source(),
                                        e.outcome(),
                                        e.summary(),
                                        e.target(),
                                        e.parameters(),
                                        e.seed(),
                                        e.started(),
                                        e.took(),
                                        e.freshUntil(),
                                        e.isSimulated(),
                                        e.findings(),
                                        e.raw().stream()
                                                .map(a ->
                                                        new dev.bartizan.core.Evidence.Attachment(
                                                                "raw/x" + extension, a.digest()))
                                                .toList()))
                        .toList(),
                from.coverage(),
                from.notes(),
                from.anchor());
    }

    @Test
    void rowsAreShownBeforeAndAfterWithTheirScores() {
        String html = page(fields(""), ChangedFields.EXTENSION);
        assertThat(html)
                .contains("What it looks like", "Sample 4: from fraud to honest for 16 EUR")
                .contains("<s>4</s>", "<mark>12</mark>", "score 0.97", "score 0.21")
                .contains("Score 0.21, line at 0.50", "costcurve");
    }

    @Test
    void otherFilesAreNoPictures() {
        assertThat(page(fields(""), ".json")).doesNotContain("What it looks like");
        assertThat(HtmlReport.write(Fixture.input())).doesNotContain("What it looks like");
    }

    @Test
    void hostileTextStaysText() {
        String html = page(fields("<script>alert(1)</script>\u202e"), ChangedFields.EXTENSION);
        assertThat(html).contains("&lt;script&gt;", "[U+202E]").doesNotContain("<script");
    }

    @Test
    void materialIsReadBackAndOtherBytesAreNot() {
        ChangedFields fields = fields("é");
        assertThat(ChangedFields.of(fields.material().bytes())).contains(fields);
        for (String other :
                List.of("", "{", "[]", "{\"exhibit\": 7}", "{\"exhibit\": \"other\"}")) {
            assertThat(ChangedFields.of(other.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
        assertThat(ChangedFields.of(new byte[(1 << 20) + 1])).isEmpty();
        String odd = "{\"exhibit\": \"changed-fields\", \"cases\": 7, \"curve\": {\"a\": null}}";
        assertThat(ChangedFields.of(odd.getBytes(StandardCharsets.UTF_8)))
                .hasValueSatisfying(read -> assertThat(read.cases()).isEmpty());
    }
}
