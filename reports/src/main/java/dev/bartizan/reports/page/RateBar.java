package dev.bartizan.reports.page;

import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.Locale;
import java.util.Optional;

/// A small picture of a rate: its interval on a line from 0 to 1, and what is tolerated.
final class RateBar {
    private static final int LENGTH = 240;
    private static final int LEFT = 4;
    private static final int MIDDLE = 9;

    private final Markup markup;

    RateBar(Markup markup) {
        this.markup = markup;
    }

    /// Draws it for an outcome with trials; nothing for another.
    void draw(Outcome outcome, Optional<Double> tolerance) {
        switch (outcome) {
            case Outcome.Confirmed(int trials, int successes, Interval interval) -> {
                if (interval.low() < interval.high()) {
                    bar((double) successes / trials, interval, tolerance);
                }
            }
            case Outcome.Withstood(int trials, int successes, Interval interval) ->
                    bar((double) successes / trials, interval, tolerance);
            case Outcome.Cleared _,
                    Outcome.Proved _,
                    Outcome.NotApplicable _,
                    Outcome.CouldNotTell _,
                    Outcome.Failed _ -> {}
        }
    }

    private void bar(double rate, Interval interval, Optional<Double> tolerance) {
        String said =
                "On a line from 0 to 100 %: "
                        + Words.lower(interval.low())
                        + " to "
                        + Words.upper(interval.high())
                        + tolerance.map(each -> ", tolerated " + Words.upper(each)).orElse("");
        markup.element(
                "svg",
                () -> {
                    line("axis", 0, 1, MIDDLE);
                    line("range", interval.low(), interval.high(), MIDDLE);
                    markup.empty(
                            "circle",
                            "class",
                            "rate",
                            "cx",
                            x(rate),
                            "cy",
                            String.valueOf(MIDDLE),
                            "r",
                            "4");
                    tolerance.ifPresent(each ->
                            markup.empty("path", "class", "limit", "d", "M" + x(each) + " 1v16"));
                },
                "class",
                "ratebar",
                "role",
                "img",
                "aria-label",
                said,
                "viewBox",
                "0 0 " + (LENGTH + 2 * LEFT) + " 18",
                "width",
                String.valueOf(LENGTH + 2 * LEFT),
                "height",
                "18");
        tolerance.ifPresent(each ->
                markup.text(
                        "small", "the upright line is the tolerated rate, " + Words.upper(each)));
    }

    private void line(String style, double from, double to, int y) {
        markup.empty("path", "class", style, "d", "M" + x(from) + " " + y + "H" + x(to));
    }

    private static String x(double rate) {
        return String.format(Locale.ROOT, "%.1f", LEFT + rate * LENGTH);
    }
}
