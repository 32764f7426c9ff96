package dev.bartizan.reports.diagram;

import dev.bartizan.core.Flow;
import dev.bartizan.reports.diagram.Drawing.Box;
import dev.bartizan.reports.diagram.Drawing.Heading;
import dev.bartizan.reports.diagram.Drawing.Line;
import dev.bartizan.reports.diagram.Drawing.NodeBox;
import dev.bartizan.reports.diagram.Drawing.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the numbers and cuts of a route lie on a drawing, and the lines of steps that no declared
/// flow draws: what one element reads of another, which tools it calls.
final class RouteMarks {
    /// Diameter of a number's disc.
    static final int DISC = 20;

    /// Width of the word that marks a cut.
    static final int CUT_WIDTH = 30;

    private static final int CUT_HEIGHT = 16;
    private static final double[] NUMBERED = {0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9};

    private final List<Line> implied = new ArrayList<>();
    private final List<StepNumber> numbers = new ArrayList<>();
    private final List<Box> cuts = new ArrayList<>();
    private final List<Box> fences = new ArrayList<>();
    private final List<Box> taken = new ArrayList<>();

    /// The number of a step.
    record StepNumber(int number, Box box) {}

    private RouteMarks() {}

    static RouteMarks of(Drawing drawing, Route route) {
        RouteMarks marks = new RouteMarks();
        drawing.nodes().forEach(node -> marks.taken.add(node.box()));
        int number = 1;
        for (Flow step : route.steps()) {
            int label = number++;
            marks.line(drawing, step)
                    .flatMap(line -> marks.free(line, DISC, DISC))
                    .ifPresent(box -> marks.numbers.add(new StepNumber(label, box)));
        }
        route.joins().forEach(flow -> marks.line(drawing, flow));
        for (Flow flow : route.cutFlows()) {
            marks.line(drawing, flow)
                    .flatMap(line -> marks.free(line, CUT_WIDTH, CUT_HEIGHT))
                    .ifPresent(marks.cuts::add);
        }
        for (NodeBox node : drawing.nodes()) {
            if (route.cutElements().contains(node.element().id())) {
                marks.fence(node.box());
            }
        }
        return marks;
    }

    private void fence(Box box) {
        fences.add(new Box(box.x() - 5, box.y() - 5, box.width() + 10, box.height() + 10));
        cuts.add(
                new Box(
                        box.x() + box.width() - CUT_WIDTH - 6,
                        box.y() - 13,
                        CUT_WIDTH,
                        CUT_HEIGHT));
    }

    /// The line of a flow; made when nothing draws it.
    private Optional<Line> line(Drawing drawing, Flow flow) {
        Optional<Line> drawn =
                java.util.stream.Stream.concat(drawing.lines().stream(), implied.stream())
                        .filter(line -> Route.same(line.flow(), flow))
                        .findFirst();
        if (drawn.isPresent()) {
            return drawn;
        }
        Optional<Box> from = box(drawing, flow.from());
        Optional<Box> to = box(drawing, flow.to());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        Line line = between(flow, from.get(), to.get());
        implied.add(line);
        return Optional.of(line);
    }

    private static Optional<Box> box(Drawing drawing, String id) {
        return drawing.nodes().stream()
                .filter(node -> node.element().id().equals(id))
                .map(NodeBox::box)
                .findFirst();
    }

    private static Line between(Flow flow, Box from, Box to) {
        double fromX = from.x() + from.width() / 2.0;
        double toX = to.x() + to.width() / 2.0;
        if (to.y() >= from.y() + from.height()) {
            Point start = new Point(fromX, from.y() + (double) from.height());
            return new Line(flow, List.of(start, new Point(toX, to.y())), Heading.DOWN);
        }
        if (from.y() >= to.y() + to.height()) {
            Point end = new Point(toX, to.y() + (double) to.height());
            return new Line(flow, List.of(new Point(fromX, from.y()), end), Heading.UP);
        }
        // in one row: over the tops of both
        Point start = new Point(fromX, from.y());
        Point top = new Point((fromX + toX) / 2, Math.min(from.y(), to.y()) - 26.0);
        Point end = new Point(toX, to.y());
        return new Line(flow, List.of(start, top, top, end), Heading.DOWN);
    }

    private Optional<Box> free(Line line, int width, int height) {
        Optional<Box> last = Optional.empty();
        List<Point> points = line.points();
        for (int i = points.size() - 1; i > 0; i -= 2) {
            for (double t : NUMBERED) {
                Point at = FlowLabels.on(points.get(i - 1), points.get(i), t);
                Box box =
                        new Box(
                                (int) (at.x() - width / 2.0),
                                (int) (at.y() - height / 2.0),
                                width,
                                height);
                if (taken.stream().noneMatch(box::overlaps)) {
                    taken.add(box);
                    return Optional.of(box);
                }
                last = Optional.of(box);
            }
        }
        last.ifPresent(taken::add);
        return last;
    }

    /// Lines of steps that the drawing lacks.
    List<Line> implied() {
        return List.copyOf(implied);
    }

    /// The numbers of the steps, in order.
    List<StepNumber> numbers() {
        return List.copyOf(numbers);
    }

    /// Boxes of the word `cut`.
    List<Box> cuts() {
        return List.copyOf(cuts);
    }

    /// Frames around elements where a control would stand.
    List<Box> fences() {
        return List.copyOf(fences);
    }

    /// What is no room for other labels.
    List<Box> taken() {
        return List.copyOf(taken);
    }
}
