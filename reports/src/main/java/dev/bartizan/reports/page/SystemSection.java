package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.AttackPath;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.diagram.Drawing;
import dev.bartizan.reports.diagram.Layout;
import dev.bartizan.reports.diagram.Route;
import dev.bartizan.reports.diagram.Svg;
import dev.bartizan.reports.markup.Markup;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The system's diagram, coloured and marked by standing, and the same as tables.
final class SystemSection {
    /// Standings from the most to the least urgent, as an element's colour takes the first it has.
    private static final List<Standing> URGENCY =
            List.of(
                    Standing.CONFIRMED,
                    Standing.STALE,
                    Standing.UNDETERMINED,
                    Standing.UNTESTED,
                    Standing.DECLARED,
                    Standing.ACCEPTED,
                    Standing.WITHSTOOD,
                    Standing.CLEARED,
                    Standing.PROVED);

    private final Markup markup;
    private final Parts parts;
    private final Assessment assessment;
    private final Overview overview;
    private final Map<String, Svg.Mark> marks = new LinkedHashMap<>();

    SystemSection(Markup markup, Parts parts, Assessment assessment, Overview overview) {
        this.markup = markup;
        this.parts = parts;
        this.assessment = assessment;
        this.overview = overview;
        assessment.system().elements().keySet().forEach(this::mark);
    }

    private void mark(String id) {
        List<AssessedThreat> threats =
                assessment.threats().stream()
                        .filter(threat -> threat.threat().at().equals(id))
                        .sorted(
                                Comparator.comparingInt((AssessedThreat threat) ->
                                                URGENCY.indexOf(threat.standing()))
                                        .thenComparing(Overview.WORST_FIRST))
                        .toList();
        if (threats.isEmpty()) {
            return;
        }
        AssessedThreat worst = threats.getFirst();
        marks.put(
                id,
                new Svg.Mark(
                        worst.standing(),
                        worst.standing().word() + " · " + threats.size(),
                        threats.stream().anyMatch(Overview::isSimulated),
                        "#" + worst.threat().id()));
    }

    void write() {
        parts.section(
                "system",
                "The system",
                () -> {
                    markup.element("figure", this::figure).line();
                    pathInWords();
                    markup.element("details", this::tables).line();
                });
    }

    /// How each element stands, by id.
    Map<String, Svg.Mark> marks() {
        return marks;
    }

    /// The system laid out for a wide page.
    Drawing wide() {
        return Layout.of(assessment.system(), Layout.Size.WIDE);
    }

    private void figure() {
        Route route =
                overview.path()
                        .map(path -> new Route(path.flows(), List.of(), path.cut(), List.of()))
                        .orElse(Route.NONE);
        Svg svg = new Svg(markup, marks, route);
        String title =
                "Diagram of "
                        + assessment.system().name()
                        + ": "
                        + Words.count(assessment.system().elements().size(), "element", "elements")
                        + " and "
                        + Words.count(assessment.system().flows().size(), "flow", "flows")
                        + ", elements marked by the standing of their worst threat";
        Drawing wide = wide();
        Drawing narrow = Layout.of(assessment.system(), Layout.Size.NARROW);
        svg.draw(wide, title, "wide");
        svg.draw(narrow, title, "narrow");
        int left = assessment.system().flows().size() - wide.lines().size();
        markup.element("figcaption", () -> legend(left));
    }

    private void legend(int left) {
        Set<Standing> used = EnumSet.noneOf(Standing.class);
        marks.values().forEach(mark -> used.add(mark.standing()));
        URGENCY.stream().filter(used::contains).forEach(parts::standing);
        if (left > 0) {
            String said = Words.count(left, "flow is", "flows are") + " not drawn; see the tables";
            markup.text("span", said, "class", "key");
        }
        if (overview.path().isPresent()) {
            markup.element(
                    "span",
                    () -> {
                        markup.element(
                                "svg",
                                () -> markup.empty("path", "class", "wire", "d", "M2 8h28"),
                                "class",
                                "flow hot",
                                "width",
                                "32",
                                "height",
                                "16",
                                "viewBox",
                                "0 0 32 16",
                                "aria-hidden",
                                "true");
                        markup.text("span", "path to a confirmed weakness, step by step");
                    },
                    "class",
                    "key");
        }
    }

    private void pathInWords() {
        if (overview.path().isEmpty()) {
            return;
        }
        AttackPath path = overview.path().get();
        markup.element(
                        "p",
                        () -> {
                            markup.text("strong", "The path that matters: ");
                            markup.text(String.join(" → ", path.elements()) + ". ");
                            markup.text(Words.capital(path.cutInWords()) + ".");
                        },
                        "class",
                        "path")
                .line();
    }

    private void tables() {
        markup.text("summary", "The same as tables").line();
        parts.table(
                "Elements",
                List.of("Element", "Kind", "Zone", "Worst standing"),
                assessment.system().elements().values().stream().map(this::row).toList());
        parts.table(
                "Flows",
                List.of("From", "To", "Carries"),
                assessment.system().flows().stream().map(this::row).toList());
    }

    private List<Markup.Content> row(Element element) {
        Svg.Mark mark = marks.get(element.id());
        return List.of(
                parts.words(element.label()),
                parts.words(element.kind().word()),
                parts.words(element.zone()),
                mark == null
                        ? parts.words("no threat")
                        : () -> markup.text("a", mark.words(), "href", mark.link()));
    }

    private List<Markup.Content> row(Flow flow) {
        return List.of(
                parts.words(flow.from()),
                parts.words(flow.to()),
                parts.words(String.join(", ", flow.carries())));
    }
}
