package dev.bartizan.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Assessment;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.RandomAssessment;
import dev.bartizan.reports.ReportInput;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class MarkupSafetyTest {
    private static final Set<String> KNOWN =
            Set.of(
                    "html",
                    "head",
                    "meta",
                    "title",
                    "style",
                    "body",
                    "header",
                    "nav",
                    "main",
                    "footer",
                    "section",
                    "article",
                    "figure",
                    "figcaption",
                    "details",
                    "summary",
                    "div",
                    "p",
                    "span",
                    "strong",
                    "a",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "pre",
                    "code",
                    "small",
                    "svg",
                    "symbol",
                    "use",
                    "g",
                    "rect",
                    "path",
                    "text",
                    "circle",
                    "s",
                    "mark");

    @Test
    void hostileAssessmentsYieldOnlyOurOwnMarkup() throws Exception {
        for (long seed = 0; seed < 80; seed++) {
            ReportInput input = input(seed);

            assertOwn(HtmlReport.write(input), seed);
            assertOwn(
                    PortfolioPage.write(
                            List.of(
                                    new PortfolioPage.Entry(input, "a/report.html"),
                                    new PortfolioPage.Entry(input(seed + 7), "b/report.html"))),
                    seed);
        }
    }

    @Test
    void hostileNamesAreShownEscaped() {
        String html = HtmlReport.write(input(3));

        assertThat(html).contains("[U+202E]").doesNotContain("\u202e", "<script", "\u001b");
    }

    @Test
    void everyInternalLinkHasItsTarget() throws Exception {
        Document page = parse(HtmlReport.write(Fixture.compared()));
        Set<String> ids = new TreeSet<>();
        Set<String> wanted = new TreeSet<>();
        for (Element element : elements(page)) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as("id used once: " + element.getAttribute("id"))
                        .isTrue();
            }
            for (String name : List.of("href", "aria-labelledby")) {
                String value = element.getAttribute(name);
                if (value.startsWith("#") || (name.startsWith("aria") && !value.isEmpty())) {
                    wanted.add(value.replace("#", ""));
                }
            }
        }

        assertThat(ids).containsAll(wanted);
    }

    @Test
    void headingsNeverSkipALevel() throws Exception {
        int level = 0;
        for (Element element : elements(parse(HtmlReport.write(Fixture.compared())))) {
            if (element.getTagName().matches("h[1-6]")) {
                int next = element.getTagName().charAt(1) - '0';
                assertThat(next).as(element.getTextContent()).isLessThanOrEqualTo(level + 1);
                level = next;
            }
        }

        assertThat(level).isPositive();
    }

    @Test
    void pictureElementsHaveNamesOrAreHidden() throws Exception {
        for (Element element : elements(parse(HtmlReport.write(Fixture.compared())))) {
            if (element.getTagName().equals("svg")) {
                assertThat(
                                element.hasAttribute("aria-label")
                                        || element.getAttribute("aria-hidden").equals("true"))
                        .isTrue();
            }
            if (element.getTagName().equals("th")) {
                assertThat(element.getAttribute("scope")).isIn("col", "row");
            }
        }
    }

    private static ReportInput input(long seed) {
        Assessment now = RandomAssessment.of(seed);
        Comparison comparison =
                Comparison.between(
                        ComparableAssessment.of(RandomAssessment.of(seed + 1)),
                        ComparableAssessment.of(now));
        return new ReportInput(now, Optional.of(comparison), Gate.none(), Fixture.offers());
    }

    private static void assertOwn(String html, long seed) throws Exception {
        Document page = parse(html);
        for (Element element : elements(page)) {
            assertThat(KNOWN).as("seed " + seed).contains(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String name = element.getAttributes().item(i).getNodeName();
                String value = element.getAttributes().item(i).getNodeValue();
                assertThat(name).as("seed " + seed).doesNotStartWith("on").isNotEqualTo("style");
                if (name.equals("href")) {
                    assertThat(value).matches("#[A-Za-z0-9-]+|evidence/.*|[ab]/report\\.html");
                    assertThat(value).doesNotContain("..", "//");
                }
            }
        }
        assertThat(
                        html.codePoints()
                                .filter(each -> each != '\n')
                                .noneMatch(MarkupSafetyTest::isUnseen))
                .as("seed " + seed)
                .isTrue();
    }

    private static boolean isUnseen(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR;
    }

    private static List<Element> elements(Document page) {
        NodeList all = page.getElementsByTagName("*");
        return java.util.stream.IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    private static Document parse(String html)
            throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)));
    }
}
