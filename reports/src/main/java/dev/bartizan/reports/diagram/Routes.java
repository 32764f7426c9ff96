package dev.bartizan.reports.diagram;

import dev.bartizan.core.Flow;
import dev.bartizan.reports.diagram.Drawing.Heading;
import dev.bartizan.reports.diagram.Drawing.Line;
import dev.bartizan.reports.diagram.Drawing.Point;
import dev.bartizan.reports.diagram.Row.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leads the flows between the rows: each takes a slot in every row that it passes, leaves an
/// element at its lower or upper edge, and ends likewise.
final class Routes {
    private static final int SWEEPS = 12;
    private static final int RELAXATIONS = 24;
    private static final int DIP = 26;

    /// Beyond these, flows are left out: the drawing would take long and show nothing.
    private static final int MOST_SLOTS = 60_000;

    private static final int MOST_ROUTES = 2_000;

    private static final double PORT_SPAN = 0.72;

    private final Layout.Size size;
    private final List<Row> rows;
    private final List<Route> routes = new ArrayList<>();
    private final Map<Integer, Integer> rowOf = new HashMap<>();
    private final Map<Integer, Item> itemOf = new HashMap<>();
    private int slots;

    /// One flow: the items it runs through, from its source to its destination.
    private record Route(int number, Flow flow, int fromRow, int toRow, List<Item> items) {
        boolean isLevel() {
            return fromRow == toRow;
        }
    }

    Routes(Layout.Size size, List<Row> rows, List<Flow> flows, Map<String, Integer> numbers) {
        this.size = size;
        this.rows = rows;
        for (int row = 0; row < rows.size(); row++) {
            for (Item item : rows.get(row).items()) {
                rowOf.put(item.node(), row);
                itemOf.put(item.node(), item);
            }
        }
        for (Flow flow : flows) {
            add(flow, numbers.getOrDefault(flow.from(), -1), numbers.getOrDefault(flow.to(), -1));
        }
    }

    private void add(Flow flow, int from, int to) {
        int fromRow = rowOf.getOrDefault(from, 0);
        int toRow = rowOf.getOrDefault(to, 0);
        int step = Integer.signum(toRow - fromRow);
        slots += Math.max(0, Math.abs(toRow - fromRow) - 1);
        if (slots > MOST_SLOTS || routes.size() >= MOST_ROUTES) {
            return;
        }
        List<Item> items = new ArrayList<>();
        Item last = item(from);
        items.add(last);
        for (int row = fromRow + step; row != toRow; row += step) {
            Item slot = rows.get(row).addSlot();
            join(last, slot, step);
            items.add(slot);
            last = slot;
        }
        join(last, item(to), step);
        items.add(item(to));
        routes.add(new Route(routes.size(), flow, fromRow, toRow, items));
    }

    private Item item(int node) {
        Item item = itemOf.get(node);
        if (item == null) {
            throw new IllegalStateException("No element of number " + node);
        }
        return item;
    }

    private static void join(Item first, Item second, int step) {
        if (step > 0) {
            first.below().add(second);
            second.above().add(first);
        } else if (step < 0) {
            first.above().add(second);
            second.below().add(first);
        }
    }

