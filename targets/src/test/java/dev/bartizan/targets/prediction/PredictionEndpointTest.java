package dev.bartizan.targets.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.targets.HostileServer;
import dev.bartizan.targets.Limits;
import dev.bartizan.targets.Pacing;
import java.net.URI;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionEndpointTest {
    private static final String DESCRIBED_AND_ANSWERED =
            "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"TYPE\",\"shape\":[-1,2]}],"
                    + "\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"data\":[1]},"
                    + "{\"name\":\"p\",\"datatype\":\"FP64\",\"data\":[0.25,0.75]}]}";

    private static HostileServer taking(String type) throws Exception {
        return HostileServer.that(
                HostileServer.answers(200, "", DESCRIBED_AND_ANSWERED.replace("TYPE", type)));
    }

    private static PredictionEndpoint at(URI base) throws InterruptedException {
        PredictionSettings settings =
                new PredictionSettings(
                        base.resolve("/v2/models/net"),
                        PredictionProtocol.OIP_V2,
                        List.of(2L),
                        PredictionSettings.TEMPLATE,
                        "",
                        List.of(),
                        "",
                        8,
                        OptionalDouble.empty());
        return PredictionEndpoint.open(settings, Limits.DEFAULT, Pacing.REAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP16", "BF16", "FP32", "FP64"})
    void numbersAreSentAsTheTypeThatTheEndpointTakes(String type) throws Exception {
        try (HostileServer server = taking(type);
                PredictionEndpoint endpoint = at(server.uri())) {
            Predictions found = endpoint.predict(new float[] {0.5f, 1});
            assertThat(found)
                    .isInstanceOfSatisfying(
                            Predictions.OfScores.class,
                            scores ->
                                    assertThat(scores.classes())
                                            .containsExactly(new double[] {0.25, 0.75}));
            assertThat(server.requests().getLast()).contains("\"datatype\":\"" + type + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT64", "UINT8", "BYTES", ""})
    void otherInputsAreRefusedByName(String type) throws Exception {
        try (HostileServer server = taking(type)) {
            assertThatThrownBy(() -> at(server.uri()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("numbers of type " + type);
        }
    }
}
