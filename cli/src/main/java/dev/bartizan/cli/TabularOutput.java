package dev.bartizan.cli;

import dev.bartizan.reports.page.EvasionPage;
import dev.bartizan.robustness.tabular.EvasionPicture;
import dev.bartizan.robustness.tabular.FieldChange;
import dev.bartizan.robustness.tabular.RowResult;
import dev.bartizan.robustness.tabular.SearchRecord;
import dev.bartizan.robustness.tabular.TabularResult;
import dev.bartizan.robustness.tabular.Transfer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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

    private static long exact(TabularResult result) {
        return result.rows().stream().filter(RowResult::isExact).count();
    }

    ObjectNode json() {
        TabularResult result = result();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        counts(node, result);
        node.put("norm", "cost");
        if (Double.isFinite(result.settings().maxCost())) {
            node.put("max_cost", result.settings().maxCost());
        }
        node.put("currency", result.described().currency());
        node.put("tier", tier).put("seed", result.settings().seed());
        node.put("seconds", took.toMillis() / 1e3).put("cpu_seconds", cpu.toMillis() / 1e3);
        ArrayNode attacks = node.putArray("attacks");
        for (SearchRecord search : result.searches()) {
            attacks.addObject()
                    .put("name", search.name())
                    .put("tried", search.tried())
                    .put("broken", search.broken())
                    .put("improved", search.improved())
                    .put("queries", search.queries());
        }
        ran.rival().ifPresent(rival -> rival(node, rival));
        ArrayNode rows = node.putArray("rows");
        result.rows().forEach(row -> rows.add(row(row)));
        return node;
    }

    /// What is said of a model under attack, be it the first or a second one.
    private void counts(ObjectNode node, TabularResult result) {
        node.put("n", result.rows().size());
        node.put("clean_correct", result.cleanCorrect());
        node.put("robust_correct", result.robustCorrect());
        node.put("attacked", result.attacked());
        node.put("evaded", result.with(RowResult.Outcome.EVADED).size());
        node.put("exact", exact(result));
        node.put("queries", result.queries());
        node.put("trustworthy", result.isTrustworthy());
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
    }

    private void rival(ObjectNode node, TabularRun.Rival rival) {
        ObjectNode challenger = node.putObject("challenger");
        challenger.put("model", rival.model().toString());
        counts(challenger, rival.result());
        ObjectNode transfer = node.putObject("transfer");
        transfer(transfer.putObject("to_challenger"), rival.toIt());
        transfer(transfer.putObject("to_champion"), rival.fromIt());
    }

    private static void transfer(ObjectNode node, Transfer transfer) {
        node.put("tried", transfer.tried()).put("succeeded", transfer.succeeded());
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

    /// The page with pictures.
    ///
    /// @param model its name
    /// @param threshold that was set
    /// @param command that makes it again
    EvasionPage page(String model, OptionalDouble threshold, String command) {
        TabularResult result = result();
        List<List<String>> facts = new ArrayList<>(facts("Model", result));
        ran.rival().ifPresent(rival -> facts.addAll(facts("Challenger", rival.result())));
        for (SearchRecord search : result.searches()) {
            facts.add(
                    List.of(
                            search.name(),
                            "broke %d of %d, made %d cheaper, asked %d rows"
                                    .formatted(
                                            search.broken(),
                                            search.tried(),
                                            search.improved(),
                                            search.queries())));
        }
        return new EvasionPage(
                model,
                result.with(RowResult.Outcome.EVADED).size()
                        + " of "
                        + result.attacked()
                        + " attacked rows evade it",
                facts,
                new EvasionPicture(result, threshold, List.of()).fields(),
                result.isTrustworthy() ? List.of() : List.of(doubts()),
                command);
    }

    private List<List<String>> facts(String who, TabularResult result) {
        StringWriter lines = new StringWriter();
        PrintWriter out = new PrintWriter(lines);
        summary(out, "", result);
        out.flush();
        return lines.toString().lines().map(line -> List.of(who, line)).toList();
    }

    private String doubts() {
        return result().unconfirmed()
                + " evasions were not confirmed by the file, "
                + result().violations()
                + " broke a constraint.";
    }

    void table(PrintWriter out) {
        TabularResult result = result();
        String unit = result.described().currency();
        List<RowResult> evaded = result.with(RowResult.Outcome.EVADED);
        summary(out, "", result);
        evaded.stream()
                .sorted((a, b) -> Double.compare(cost(a), cost(b)))
                .limit(SHOWN)
                .forEach(row -> out.println(line(row, unit)));
        ran.rival().ifPresent(rival -> rival(out, rival));
        out.printf(
                Locale.ROOT,
                "tier %s, seed %d, %d costs proved least, %d rows asked, %.1f s, %.1f s of CPU%n",
                tier,
                result.settings().seed(),
                exact(result),
                result.queries(),
                took.toMillis() / 1e3,
                cpu.toMillis() / 1e3);
        out.println(
                result.isTrustworthy()
                        ? "Every evasion was asked of the model alone and keeps every constraint."
                        : "Do not rely on it: " + doubts());
    }

    private void summary(PrintWriter out, String who, TabularResult result) {
        String unit = result.described().currency();
        out.printf(
                Locale.ROOT,
                "%s%d of %d rows right unchanged; %d of %d attacked rows evaded%s%n",
                who,
                result.cleanCorrect(),
                result.rows().size(),
                result.with(RowResult.Outcome.EVADED).size(),
                result.attacked(),
                Double.isFinite(result.settings().maxCost())
                        ? " for at most " + money(result.settings().maxCost(), unit)
                        : "");
        TabularResult.AtThreshold at = result.atThreshold(ran.losses());
        if (at.positives() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%sClass 1: %d of %d caught before, %d after; loss %s before, %s after%n",
                    who,
                    at.caughtBefore(),
                    at.positives(),
                    at.caughtAfter(),
                    number(at.lossBefore()),
                    number(at.lossAfter()));
        }
        result.medianCost()
                .ifPresent(cost ->
                        out.println(
                                who + "Half of the attacked rows fall for " + money(cost, unit)));
    }

    private void rival(PrintWriter out, TabularRun.Rival rival) {
        summary(out, "Challenger: ", rival.result());
        out.printf(
                Locale.ROOT,
                "Evasions of the champion work on the challenger %d times in %d, of the challenger"
                        + " on the champion %d in %d%n",
                rival.toIt().succeeded(),
                rival.toIt().tried(),
                rival.fromIt().succeeded(),
                rival.fromIt().tried());
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
