package dev.bartizan.cli;

import dev.bartizan.core.Interval;
import dev.bartizan.robustness.MinimalResult;
import dev.bartizan.robustness.MinimalResult.Middle;
import dev.bartizan.robustness.Norm;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes how small the smallest changes are that turn answers.
///
/// @param result what was found
/// @param norm in which sizes are counted
record SmallestOutput(MinimalResult result, Norm norm) {
    /// `median`, `interval` (of the median, 95 %), `right` and `found`; a bound that is not known
    /// is null. Then `by_class`, `curve` and, for each example in order, `sizes` (0 when it is
    /// answered wrongly unchanged, null when no change was found).
    ObjectNode json() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("norm", norm.word());
        put(node, result.middle());
        ArrayNode classes = node.putArray("by_class");
        result.byClass()
                .forEach((label, middle) -> put(classes.addObject().put("class", label), middle));
        ArrayNode curve = node.putArray("curve");
        result.curve()
                .forEach(point -> {
                    ObjectNode at = curve.addObject();
                    at.put("eps", point.eps()).put("robust_correct", point.robustCorrect());
                    Interval interval = point.interval(result.whole().rows());
                    at.putArray("interval").add(interval.low()).add(interval.high());
                });
        ArrayNode sizes = node.putArray("sizes");
        for (int row = 0; row < result.whole().rows(); row++) {
            double size = result.size(row);
            if (Double.isFinite(size)) {
                sizes.add(size);
            } else {
                sizes.addNull();
            }
        }
        return node;
    }

    private static void put(ObjectNode node, Middle middle) {
        put(node, "median", middle.median());
        ArrayNode interval = node.putArray("interval");
        for (OptionalDouble end : new OptionalDouble[] {middle.low(), middle.high()}) {
            if (end.isPresent()) {
                interval.add(end.getAsDouble());
            } else {
                interval.addNull();
            }
        }
        node.put("right", middle.right()).put("found", middle.found());
    }

    private static void put(ObjectNode node, String name, OptionalDouble number) {
        if (number.isPresent()) {
            node.put(name, number.getAsDouble());
        } else {
            node.putNull(name);
        }
    }

    void table(PrintWriter out) {
        out.println("Smallest change that turns a right answer (" + norm.word() + "):");
        out.println("  median " + words(result.middle()));
        result.byClass()
                .forEach((label, middle) ->
                        out.println("    class " + label + ": " + words(middle)));
        result.curve()
                .forEach(point ->
                        out.printf(
                                Locale.ROOT,
                                "  up to %-10.4g %d of %d right%n",
                                point.eps(),
                                point.robustCorrect(),
                                result.whole().rows()));
    }

    /// The median, its interval, and of how many examples.
    static String words(Middle middle) {
        boolean isBounded = middle.low().isPresent() || middle.high().isPresent();
        String interval =
                isBounded
                        ? " (95 %% interval %s to %s)"
                                .formatted(number(middle.low()), number(middle.high()))
                        : "";
        return "%s%s, found for %d of %d right answers"
                .formatted(number(middle.median()), interval, middle.found(), middle.right());
    }

    private static String number(OptionalDouble number) {
        return number.isPresent()
                ? String.format(Locale.ROOT, "%.4g", number.getAsDouble())
                : "unknown";
    }
}
