package dev.bartizan.reports.page;

import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.markup.Markup;
import java.util.List;
import java.util.Locale;

/// How many rows fall by what it costs, as a line of steps.
final class CostCurve {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 120;
    private static final int LEFT = 44;
    private static final int BOTTOM = 22;

    private final Markup markup;

    CostCurve(Markup markup) {
        this.markup = markup;
    }

    /// Draws it; nothing for fewer than two points.
    void draw(List<ChangedFields.Point> points) {
        double most = points.stream().mapToDouble(ChangedFields.Point::cost).max().orElse(0);
        if (points.size() < 2 || !(most > 0) || Double.isInfinite(most)) {
            return;
        }
        double end = points.getLast().share();
        markup.element(
                "svg",
                () -> {
                    markup.empty(
                            "path",
                            "class",
                            "axis",
                            "d",
                            "M" + LEFT + " 8V" + HEIGHT + "H" + (LEFT + WIDTH));
                    markup.empty("path", "class", "steps", "d", path(points, most));
                    label("end", LEFT - 6, y(1) + 4, "100 %");
                    label("end", LEFT - 6, y(0) + 4, "0");
                    label("start", LEFT, HEIGHT + 16, "share of rows that fall, by cost");
                    label("end", LEFT + WIDTH, HEIGHT + 16, number(most));
                },
                "class",
                "costcurve",
                "role",
                "img",
                "aria-label",
                "Rows that fall: " + number(100 * end) + " % at a cost of " + number(most),
                "viewBox",
                "0 0 " + (LEFT + WIDTH + 8) + " " + (HEIGHT + BOTTOM),
                "width",
                String.valueOf(LEFT + WIDTH + 8),
                "height",
                String.valueOf(HEIGHT + BOTTOM));
    }

    private static String path(List<ChangedFields.Point> points, double most) {
        StringBuilder path = new StringBuilder("M" + LEFT + " " + number(y(0)));
        for (ChangedFields.Point point : points) {
            double x = LEFT + WIDTH * Math.clamp(point.cost() / most, 0, 1);
            path.append('H').append(number(x)).append('V').append(number(y(point.share())));
        }
        return path.toString();
    }

    private static double y(double share) {
        return HEIGHT - (HEIGHT - 12) * Math.clamp(share, 0, 1);
    }

    private void label(String anchor, double x, double y, String text) {
        markup.text("text", text, "text-anchor", anchor, "x", number(x), "y", number(y));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
