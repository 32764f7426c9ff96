package dev.bartizan.fuzz;

import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.prediction.PredictionReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Readers of what endpoints answer.
final class Answers {
    private static final int MOST_ROWS = 4;
    private static final List<String> CLASSES = List.of("cat", "dog", "none");

    private Answers() {}

    static List<Parser> all() {
        return List.of(Parser.of("predictions", Answers::predictions, "json"));
    }

    /// The answer to one row and to a few.
    private static Parser.Outcome predictions(byte[] body) {
        return BoundedJson.read(new String(body, StandardCharsets.UTF_8))
                .map(root -> {
                    Parser.Outcome outcome = Parser.Outcome.REFUSED;
                    for (int rows = 1; rows <= MOST_ROWS; rows++) {
                        if (new PredictionReader(rows, CLASSES).read(root).isPresent()) {
                            outcome = Parser.Outcome.READ;
                        }
                    }
                    return outcome;
                })
                .orElse(Parser.Outcome.OTHER);
    }
}
