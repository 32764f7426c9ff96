package dev.bartizan.reports.page;

import dev.bartizan.reports.WitnessWay;
import dev.bartizan.reports.diagram.Drawing;
import dev.bartizan.reports.diagram.Route;
import dev.bartizan.reports.diagram.Svg;
import dev.bartizan.reports.markup.Markup;
import java.util.List;
import java.util.Map;

/// Ways that data or authority can take and should not, each on a diagram of its own: the steps
/// numbered, the cut marked.
final class WaysSection {
    /// Larger systems get their ways in words only.
    private static final int MOST_ELEMENTS = 60;

    private static final int MOST_DRAWN = 8;

    private final Markup markup;
    private final Parts parts;
    private final List<WitnessWay> ways;
    private final Drawing drawing;
    private final Map<String, Svg.Mark> marks;

    WaysSection(Markup markup, Parts parts, List<WitnessWay> ways, SystemSection system) {
        this.markup = markup;
        this.parts = parts;
        this.ways = ways;
        this.drawing = system.wide();
        this.marks = system.marks();
    }

    void write() {
        parts.section(
                "ways",
                "Ways through the system",
                () -> {
                    String said =
                            "What data can reach by the flows drawn, whether a test confirmed it or"
                                    + " not: the shortest way and the smallest cut.";
                    markup.text("p", said).line();
                    for (int i = 0; i < ways.size(); i++) {
                        way(ways.get(i), i);
                    }
                });
    }

    private void way(WitnessWay way, int index) {
        boolean isDrawn = index < MOST_DRAWN && drawing.nodes().size() <= MOST_ELEMENTS;
        Markup.Content content =
                () -> {
                    markup.text("summary", way.title()).line();
                    words(way);
                    if (isDrawn) {
                        markup.element("figure", () -> draw(way)).line();
                    }
                };
        if (index == 0) {
            markup.element("details", content, "class", "way", "open", "open").line();
        } else {
            markup.element("details", content, "class", "way").line();
        }
    }

    private void words(WitnessWay way) {
        markup.element(
                        "dl",
                        () -> {
                            parts.entry("Way", String.join(" → ", way.elements()));
                            if (!way.joins().isEmpty()) {
                                parts.entry("Strangers", String.join(" → ", way.joining()));
                            }
                            parts.entry(
                                    "Cut",
                                    way.cutInWords()
                                            + (way.isSmallest()
                                                    ? ""
                                                    : " (a smaller one may exist)"));
                            parts.entry("Mend", way.mend());
                        },
                        "class",
                        "facts")
                .line();
    }

    private void draw(WitnessWay way) {
        Route route = new Route(way.steps(), way.joins(), way.cutFlows(), way.cutElements());
        new Svg(markup, marks, route).draw(drawing, way.title(), "wide");
    }
}
