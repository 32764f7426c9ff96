package dev.bartizan.reports.page;

import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.reports.markup.Markup;
import java.util.Locale;
import java.util.Optional;

/// A score as a bar from 0 to 1, with the line that it has to pass.
final class ScoreBar {
    private static final int LENGTH = 240;

    private final Markup markup;
    private final Optional<Double> threshold;

    ScoreBar(Markup markup, Optional<Double> threshold) {
        this.markup = markup;
        this.threshold = threshold;
    }

    void draw(String when, ChangedFields.Verdict verdict) {
        markup.element(
                "p",
                () -> {
                    markup.text(when + ": ");
                    markup.text("strong", verdict.answer());
                    markup.text(", score " + number(verdict.score()));
                    boolean isShare = verdict.score() >= 0 && verdict.score() <= 1;
                    if (isShare) {
                        bar(verdict.score());
                    }
                });
    }

    private void bar(double score) {
        boolean isOver = threshold.isEmpty() || score > threshold.get();
        markup.element(
                "svg",
                () -> {
                    rectangle("rest", LENGTH);
                    rectangle(isOver ? "over" : "under", Math.max(2, score * LENGTH));
                    threshold
                            .filter(each -> each >= 0 && each <= 1)
                            .ifPresent(each ->
                                    markup.empty(
                                            "path",
                                            "class",
                                            "limit",
                                            "d",
                                            "M" + round(each * LENGTH) + " 0v18"));
                },
                "class",
                "scorebar",
                "role",
                "img",
                "aria-label",
                "Score " + number(score) + threshold.map(t -> ", line at " + number(t)).orElse(""),
                "viewBox",
                "0 0 " + LENGTH + " 18",
                "width",
                String.valueOf(LENGTH),
                "height",
                "18");
    }

    private void rectangle(String style, double length) {
        markup.empty("path", "class", style, "d", "M0 4H" + round(length) + "V14H0z");
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
