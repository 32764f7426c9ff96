package dev.bartizan.reports.diagram;

import dev.bartizan.core.Flow;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.diagram.Drawing.Box;
import dev.bartizan.reports.diagram.Drawing.Heading;
import dev.bartizan.reports.diagram.Drawing.Line;
import dev.bartizan.reports.diagram.Drawing.NodeBox;
import dev.bartizan.reports.diagram.Drawing.Point;
import dev.bartizan.reports.markup.Markup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Draws a diagram as SVG. Colours come from the page's style sheet; every colour is doubled by a
/// symbol and a word.
public final class Svg {
    private static final int ICON = 18;
    private static final int TALL = 76;
    private static final double LABEL = 12.5;
    private static final int ARROW = 7;

    private final Markup markup;
    private final Map<String, Mark> marks;
    private final Route route;

    /// @param markup where to draw
    /// @param marks how each element stands, by id; elements without one carry no threat
    /// @param route the way to draw thick, with its cut
    public Svg(Markup markup, Map<String, Mark> marks, Route route) {
        this.markup = markup;
        this.marks = Map.copyOf(marks);
        this.route = route;
    }

    /// How an element stands.
    ///
    /// @param standing worst standing of its threats
    /// @param words the same in words with the number of threats, such as `confirmed · 2`
    /// @param isSimulated whether any of it comes from a simulation
    /// @param link address of the threat that says more
    public record Mark(Standing standing, String words, boolean isSimulated, String link) {}

    /// Draws it.
    ///
    /// @param title what it shows, for those who cannot see it
    /// @param variant class of the drawing: `wide` or `narrow`
    public void draw(Drawing drawing, String title, String variant) {
        markup.element(
                "svg",
                () -> {
                    markup.line();
                    RouteMarks places = RouteMarks.of(drawing, route);
                    drawing.zones().forEach(zone -> zone(zone.title(), zone.box()));
                    drawing.lines().stream()
                            .filter(line -> !route.has(line.flow()))
                            .forEach(line -> line(line, "flow"));
                    places.implied().forEach(line -> line(line, "flow hot implied"));
                    drawing.lines().stream()
                            .filter(line -> route.has(line.flow()))
                            .forEach(line -> line(line, "flow hot"));
                    FlowLabels.of(drawing, places.taken()).forEach(this::label);
                    drawing.nodes().forEach(this::node);
                    places.fences().forEach(box -> rect(box, "fence", 10));
                    places.numbers().forEach(this::number);
                    places.cuts().forEach(this::cut);
                },
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "diagram " + variant,
                "viewBox",
                "0 0 " + drawing.width() + " " + drawing.height(),
                "role",
                "group",
                "aria-label",
                title);
    }

    private void zone(String title, Box box) {
        markup.element(
                        "g",
                        () -> {
                            rect(box, "zone", 10);
                            markup.text(
                                    "text",
                                    Lettering.fit(title, box.width() - 24, 12),
                                    "class",
                                    "zone-title",
                                    "x",
                                    String.valueOf(box.x() + 12),
                                    "y",
                                    String.valueOf(box.y() + 19));
                        })
                .line();
    }

    private void rect(Box box, String style, int radius) {
        markup.empty(
                "rect",
                "class",
                style,
                "x",
                String.valueOf(box.x()),
                "y",
                String.valueOf(box.y()),
                "width",
                String.valueOf(box.width()),
                "height",
                String.valueOf(box.height()),
                "rx",
                String.valueOf(radius));
    }

    private void number(RouteMarks.StepNumber number) {
        Box box = number.box();
        String x = String.valueOf(box.x() + RouteMarks.DISC / 2);
        int y = box.y() + RouteMarks.DISC / 2;
        markup.element(
                        "g",
                        () -> {
                            markup.empty(
                                    "circle",
                                    "cx",
                                    x,
                                    "cy",
                                    String.valueOf(y),
                                    "r",
                                    String.valueOf(RouteMarks.DISC / 2));
                            markup.text(
                                    "text",
                                    String.valueOf(number.number()),
                                    "x",
                                    x,
                                    "y",
                                    String.valueOf(y + 4));
                        },
                        "class",
                        "step")
                .line();
    }

    private void cut(Box box) {
        markup.element(
                        "g",
                        () -> {
                            rect(box, "tag", 4);
                            markup.text(
                                    "text",
                                    "cut",
                                    "x",
                                    String.valueOf(box.x() + box.width() / 2),
                                    "y",
                                    String.valueOf(box.y() + 12));
                        },
                        "class",
                        "cut")
                .line();
    }

