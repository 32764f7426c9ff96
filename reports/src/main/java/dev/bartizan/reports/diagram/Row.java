package dev.bartizan.reports.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A row of a diagram: elements, and slots through which lines pass. Changes while the layout is
/// made, and is not seen outside of it.
final class Row {
    private final String zone;
    private final List<Item> items = new ArrayList<>();
    private int y;

    Row(String zone, List<Integer> nodes) {
        this.zone = zone;
        nodes.forEach(node -> items.add(new Item(node)));
    }

    String zone() {
        return zone;
    }

    int y() {
        return y;
    }

    void moveTo(int top) {
        y = top;
    }

    List<Item> items() {
        return items;
    }

    /// Adds a slot for a line.
    Item addSlot() {
        Item slot = new Item(-1);
        items.add(slot);
        return slot;
    }

    /// An element or a slot, with its neighbours in other rows.
    static final class Item {
        private final int node;
        private final List<Item> above = new ArrayList<>();
        private final List<Item> below = new ArrayList<>();
        private double x;

        private Item(int node) {
            this.node = node;
        }

        /// Number of the element; negative for a slot.
        int node() {
            return node;
        }

        /// Middle of the item.
        double x() {
            return x;
        }

        double left(double nodeWidth) {
            return x - edge(this, nodeWidth);
        }

        double right(double nodeWidth) {
            return x + edge(this, nodeWidth);
        }

        void moveBy(double distance) {
            x += distance;
        }

        List<Item> above() {
            return above;
        }

        List<Item> below() {
            return below;
        }

        private double mean(List<Item> neighbours) {
            return neighbours.stream().mapToDouble(Item::x).average().orElse(x);
        }

        private double pull() {
            double sum = 0;
            for (Item item : above) {
                sum += item.x;
            }
            for (Item item : below) {
                sum += item.x;
            }
            int count = above.size() + below.size();
            return count == 0 ? x : sum / count;
        }
    }

    /// Sorts by the middle of the neighbours above, or below.
    void sortBy(boolean isAbove) {
        items.sort(
                Comparator.comparingDouble(item -> item.mean(isAbove ? item.above : item.below)));
    }

    /// Spreads the items evenly between the bounds, keeping their order.
    void spread(double left, double right, double nodeWidth, double nodeGap) {
        double[] distance = distances(left, right, nodeWidth, nodeGap);
        double total = edge(items.getFirst(), nodeWidth) + edge(items.getLast(), nodeWidth);
        for (double each : distance) {
            total += each;
        }
        double x = left + Math.max(0, right - left - total) / 2;
        x += edge(items.getFirst(), nodeWidth);
        for (int i = 0; i < items.size(); i++) {
            items.get(i).x = x;
            x += i < distance.length ? distance[i] : 0;
        }
    }

    /// Moves the items towards their neighbours as far as order, distances and bounds allow: the
    /// mean of packing from the left and from the right, each of which keeps them.
    void relax(double left, double right, double nodeWidth, double nodeGap) {
        int n = items.size();
        double[] distance = distances(left, right, nodeWidth, nodeGap);
        double[] low = new double[n];
        double[] high = new double[n];
        low[0] = left + edge(items.getFirst(), nodeWidth);
        for (int i = 1; i < n; i++) {
            low[i] = low[i - 1] + distance[i - 1];
        }
        high[n - 1] = right - edge(items.getLast(), nodeWidth);
        for (int i = n - 2; i >= 0; i--) {
            high[i] = high[i + 1] - distance[i];
        }
        double[] fromLeft = new double[n];
        double[] fromRight = new double[n];
        for (int i = 0; i < n; i++) {
            double wish = clamp(items.get(i).pull(), low[i], high[i]);
            fromLeft[i] = i == 0 ? wish : Math.max(wish, fromLeft[i - 1] + distance[i - 1]);
        }
        for (int i = n - 1; i >= 0; i--) {
            double wish = clamp(items.get(i).pull(), low[i], high[i]);
            fromRight[i] = i == n - 1 ? wish : Math.min(wish, fromRight[i + 1] - distance[i]);
        }
        for (int i = 0; i < n; i++) {
            items.get(i).x = (fromLeft[i] + fromRight[i]) / 2;
        }
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(value, Math.max(low, high)));
    }

    /// Distances between the middles of successive items; slots give way when the row is full.
    private double[] distances(double left, double right, double nodeWidth, double nodeGap) {
        double fixed = edge(items.getFirst(), nodeWidth) + edge(items.getLast(), nodeWidth);
        double soft = 0;
        for (int i = 0; i + 1 < items.size(); i++) {
            fixed += edge(items.get(i), nodeWidth) + edge(items.get(i + 1), nodeWidth);
            if (isBetweenNodes(i)) {
                fixed += nodeGap;
            } else {
                soft += nodeGap / 2;
            }
        }
        double scale = soft == 0 ? 1 : clamp((right - left - fixed) / soft, 0, 1);
        double[] distance = new double[items.size() - 1];
        for (int i = 0; i < distance.length; i++) {
            distance[i] =
                    edge(items.get(i), nodeWidth)
                            + edge(items.get(i + 1), nodeWidth)
                            + (isBetweenNodes(i) ? nodeGap : nodeGap / 2 * scale);
        }
        return distance;
    }

    private boolean isBetweenNodes(int i) {
        return items.get(i).node >= 0 && items.get(i + 1).node >= 0;
    }

    private static double edge(Item item, double nodeWidth) {
        return item.node >= 0 ? nodeWidth / 2 : 0;
    }
}
