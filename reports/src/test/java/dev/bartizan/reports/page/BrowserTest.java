package dev.bartizan.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.RandomAssessment;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.TestSystems;
import dev.bartizan.reports.page.Browser.View;
import dev.bartizan.reports.page.Browser.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Opens the pages in a real browser. `-Dpictures=FOLDER` keeps what it saw.
class BrowserTest {
    private static final List<View> VIEWS =
            List.of(
                    new View(1280, "light", "screen"),
                    new View(1280, "dark", "screen"),
                    new View(900, "light", "screen"),
                    new View(400, "light", "screen"),
                    new View(400, "dark", "screen"),
                    new View(320, "light", "screen"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void pagesFitTheWindowAskForNothingAndSayNothing() throws IOException {
        Map<String, String> pages = pages();
        try (Browser browser = Browser.open(folder.resolve("profile"))) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Path file = folder.resolve(page.getKey() + ".html");
                Files.writeString(file, page.getValue());
                for (View view : VIEWS) {
                    String name = page.getKey() + "-" + view.width() + "-" + view.scheme();
                    Visit visit = browser.visit(file.toUri(), view, picture(name));

                    assertThat(visit.innerWidth()).as(name).isEqualTo(view.width());
                    assertThat(visit.scrollWidth()).as(name).isLessThanOrEqualTo(view.width());
                    assertThat(visit.requests()).as(name).isEmpty();
                    assertThat(visit.complaints()).as(name).isEmpty();
                }
            }
        }
    }

    @Test
    void brokenPageIsNoticed() throws IOException {
        Path file = folder.resolve("broken.html");
        Files.writeString(
                file,
                "<!DOCTYPE html><title>x</title><link rel=stylesheet href=x.css>"
                        + "<script>console.error('bad')</script>"
                        + "<div style='width:3000px'>wide</div>");
        try (Browser browser = Browser.open(folder.resolve("profile"))) {
            Visit visit =
                    browser.visit(file.toUri(), new View(400, "light", "screen"), Optional.empty());

            assertThat(visit.scrollWidth()).isGreaterThan(400);
            assertThat(visit.requests()).hasSize(1);
            assertThat(visit.complaints()).isNotEmpty();
        }
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("report", HtmlReport.write(Fixture.compared()));
        pages.put(
                "portfolio",
                PortfolioPage.write(
                        List.of(
                                new PortfolioPage.Entry(Fixture.compared(), "a/report.html"),
                                new PortfolioPage.Entry(
                                        ReportInput.of(RandomAssessment.of(11)),
                                        "b/report.html"))));
        for (long seed : new long[] {1, 2}) {
            pages.put(
                    "hostile-" + seed,
                    HtmlReport.write(
                            new ReportInput(
                                    RandomAssessment.of(seed),
                                    Optional.empty(),
                                    Gate.none(),
                                    Fixture.offers())));
        }
        pages.put("single", HtmlReport.write(ReportInput.of(TestSystems.bare(1, 0, 1))));
        pages.put("crowd", HtmlReport.write(ReportInput.of(TestSystems.bare(150, 300, 5))));
        return pages;
    }

    private static Optional<Path> picture(String name) throws IOException {
        Optional<Path> pictures = Optional.ofNullable(System.getProperty("pictures")).map(Path::of);
        if (pictures.isPresent()) {
            Files.createDirectories(pictures.get());
        }
        return pictures.map(each -> each.resolve(name + ".png"));
    }
}
