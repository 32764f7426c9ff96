package dev.bartizan.reports.page;

import dev.bartizan.reports.markup.Markup;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// The page about an attack on a model: how many answers stayed right, under which budget, what an
/// attack looks like, and what speaks against the counts.
///
/// @param subject the model, as the user typed it
/// @param headline the result in one line
/// @param facts name and value
/// @param curve share of right answers by budget, from the smallest; empty when not measured
/// @param classes label, examples, right unchanged, right under attack
/// @param pictures examples that were broken
/// @param doubts what speaks against the counts, and what to do
/// @param corruptions name and right answers by severity, without an attacker; may be empty
/// @param command that makes the result again
public record AttackPage(
        String subject,
        String headline,
        List<List<String>> facts,
        List<CurvePoint> curve,
        List<List<String>> classes,
        List<Picture> pictures,
        List<List<String>> doubts,
        List<List<String>> corruptions,
        String command) {
    private static final int WIDE = 520;
    private static final int HIGH = 220;
    private static final int LEFT = 48;
    private static final int BOTTOM = 36;
    private static final int QUARTERS = 4;

    public AttackPage {
        facts = List.copyOf(facts);
        curve = List.copyOf(curve);
        classes = List.copyOf(classes);
        pictures = List.copyOf(pictures);
        doubts = List.copyOf(doubts);
        corruptions = List.copyOf(corruptions);
    }

    /// A point of the curve.
    ///
    /// @param budget in words
    /// @param share of answers that are right under attack, 0..1
    public record CurvePoint(String budget, double share) {}

    /// Three pictures of a broken example.
    ///
    /// @param caption what is answered before and after
    /// @param images original, change, result, as PNG
    public record Picture(String caption, List<byte[]> images) {
        public Picture {
            images = List.copyOf(images);
        }
    }

    /// The page as one HTML file.
    public String write() {
        Markup markup = new Markup();
        Parts parts = new Parts(markup);
        return PageFrame.writeWithPictures(
                markup,
                "Attack on " + subject,
                () -> {
                    markup.element("header", () -> header(markup)).line();
                    markup.element("main", () -> main(markup, parts), "id", "main").line();
                });
    }

    private void header(Markup markup) {
        markup.text("p", "Bartizan attack", "class", "kicker").line();
        markup.text("h1", subject + ": " + headline).line();
    }

    private void main(Markup markup, Parts parts) {
        if (doubts.isEmpty()) {
            markup.text("p", "Nothing speaks against these counts.").line();
        } else {
            parts.section(
                    "doubts",
                    "Do not rely on these counts",
                    () -> rows(parts, "Doubts", List.of("Sign", "What", "What to do"), doubts));
        }
        parts.section(
                "facts", "Result", () -> rows(parts, "Result", List.of("What", "Value"), facts));
        if (!curve.isEmpty()) {
            parts.section("curve", "Right answers by budget", () -> curve(markup, parts));
        }
        if (!pictures.isEmpty()) {
            parts.section("pictures", "What a broken example looks like", () -> pictures(markup));
        }
        parts.section(
                "classes",
                "By class",
                () ->
                        rows(
                                parts,
                                "By class",
                                List.of("Class", "Examples", "Right unchanged", "Under attack"),
                                classes));
        if (!corruptions.isEmpty()) {
            parts.section(
                    "corruptions",
                    "Right without an attacker",
                    () ->
                            rows(
                                    parts,
                                    "Right answers under common corruptions by severity",
                                    List.of("Corruption", "1", "2", "3", "4", "5"),
                                    corruptions));
        }
        parts.section(
                "again",
                "The same again",
                () -> markup.element("p", () -> markup.text("code", command)));
    }

    private static void rows(
            Parts parts, String name, List<String> heads, List<List<String>> rows) {
        parts.table(
                name,
                heads,
                rows.stream().map(row -> row.stream().map(parts::words).toList()).toList());
    }

    private void pictures(Markup markup) {
        markup.text(
                        "p",
                        "Original, change (stretched until the largest is black or white), result.")
                .line();
        for (Picture picture : pictures) {
            markup.element(
                            "figure",
                            () -> {
                                for (byte[] image : picture.images()) {
                                    markup.empty(
                                            "img",
                                            "src",
                                            "data:image/png;base64,"
                                                    + Base64.getEncoder().encodeToString(image),
                                            "alt",
                                            picture.caption());
                                    markup.text(" ");
                                }
                                markup.text("figcaption", picture.caption());
                            })
                    .line();
        }
    }

    private void curve(Markup markup, Parts parts) {
        markup.element(
                        "svg",
                        () -> drawing(markup),
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + WIDE + " " + HIGH,
                        "width",
                        Integer.toString(WIDE),
                        "height",
                        Integer.toString(HIGH),
                        "role",
                        "img",
                        "aria-label",
                        "Share of right answers by budget")
                .line();
        rows(
                parts,
                "Right answers by budget",
                List.of("Budget", "Right"),
                curve.stream()
                        .map(point -> List.of(point.budget(), percent(point.share())))
                        .toList());
    }

    private void drawing(Markup markup) {
        for (int i = 0; i <= QUARTERS; i++) {
            double share = i / (double) QUARTERS;
            String y = place(y(share));
            markup.empty(
                    "line",
                    "x1",
                    Integer.toString(LEFT),
                    "x2",
                    Integer.toString(WIDE),
                    "y1",
                    y,
                    "y2",
                    y,
                    "stroke",
                    "currentColor",
                    "stroke-opacity",
                    "0.2");
            label(markup, LEFT - 6.0, y(share) + 4, "end", percent(share));
        }
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.size(); i++) {
            points.append(place(x(i)))
                    .append(',')
                    .append(place(y(curve.get(i).share())))
                    .append(' ');
            label(markup, x(i), HIGH - 12.0, "middle", curve.get(i).budget());
        }
        markup.empty(
                "polyline",
                "points",
                points.toString().strip(),
                "fill",
                "none",
                "stroke",
                "currentColor",
                "stroke-width",
                "2");
        for (int i = 0; i < curve.size(); i++) {
            markup.empty(
                    "circle",
                    "cx",
                    place(x(i)),
                    "cy",
                    place(y(curve.get(i).share())),
                    "r",
                    "4",
                    "fill",
                    "currentColor");
        }
    }

    private static void label(Markup markup, double x, double y, String anchor, String text) {
        markup.text(
                "text",
                text,
                "x",
                place(x),
                "y",
                place(y),
                "text-anchor",
                anchor,
                "font-size",
                "12",
                "fill",
                "currentColor");
    }

    private double x(int point) {
        double room = WIDE - LEFT - 60.0;
        return LEFT + 30 + room * point / Math.max(1, curve.size() - 1);
    }

    private static double y(double share) {
        return 12 + (1 - share) * (HIGH - BOTTOM - 12);
    }

    private static String place(double at) {
        return String.format(Locale.ROOT, "%.1f", at);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
