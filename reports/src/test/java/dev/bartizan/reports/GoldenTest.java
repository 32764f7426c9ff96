package dev.bartizan.reports;

import dev.bartizan.reports.page.HtmlReport;
import dev.bartizan.reports.page.PortfolioPage;
import dev.bartizan.reports.sarif.Sarif;
import dev.bartizan.reports.terminal.TerminalSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenTest {
    @Test
    void assessmentJsonIsAsReviewed() {
        Golden.assertGolden("assessment.json", AssessmentJson.write(Fixture.assessment()));
    }

    @Test
    void sarifIsAsReviewed() {
        Golden.assertGolden("findings.sarif", Sarif.write(Fixture.compared(), Path.of("")));
    }

    @Test
    void summaryIsAsReviewed() {
        Golden.assertGolden(
                "summary.txt", TerminalSummary.write(Fixture.input(), TerminalSummary.Style.PLAIN));
    }

    @Test
    void comparedSummaryInColourIsAsReviewed() {
        Golden.assertGolden(
                "summary-compared.txt",
                TerminalSummary.write(
                        Fixture.compared(),
                        new TerminalSummary.Style(80, TerminalSummary.Colour.ALWAYS)));
    }

    @Test
    void reportIsAsReviewed() {
        Golden.assertGolden("report.html", HtmlReport.write(Fixture.compared()));
    }

    @Test
    void portfolioIsAsReviewed() {
        Golden.assertGolden(
                "portfolio.html",
                PortfolioPage.write(
                        List.of(
                                new PortfolioPage.Entry(
                                        ReportInput.of(Fixture.assessment()), "quiet/report.html"),
                                new PortfolioPage.Entry(
                                        Fixture.compared(), "claims-desk/report.html"))));
    }
}
