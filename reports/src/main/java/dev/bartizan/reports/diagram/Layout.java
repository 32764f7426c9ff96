package dev.bartizan.reports.diagram;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Zone;
import dev.bartizan.reports.diagram.Drawing.Box;
import dev.bartizan.reports.diagram.Drawing.NodeBox;
import dev.bartizan.reports.diagram.Drawing.ZoneBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lays a system out in layers: one band per trust zone, the least trusted on top; within a band,
/// rows along the flows. Lines run between the rows and through slots that the rows keep free for
/// them, so that none crosses an element. After K. Sugiyama, S. Tagawa and M. Toda, "Methods for
/// visual understanding of hierarchical system structures" (IEEE Trans. SMC 11, 1981), with bands
/// for zones.
public final class Layout {
    private static final int MARGIN = 4;
    private static final int PADDING = 14;
    private static final int TITLE = 30;
    private static final int BAND_GAP = 22;
    private static final int SLOTS = 40;
    private static final int MIN_ROW_GAP = 40;
    private static final int MAX_ROW_GAP = 96;

    private final AiSystem system;
    private final Size size;
    private final List<Element> elements;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private Layout(AiSystem system, Size size) {
        this.system = system;
        this.size = size;
        this.elements = List.copyOf(system.elements().values());
        elements.forEach(element -> numbers.put(element.id(), numbers.size()));
        system.flows().stream()
                .filter(flow -> numbers.containsKey(flow.from()) && numbers.containsKey(flow.to()))
                .forEach(flows::add);
    }

    /// How wide the whole and its elements are.
    ///
    /// @param width of the whole
    /// @param nodeWidth of an element
    /// @param nodeHeight of an element
    /// @param nodeGap least distance between elements of a row
    public record Size(int width, int nodeWidth, int nodeHeight, int nodeGap) {
        /// For a screen or a page.
        public static final Size WIDE = new Size(1120, 186, 64, 26);

        /// For a telephone.
        public static final Size NARROW = new Size(360, 132, 78, 14);

        private int capacity() {
            int room = width - 2 * (MARGIN + PADDING) - SLOTS;
            return Math.max(1, (room + nodeGap) / (nodeWidth + nodeGap));
        }
    }

    /// Lays the system out.
    public static Drawing of(AiSystem system, Size size) {
        return new Layout(system, size).draw();
    }

    private Drawing draw() {
        Map<String, Zone> zones = fillRows();
        Routes routes = new Routes(size, rows, flows, numbers);
        routes.place(MARGIN + PADDING, size.width() - MARGIN - PADDING);
        List<ZoneBox> zoneBoxes = new ArrayList<>();
        int y = MARGIN;
        for (int first = 0; first < rows.size(); ) {
            String zone = rows.get(first).zone();
            int top = y;
            y += TITLE;
            int last = first;
            while (last < rows.size() && rows.get(last).zone().equals(zone)) {
                rows.get(last).moveTo(y);
                y += size.nodeHeight();
                last++;
                boolean isLast = last == rows.size() || !rows.get(last).zone().equals(zone);
                y += isLast ? PADDING + routes.dip(last - 1) : gap(routes.crossings(last - 1));
            }
            zoneBoxes.add(
                    new ZoneBox(
                            title(zone, zones),
                            new Box(MARGIN, top, size.width() - 2 * MARGIN, y - top)));
            y += last == rows.size() ? MARGIN : BAND_GAP + routes.crossings(last - 1) / 2;
            first = last;
        }
        return new Drawing(size.width(), Math.max(y, 1), zoneBoxes, nodes(), routes.lines());
    }

    private static int gap(int crossings) {
        return Math.min(MAX_ROW_GAP, MIN_ROW_GAP + 2 * crossings);
    }

    private static String title(String zone, Map<String, Zone> zones) {
        Zone known = zones.get(zone);
        if (known == null) {
            return zone.isEmpty() ? "in no zone" : zone;
        }
        return known.id() + " · " + known.trust().word();
    }

    private List<NodeBox> nodes() {
        List<NodeBox> nodes = new ArrayList<>();
        for (Row row : rows) {
            for (Row.Item item : row.items()) {
                if (item.node() >= 0) {
                    int x = (int) Math.round(item.x() - size.nodeWidth() / 2.0);
                    nodes.add(
                            new NodeBox(
                                    elements.get(item.node()),
                                    new Box(x, row.y(), size.nodeWidth(), size.nodeHeight())));
                }
            }
        }
        return nodes;
    }

    /// Fills the rows, band by band, and returns the zones by id.
    private Map<String, Zone> fillRows() {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        system.zones().values().stream()
                .sorted(Comparator.comparing(Zone::trust))
                .forEach(zone -> members.put(zone.id(), new ArrayList<>()));
        for (int node = 0; node < elements.size(); node++) {
            members.computeIfAbsent(elements.get(node).zone(), _ -> new ArrayList<>()).add(node);
        }
        members.forEach((zone, nodes) -> {
            int[] ranks = Graph.ranks(elements.size(), edgesWithin(nodes));
            for (List<Integer> row : Graph.rows(nodes, ranks, size.capacity())) {
                rows.add(new Row(zone, row));
            }
        });
        return system.zones();
    }

    private List<Graph.Edge> edgesWithin(List<Integer> nodes) {
        List<Graph.Edge> edges = new ArrayList<>();
        for (Flow flow : flows) {
            int from = numbers.getOrDefault(flow.from(), -1);
            int to = numbers.getOrDefault(flow.to(), -1);
            if (from != to && nodes.contains(from) && nodes.contains(to)) {
                edges.add(new Graph.Edge(from, to));
            }
        }
        return edges;
    }
}