    /// Orders the rows to have few crossings, then gives every item its place.
    void place(int left, int right) {
        rows.forEach(row -> row.spread(left, right, size.nodeWidth(), size.nodeGap()));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean isDown = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(isDown ? i : rows.size() - 1 - i);
                row.sortBy(isDown);
                row.spread(left, right, size.nodeWidth(), size.nodeGap());
            }
        }
        for (int i = 0; i < RELAXATIONS; i++) {
            for (int j = 0; j < rows.size(); j++) {
                rows.get(i % 2 == 0 ? j : rows.size() - 1 - j)
                        .relax(left, right, size.nodeWidth(), size.nodeGap());
            }
        }
        centre(left, right);
    }

    /// Moves everything sideways by the same distance, so that the whole lies in the middle.
    private void centre(int left, int right) {
        double first = right;
        double last = left;
        for (Row row : rows) {
            first = Math.min(first, row.items().getFirst().left(size.nodeWidth()));
            last = Math.max(last, row.items().getLast().right(size.nodeWidth()));
        }
        double shift = (left + right - first - last) / 2;
        rows.forEach(row -> row.items().forEach(item -> item.moveBy(shift)));
    }

    /// How many lines run between that row and the next.
    int crossings(int row) {
        int crossings = 0;
        for (Route route : routes) {
            int top = Math.min(route.fromRow(), route.toRow());
            int bottom = Math.max(route.fromRow(), route.toRow());
            if (top <= row && row < bottom) {
                crossings++;
            }
        }
        return crossings;
    }

    /// Room that lines within that row need below it.
    int dip(int row) {
        return routes.stream().anyMatch(route -> route.isLevel() && route.fromRow() == row)
                ? DIP
                : 0;
    }

    /// The lines, once the rows have their heights.
    List<Line> lines() {
        Map<Item, List<Port>> lower = new HashMap<>();
        Map<Item, List<Port>> upper = new HashMap<>();
        for (Route route : routes) {
            Item from = route.items().getFirst();
            Item to = route.items().getLast();
            boolean isDown = route.toRow() >= route.fromRow();
            boolean endsBelow = route.toRow() <= route.fromRow();
            (isDown ? lower : upper)
                    .computeIfAbsent(from, _ -> new ArrayList<>())
                    .add(new Port(new End(route.number(), true), route.items().get(1)));
            (endsBelow ? lower : upper)
                    .computeIfAbsent(to, _ -> new ArrayList<>())
                    .add(
                            new Port(
                                    new End(route.number(), false),
                                    route.items().get(route.items().size() - 2)));
        }
        Map<End, Double> ports = new HashMap<>();
        lower.forEach((item, ends) -> spread(item, ends, ports));
        upper.forEach((item, ends) -> spread(item, ends, ports));
        return routes.stream().map(route -> line(route, ports)).toList();
    }

    /// An end of a route at an element.
    private record End(int route, boolean isStart) {}

    /// Where an end may lie: at an element, pulled towards the item that the route goes to from
    /// there.
    private record Port(End end, Item other) {}

    private void spread(Item item, List<Port> ends, Map<End, Double> ports) {
        ends.sort(Comparator.comparingDouble(end -> end.other().x()));
        double span = size.nodeWidth() * PORT_SPAN;
        for (int i = 0; i < ends.size(); i++) {
            double share = (i + 1.0) / (ends.size() + 1) - 0.5;
            ports.put(ends.get(i).end(), item.x() + share * span);
        }
    }

    private Line line(Route route, Map<End, Double> ports) {
        List<Item> items = route.items();
        double start = ports.getOrDefault(new End(route.number(), true), 0.0);
        double end = ports.getOrDefault(new End(route.number(), false), 0.0);
        int height = size.nodeHeight();
        if (route.isLevel()) {
            int bottom = rows.get(route.fromRow()).y() + height;
            return new Line(
                    route.flow(),
                    List.of(
                            new Point(start, bottom),
                            new Point(start, bottom + DIP),
                            new Point(end, bottom + DIP),
                            new Point(end, bottom)),
                    Heading.UP);
        }
        int step = Integer.signum(route.toRow() - route.fromRow());
        List<Point> points = new ArrayList<>();
        points.add(new Point(start, rows.get(route.fromRow()).y() + (step > 0 ? height : 0)));
        int row = route.fromRow() + step;
        for (Item slot : items.subList(1, items.size() - 1)) {
            int y = rows.get(row).y();
            points.add(new Point(slot.x(), step > 0 ? y : y + height));
            points.add(new Point(slot.x(), step > 0 ? y + height : y));
            row += step;
        }
        points.add(new Point(end, rows.get(route.toRow()).y() + (step > 0 ? 0 : height)));
        return new Line(route.flow(), points, step > 0 ? Heading.DOWN : Heading.UP);
    }
}
