package dev.bartizan.cli;

import dev.bartizan.robustness.tabular.FieldChange;
import dev.bartizan.robustness.tabular.RowResult;
import dev.bartizan.robustness.tabular.TabularResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what an attack on a table found.
///
/// @param ran the result
/// @param tier as it was asked for
/// @param took wall time
/// @param cpu time of all processors
record TabularOutput(TabularRun.Ran ran, String tier, Duration took, Duration cpu) {
    private static final int SHOWN = 5;

    private TabularResult result() {
        return ran.result();
    }

    private long exact() {
        return result().rows().stream().filter(RowResult::isExact).count();
    }

    ObjectNode json() {
        TabularResult result = result();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("n", result.rows().size());
        node.put("clean_correct", result.cleanCorrect());
        node.put("robust_correct", result.robustCorrect());
        node.put("norm", "cost");
        if (Double.isFinite(result.settings().maxCost())) {
            node.put("max_cost", result.settings().maxCost());
        }
        node.put("currency", result.described().currency());
        node.put("tier", tier).put("trustworthy", result.isTrustworthy());
        node.put("seed", result.settings().seed());
        node.put("seconds", took.toMillis() / 1e3).put("cpu_seconds", cpu.toMillis() / 1e3);
        node.put("attacked", result.attacked());
        node.put("evaded", result.with(RowResult.Outcome.EVADED).size());
        node.put("exact", exact());
        node.put("queries", result.queries());
        node.put("violations", result.violations());
        node.put("unconfirmed", result.unconfirmed());
        result.medianCost().ifPresent(cost -> node.put("median_cost", cost));
        ArrayNode curve = node.putArray("curve");
        result.curve()
                .forEach(point ->
                        curve.addObject()
                                .put("cost", point.cost())
                                .put("success", point.success()));
        TabularResult.AtThreshold at = result.atThreshold(ran.losses());
        node.putObject("class_1")
                .put("rows", at.positives())
                .put("caught_before", at.caughtBefore())
                .put("caught_after", at.caughtAfter())
                .put("loss_before", at.lossBefore())
                .put("loss_after", at.lossAfter());
        ArrayNode rows = node.putArray("rows");
        result.rows().forEach(row -> rows.add(row(row)));
        return node;
    }

    private static ObjectNode row(RowResult row) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("row", row.row()).put("label", row.label());
        node.put("outcome", row.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("score_before", row.before().score());
        node.put("exact", row.isExact());
        row.lowerBound()
                .ifPresent(bound -> {
                    if (Double.isFinite(bound)) {
                        node.put("lower_bound", bound);
                    }
                });
        row.evasion()
                .ifPresent(found -> {
                    node.put("cost", found.cost());
                    node.put("answer_after", found.after().label());
                    node.put("score_after", found.after().score());
                    ArrayNode changes = node.putArray("changes");
                    for (FieldChange change : found.changes()) {
                        changes.addObject()
                                .put("field", change.name())
                                .put("from", change.from())
                                .put("to", change.to())
                                .put("cost", change.cost())
                                .put("by", change.by());
                    }
                });
        return node;
    }

    void table(PrintWriter out) {
        TabularResult result = result();
        String unit = result.described().currency();
        List<RowResult> evaded = result.with(RowResult.Outcome.EVADED);
        out.printf(
                Locale.ROOT,
                "%d of %d rows right unchanged; %d of %d attacked rows evaded%s%n",
                result.cleanCorrect(),
                result.rows().size(),
                evaded.size(),
                result.attacked(),
                Double.isFinite(result.settings().maxCost())
                        ? " for at most " + money(result.settings().maxCost(), unit)
                        : "");
        TabularResult.AtThreshold at = result.atThreshold(ran.losses());
        if (at.positives() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Class 1: %d of %d caught before, %d after; loss %s before, %s after%n",
                    at.caughtBefore(),
                    at.positives(),
                    at.caughtAfter(),
                    number(at.lossBefore()),
                    number(at.lossAfter()));
        }
        result.medianCost()
                .ifPresent(cost ->
                        out.println("Half of the attacked rows fall for " + money(cost, unit)));
        evaded.stream()
                .sorted((a, b) -> Double.compare(cost(a), cost(b)))
                .limit(SHOWN)
                .forEach(row -> out.println(line(row, unit)));
        out.printf(
                Locale.ROOT,
                "tier %s, seed %d, %d costs proved least, %d rows asked, %.1f s, %.1f s of CPU%n",
                tier,
                result.settings().seed(),
                exact(),
                result.queries(),
                took.toMillis() / 1e3,
                cpu.toMillis() / 1e3);
        out.println(
                result.isTrustworthy()
                        ? "Every evasion was asked of the file alone and keeps every constraint."
                        : "Do not rely on it: "
                                + result.unconfirmed()
                                + " evasions were not confirmed by the file, "
                                + result.violations()
                                + " broke a constraint.");
    }

    private static double cost(RowResult row) {
        return row.evasion().map(RowResult.FoundEvasion::cost).orElse(Double.POSITIVE_INFINITY);
    }

    private static String line(RowResult row, String unit) {
        RowResult.FoundEvasion found = row.evasion().orElseThrow();
        String changes =
                found.changes().stream()
                        .map(change ->
                                change.name()
                                        + " "
                                        + number(change.from())
                                        + " -> "
                                        + number(change.to()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "  row %d, score %.3f -> %.3f, %s%s: %s",
                row.row(),
                row.before().score(),
                found.after().score(),
                money(found.cost(), unit),
                row.isExact() ? " (least)" : "",
                changes);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String money(double value, String unit) {
        return unit.isEmpty() ? "cost " + number(value) : number(value) + " " + unit;
    }
}
