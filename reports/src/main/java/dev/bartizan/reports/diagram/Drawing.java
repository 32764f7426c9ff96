package dev.bartizan.reports.diagram;

import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import java.util.List;

/// A laid-out diagram: where everything lies, in the units of its own width and height.
///
/// @param width of the whole
/// @param height of the whole
/// @param zones boxes of the trust zones, from the top down
/// @param nodes boxes of the elements
/// @param lines the flows
public record Drawing(
        int width, int height, List<ZoneBox> zones, List<NodeBox> nodes, List<Line> lines) {
    public Drawing {
        zones = List.copyOf(zones);
        nodes = List.copyOf(nodes);
        lines = List.copyOf(lines);
    }

    /// A rectangle, `x` and `y` its upper left corner.
    public record Box(int x, int y, int width, int height) {
        /// Whether the two share any point.
        public boolean overlaps(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        /// Whether the other lies inside.
        public boolean holds(Box other) {
            return other.x >= x
                    && other.y >= y
                    && other.x + other.width <= x + width
                    && other.y + other.height <= y + height;
        }
    }

    /// A trust zone.
    ///
    /// @param title its name and how far it is trusted
    /// @param box where it lies
    public record ZoneBox(String title, Box box) {}

    /// An element.
    ///
    /// @param element which one
    /// @param box where it lies
    public record NodeBox(Element element, Box box) {}

    /// A flow.
    ///
    /// @param flow which one
    /// @param points corners it runs through; vertical inside rows, bent between them
    /// @param heading which way its end points
    public record Line(Flow flow, List<Point> points, Heading heading) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /// A point.
    public record Point(double x, double y) {}

    /// Which way an arrow points.
    public enum Heading {
        DOWN,
        UP,
        LEFT,
        RIGHT
    }
}
