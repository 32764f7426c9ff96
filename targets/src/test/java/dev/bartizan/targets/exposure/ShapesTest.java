package dev.bartizan.targets.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.targets.BoundedJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
    private static Optional<String> score(String json) {
        return ScoreShapes.in(BoundedJson.read(json).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fraud_score\":0.83}",
                "{\"result\":{\"probabilities\":{\"fraud\":0.2,\"ok\":0.8}}}",
                "{\"predictions\":[[0.1,0.9]]}",
                "{\"choices\":[{\"logprobs\":{\"content\":[{\"logprob\":-0.2}]}}]}",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"data\":[0.41]}]}",
                "{\"fraudScore\":\"0.83\"}",
                "{\"label\":\"fraud\",\"confidence\":97}",
            })
    void scoresAreSeenByStructure(String json) {
        assertThat(score(json)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\":\"fraud\",\"id\":7}",
                "{\"choices\":[{\"logprobs\":null,\"message\":{\"content\":\"score 0.8\"}}]}",
                "{\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"data\":[1]}]}",
                "{\"usage\":{\"score\":1}}",
                "{\"one-hot\":[0,1]}",
                "{\"amounts\":[0.5,0.75]}",
                "{\"underscore\":\"x\",\"problem\":3}",
            })
    void otherNumbersAreNoScores(String json) {
        assertThat(score(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Traceback (most recent call last):\n  File \"/srv/app/main.py\", line 3",
                "at com.acme.Desk.answer(Desk.java:41)",
                "Cannot read /opt/models/fraud/weights.bin",
                "server: uvicorn",
                "server: nginx/1.25.3",
                "KeyError: 'messages'",
                "The model `gpt-4o-mini` does not exist",
                "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"field required\"}]}",
                "vLLM engine: CUDA out of memory",
                "org.springframework.web.HttpRequestMethodNotSupportedException",
            })
    void namesAreFound(String text) {
        assertThat(StackNames.installed().in(text, List.of())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"The request is not valid.\",\"code\":\"bad-request\"}}",
                "server: nginx",
                "Method not allowed. See https://docs.example.com/errors/405",
                "Not found: /v1/models/unknown",
                "Please express your wish as valid JSON.",
                "Too many requests. Try again at 12:30.",
            })
    void plainErrorsNameNothing(String text) {
        assertThat(StackNames.installed().in(text, List.of())).isEmpty();
    }

    @Test
    void whatTheRequestSaidItselfIsNoNews() {
        assertThat(StackNames.installed().in("No model llama-3-8b", List.of("llama-3-8b")))
                .isEmpty();
    }

    @Test
    void longTextsOfRepeatsAreSearchedWithoutEnd() {
        StackNames names = StackNames.installed();
        for (String piece :
                List.of("a.", "/srv/", "at a", "A:\\", "\"loc\":[", "x-1b", " ", "<title>")) {
            assertThat(names.in(piece.repeat(40_000), List.of())).isNotNull();
        }
    }
}
