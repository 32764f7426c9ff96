package dev.bartizan.reports.diagram;

import dev.bartizan.reports.diagram.Drawing.Box;
import dev.bartizan.reports.diagram.Drawing.Line;
import dev.bartizan.reports.diagram.Drawing.Point;
import java.util.ArrayList;
import java.util.List;

/// What flows carry, written beside the lines where there is room: between the rows, over no
/// element, zone title or other label. A flow without room goes without; tooltip and table tell
/// what it carries.
final class FlowLabels {
    /// Size of the letters.
    static final double FONT = 10.5;

    private static final int MOST_LINES = 40;
    private static final int LEAST_WIDTH = 800;
    private static final int MOST_WIDTH = 130;
    private static final int HEIGHT = 13;
    private static final int TITLE_WIDTH = 220;
    private static final int TITLE_HEIGHT = 26;
    private static final double[] ALONG = {0.5, 0.35, 0.65, 0.25, 0.75};

    private FlowLabels() {}

    /// A text and the box it fills.
    record Label(String text, Box box) {}

    /// The labels of a drawing; none when it is crowded or narrow.
    static List<Label> of(Drawing drawing) {
        return of(drawing, List.of());
    }

    /// The labels of a drawing beside boxes that are taken already.
    static List<Label> of(Drawing drawing, List<Box> before) {
        if (drawing.lines().size() > MOST_LINES || drawing.width() < LEAST_WIDTH) {
            return List.of();
        }
        List<Box> taken = new ArrayList<>(before);
        drawing.nodes().forEach(node -> taken.add(node.box()));
        drawing.zones()
                .forEach(zone ->
                        taken.add(
                                new Box(
                                        zone.box().x(),
                                        zone.box().y(),
                                        TITLE_WIDTH,
                                        TITLE_HEIGHT)));
        List<Label> labels = new ArrayList<>();
        for (Line line : drawing.lines()) {
            String text = String.join(", ", line.flow().carries());
            if (!text.isBlank()) {
                place(line, Lettering.fit(text, MOST_WIDTH, FONT), taken, drawing, labels);
            }
        }
        return labels;
    }

    private static void place(
            Line line, String text, List<Box> taken, Drawing drawing, List<Label> labels) {
        int width = (int) Math.ceil(Lettering.width(text, FONT));
        Box page = new Box(0, 0, drawing.width(), drawing.height());
        for (Point middle : places(line)) {
            Box box =
                    new Box(
                            (int) (middle.x() - width / 2.0),
                            (int) (middle.y() - HEIGHT / 2.0),
                            width,
                            HEIGHT);
            if (page.holds(box) && taken.stream().noneMatch(box::overlaps)) {
                taken.add(box);
                labels.add(new Label(text, box));
                return;
            }
        }
    }

    /// Points of the bends between the rows, the last bend first, since there a line is nearest to
    /// where its content goes.
    private static List<Point> places(Line line) {
        List<Point> points = line.points();
        List<Point> places = new ArrayList<>();
        for (int i = points.size() - 1; i > 0; i -= 2) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            for (double t : ALONG) {
                places.add(on(from, to, t));
            }
        }
        return places;
    }

    /// The point of the bend at `t` in 0..1: a cubic curve with upright ends.
    static Point on(Point from, Point to, double t) {
        double u = 1 - t;
        double turn = t * t * (3 - 2 * t);
        double middle = (from.y() + to.y()) / 2;
        double y = u * u * u * from.y() + 3 * u * t * middle * (u + t) + t * t * t * to.y();
        return new Point(from.x() + (to.x() - from.x()) * turn, y);
    }
}
