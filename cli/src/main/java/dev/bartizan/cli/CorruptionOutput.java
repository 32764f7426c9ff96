package dev.bartizan.cli;

import dev.bartizan.robustness.corruption.CorruptionResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes how many answers stay right without an attacker.
///
/// @param result what was counted
record CorruptionOutput(CorruptionResult result) {
    /// `n`, `clean_correct`, `mean_accuracy` and `by_corruption[]`, each with counts by severity.
    ObjectNode json() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("n", result.rows());
        node.put("clean_correct", result.cleanCorrect());
        node.put("mean_accuracy", result.meanAccuracy());
        ArrayNode all = node.putArray("by_corruption");
        result.counts()
                .forEach(count -> {
                    ObjectNode one = all.addObject().put("name", count.corruption().word());
                    ArrayNode correct = one.putArray("correct");
                    count.correct().forEach(correct::add);
                });
        return node;
    }

    void table(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Common corruptions, no attacker: %d of %d right unchanged, on average %.1f %% right%n",
                result.cleanCorrect(),
                result.rows(),
                100 * result.meanAccuracy());
        result.counts()
                .forEach(count ->
                        out.printf(
                                Locale.ROOT,
                                "  %-15s right at severity 1 to 5: %s%n",
                                count.corruption().word(),
                                String.join(
                                        ", ",
                                        count.correct().stream().map(String::valueOf).toList())));
    }

    /// Rows of a table: name and counts by severity.
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        result.counts()
                .forEach(count -> {
                    List<String> row = new ArrayList<>();
                    row.add(count.corruption().word());
                    count.correct().forEach(right -> row.add(String.valueOf(right)));
                    rows.add(row);
                });
        return rows;
    }
}
