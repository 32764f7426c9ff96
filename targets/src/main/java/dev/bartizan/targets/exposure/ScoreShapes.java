package dev.bartizan.targets.exposure;

import dev.bartizan.core.JsonNumbers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Tells by structure whether an answer carries scores: a member named for one that holds numbers,
/// a list of probabilities, or a floating-point tensor.
final class ScoreShapes {
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i).*(log_?prob|logit)s?|(.*[_-])?(score|prob|probability|probabilities|probs"
                            + "|proba|confidence|likelihood|softmax|certainty)s?");
    private static final Pattern CAMEL =
            Pattern.compile(".*[a-z](Scores?|Prob|Probs|Probability|Probabilities|Confidences?)");
    private static final double SUM_TOLERANCE = 1e-3;
    private static final int SHORTEST_VECTOR = 2;

    private ScoreShapes() {}

    /// Where the first score lies, as a JSON pointer; empty when there is none.
    static Optional<String> in(JsonNode root) {
        return find(root, "", false);
    }

    private static Optional<String> find(JsonNode node, String at, boolean isNamed) {
        if (node.isNumber()) {
            return isNamed ? Optional.of(at) : Optional.empty();
        }
        if (isNamed && isNumericText(node)) {
            return Optional.of(at);
        }
        if (node.isArray()) {
            return isProbabilities(node) ? Optional.of(at) : ofItems(node, at, isNamed);
        }
        if (!node.isObject()) {
            return Optional.empty();
        }
        if (isScoreTensor(node)) {
            return Optional.of(at + "/data");
        }
        return ofMembers(node, at, isNamed);
    }

    private static Optional<String> ofItems(JsonNode node, String at, boolean isNamed) {
        for (int i = 0; i < node.size(); i++) {
            Optional<String> found = find(node.get(i), at + "/" + i, isNamed);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofMembers(JsonNode node, String at, boolean isNamed) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            if (name.equals("usage")) {
                continue;
            }
            boolean isHere =
                    isNamed || NAMED.matcher(name).matches() || CAMEL.matcher(name).matches();
            String place = at + "/" + name.replace("~", "~0").replace("/", "~1");
            Optional<String> found = find(member.getValue(), place, isHere);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isNumericText(JsonNode node) {
        return node.isString() && node.stringValue().matches("-?\\d{1,3}(\\.\\d{1,17})?%?");
    }

    private static boolean isProbabilities(JsonNode list) {
        if (list.size() < SHORTEST_VECTOR) {
            return false;
        }
        double sum = 0;
        boolean hasFraction = false;
        for (JsonNode item : list) {
            if (!item.isNumber()
                    || JsonNumbers.nearest(item) < 0
                    || JsonNumbers.nearest(item) > 1) {
                return false;
            }
            sum += JsonNumbers.nearest(item);
            hasFraction |= !item.isIntegralNumber();
        }
        return hasFraction && Math.abs(sum - 1) < SUM_TOLERANCE;
    }

    /// An output of the Open Inference Protocol that holds fractions: labels come as integers or
    /// text, scores as floating-point numbers.
    private static boolean isScoreTensor(JsonNode node) {
        JsonNode datatype = node.path("datatype");
        if (!datatype.isString() || !datatype.stringValue().matches("(?i)B?FP?(16|32|64)")) {
            return false;
        }
        return hasFraction(node.path("data"));
    }

    private static boolean hasFraction(JsonNode data) {
        if (data.isNumber()) {
            return JsonNumbers.nearest(data) != Math.rint(JsonNumbers.nearest(data));
        }
        for (JsonNode item : data) {
            if (hasFraction(item)) {
                return true;
            }
        }
        return false;
    }
}