    private void line(Line line, String style) {
        Flow flow = line.flow();
        boolean isHot = route.has(flow);
        String carries = flow.carries().isEmpty() ? "" : ": " + String.join(", ", flow.carries());
        markup.element(
                        "g",
                        () -> {
                            markup.text(
                                    "title",
                                    flow.from()
                                            + " → "
                                            + flow.to()
                                            + carries
                                            + (isHot ? " (on the way)" : "")
                                            + (route.isCut(flow) ? " (cut here)" : ""));
                            markup.empty("path", "class", "wire", "d", curve(line));
                            markup.empty(
                                    "path", "class", "tip", "d", tip(line, isHot ? 11 : ARROW));
                        },
                        "class",
                        style)
                .line();
    }

    private void label(FlowLabels.Label label) {
        markup.text(
                        "text",
                        label.text(),
                        "class",
                        "carries",
                        "x",
                        String.valueOf(label.box().x() + label.box().width() / 2),
                        "y",
                        String.valueOf(label.box().y() + 10))
                .line();
    }

    private static String curve(Line line) {
        List<Point> points = line.points();
        StringBuilder d = new StringBuilder("M").append(at(points.getFirst()));
        if (points.size() == 4
                && points.get(1).y() == points.get(2).y()
                && points.getFirst().y() == points.getLast().y()) {
            return d.append("C")
                    .append(at(points.get(1)))
                    .append(' ')
                    .append(at(points.get(2)))
                    .append(' ')
                    .append(at(points.get(3)))
                    .toString();
        }
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            if (i % 2 == 0) {
                d.append('L').append(at(to));
                continue;
            }
            double middle = (from.y() + to.y()) / 2;
            d.append('C')
                    .append(at(new Point(from.x(), middle)))
                    .append(' ')
                    .append(at(new Point(to.x(), middle)))
                    .append(' ')
                    .append(at(to));
        }
        return d.toString();
    }

    private static String at(Point point) {
        return number(point.x()) + " " + number(point.y());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String tip(Line line, int length) {
        Point end = line.points().getLast();
        int along = line.heading() == Heading.DOWN ? -length : length;
        double half = length * 0.55;
        return "M" + at(end) + "l" + number(-half) + " " + along + "h" + number(2 * half) + "z";
    }

    private void node(NodeBox node) {
        Optional<Mark> mark = Optional.ofNullable(marks.get(node.element().id()));
        String standing = mark.map(each -> each.standing().word()).orElse("none");
        String words = mark.map(Mark::words).orElse("no threat");
        String kind =
                node.element().kind().word()
                        + (mark.filter(Mark::isSimulated).isPresent() ? " · simulated" : "");
        String label = node.element().label() + ", " + kind + ": " + words;
        Markup.Content content = () -> face(node, standing, List.of(kind, words), label);
        if (mark.isPresent()) {
            markup.element(
                    "a",
                    content,
                    "href",
                    mark.get().link(),
                    "class",
                    "node s-" + standing,
                    "aria-label",
                    label);
        } else {
            markup.element(
                    "g", content, "class", "node s-none", "role", "img", "aria-label", label);
        }
        markup.line();
    }

    private void face(NodeBox node, String standing, List<String> under, String label) {
        Box box = node.box();
        int left = box.x() + 10;
        int room = box.width() - 16;
        int indent = ICON + 4;
        markup.text("title", label);
        rect(box, "face", 8);
        markup.empty(
                "use",
                "href",
                "#i-" + standing,
                "x",
                String.valueOf(left - 2),
                "y",
                String.valueOf(box.y() + 8),
                "width",
                String.valueOf(ICON),
                "height",
                String.valueOf(ICON));
        int y = box.y() + 22;
        for (String line : label(node, room - indent)) {
            letters("label", line, left + indent, y);
            y += 15;
        }
        letters(
                "kind",
                Lettering.fit(under.getFirst(), room, 11),
                left,
                box.y() + box.height() - 24);
        letters(
                "state",
                Lettering.fit(under.getLast(), room, 11),
                left,
                box.y() + box.height() - 9);
    }

    private static List<String> label(NodeBox node, int room) {
        String label = node.element().label();
        return node.box().height() < TALL
                ? List.of(Lettering.fit(label, room, LABEL))
                : Lettering.twoLines(label, room, LABEL);
    }

    private void letters(String style, String text, int x, int y) {
        markup.text("text", text, "class", style, "x", String.valueOf(x), "y", String.valueOf(y));
    }
}
