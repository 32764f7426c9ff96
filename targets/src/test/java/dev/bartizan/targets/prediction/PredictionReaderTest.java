package dev.bartizan.targets.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.targets.BoundedJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionReaderTest {
    private static Optional<Predictions> read(String answer) {
        return BoundedJson.read(answer)
                .flatMap(root -> new PredictionReader(2, List.of("cat", "dog")).read(root));
    }

    @Test
    void scoresAreFoundAsRowsAsOneEachAndByName() {
        for (String answer :
                List.of(
                        "{\"predictions\":[[0.25,0.75],[1,0]]}",
                        "[{\"scores\":[0.25,0.75]},{\"scores\":[1,0]}]",
                        "[{\"dog\":0.75,\"cat\":0.25},{\"cat\":1,\"dog\":0}]",
                        "{\"probabilities\":[0.75,0.0]}")) {
            assertThat(read(answer))
                    .as(answer)
                    .get()
                    .isInstanceOfSatisfying(
                            Predictions.OfScores.class,
                            scores ->
                                    assertThat(scores.classes())
                                            .containsExactly(
                                                    new double[] {0.25, 0.75},
                                                    new double[] {1, 0}));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[HUGE,1],[1,2]]",
                "[HUGE,HUGE]",
                "[-HUGE,1]",
                "[1e999,0.5]",
                "[[1e999,1],[1,2]]",
                "[{\"cat\":HUGE,\"dog\":1},{\"cat\":0,\"dog\":1}]"
            })
    void numberBeyondAllBoundsIsNoScore(String answer) {
        assertThat(read(answer.replace("HUGE", "9".repeat(400)))).isEmpty();
    }
}
