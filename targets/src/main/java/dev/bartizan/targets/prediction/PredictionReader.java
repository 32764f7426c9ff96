package dev.bartizan.targets.prediction;

import dev.bartizan.core.JsonNumbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Finds predictions in the answer of an endpoint, whatever its shape: rows of scores, one score
/// for two classes, a map from class to score, or classes.
public final class PredictionReader {
    private static final int MAX_CLASSES = 100_000;
    private static final int MAX_DEPTH = 6;
    private static final List<String> AROUND =
            List.of("predictions", "outputs", "output", "results", "result", "data", "response");
    private static final List<String> SCORES =
            List.of("scores", "probabilities", "probability", "probs", "logits", "confidences");
    private static final List<String> LABELS =
            List.of("label", "class", "class_id", "classes", "prediction", "predicted_class");

    private final int rows;
    private final List<String> names;

    /// A reader of answers to one question.
    ///
    /// @param rows how many were asked for
    /// @param names of classes in order, where the endpoint gives words; may be empty
    public PredictionReader(int rows, List<String> names) {
        this.rows = rows;
        this.names = List.copyOf(names);
    }

    /// Predictions for all rows; empty when none are found.
    public Optional<Predictions> read(JsonNode answer) {
        return read(answer, 0);
    }

    private Optional<Predictions> read(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return Optional.empty();
        }
        if (node.isObject()) {
            return ofObject(node, depth);
        }
        if (!node.isArray()) {
            return rows == 1 ? joined(List.of(node)) : Optional.empty();
        }
        boolean isOneRow = rows == 1 && node.size() > 1 && areNumbers(node);
        if (isOneRow) {
            return joined(List.of(node));
        }
        if (node.size() == rows) {
            List<JsonNode> each = new ArrayList<>();
            node.forEach(each::add);
            return joined(each);
        }
        return node.size() == 1 ? read(node.get(0), depth + 1) : Optional.empty();
    }

    private Optional<Predictions> ofObject(JsonNode node, int depth) {
        for (String key : AROUND) {
            if (node.has(key)) {
                Optional<Predictions> found = read(node.get(key), depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (String key : rows == 1 ? List.<String>of() : all()) {
            if (node.has(key) && node.get(key).size() == rows) {
                return read(node.get(key), depth + 1);
            }
        }
        return rows == 1 ? joined(List.of(node)) : Optional.empty();
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(SCORES);
        all.addAll(LABELS);
        return all;
    }

    private static boolean areNumbers(JsonNode array) {
        for (JsonNode item : array) {
            if (!item.isNumber()) {
                return false;
            }
        }
        return true;
    }

    /// One kind of prediction for all rows.
    private Optional<Predictions> joined(List<JsonNode> each) {
        List<double[]> scores = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (JsonNode row : each) {
            Optional<double[]> found = scores(row);
            if (found.isPresent()) {
                scores.add(found.get());
            } else {
                label(row).ifPresent(labels::add);
            }
        }
        boolean areEven = scores.stream().map(row -> row.length).distinct().count() == 1;
        if (scores.size() == rows && areEven) {
            return Optional.of(new Predictions.OfScores(scores));
        }
        return scores.isEmpty() && labels.size() == rows
                ? Optional.of(new Predictions.OfLabels(labels))
                : Optional.empty();
    }

    private Optional<double[]> scores(JsonNode row) {
        if (row.isArray() && row.size() == 1) {
            return scores(row.get(0));
        }
        if (row.isArray()) {
            return areNumbers(row) && row.size() > 1 && row.size() <= MAX_CLASSES
                    ? numbers(row)
                    : Optional.empty();
        }
        if (row.isNumber() && !row.isIntegralNumber()) {
            double score = JsonNumbers.nearest(row);
            return Double.isFinite(score)
                    ? Optional.of(new double[] {1 - score, score})
                    : Optional.empty();
        }
        if (!row.isObject()) {
            return Optional.empty();
        }
        for (String key : SCORES) {
            if (row.has(key)) {
                return scores(row.get(key));
            }
        }
        return byClass(row);
    }

    private static Optional<double[]> numbers(JsonNode row) {
        double[] numbers = new double[row.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = JsonNumbers.nearest(row.get(i));
            if (!Double.isFinite(numbers[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    /// A map from every class to its score.
    private Optional<double[]> byClass(JsonNode row) {
        Map<Integer, Double> scores = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : row.properties()) {
            Optional<Integer> label = label(entry.getKey());
            double score = JsonNumbers.nearest(entry.getValue());
            if (label.isEmpty() || !Double.isFinite(score)) {
                return Optional.empty();
            }
            scores.put(label.get(), score);
        }
        boolean isWhole =
                scores.size() > 1
                        && scores.keySet().stream().max(Comparator.naturalOrder()).orElse(0)
                                == scores.size() - 1;
        return isWhole && scores.size() == row.size()
                ? Optional.of(scores.values().stream().mapToDouble(Double::doubleValue).toArray())
                : Optional.empty();
    }

    private Optional<Integer> label(JsonNode row) {
        if (row.isArray() && row.size() == 1) {
            return label(row.get(0));
        }
        if (row.isNumber()) {
            double number = JsonNumbers.nearest(row);
            return number >= 0 && number < MAX_CLASSES && number == Math.rint(number)
                    ? Optional.of((int) number)
                    : Optional.empty();
        }
        if (row.isString()) {
            return label(row.stringValue());
        }
        if (row.isObject()) {
            return LABELS.stream().filter(row::has).findFirst().flatMap(key -> label(row.get(key)));
        }
        return Optional.empty();
    }

    private Optional<Integer> label(String word) {
        int named = names.indexOf(word);
        if (named >= 0) {
            return Optional.of(named);
        }
        String plain = word.toLowerCase(Locale.ROOT).strip();
        return names.isEmpty() && plain.matches("[0-9]{1,5}")
                ? Optional.of(Integer.parseInt(plain))
                : Optional.empty();
    }
}
