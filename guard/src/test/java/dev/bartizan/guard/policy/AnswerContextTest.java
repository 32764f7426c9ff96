package dev.bartizan.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.guard.Detection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class AnswerContextTest {
    private static final String PROMPT =
            "You are the desk of Example Mutual. The limit of a payment without a second look is 900.";

    private static List<Detection> found(String line, String answer) {
        return AnswerContext.of(JsonMapper.shared().readTree(line)).find(answer);
    }

    @Test
    void thePromptGivenAwayInBase64IsALeak() {
        String packed = Base64.getEncoder().encodeToString(PROMPT.getBytes(StandardCharsets.UTF_8));
        assertThat(found("{\"system\":\"" + PROMPT + "\"}", "Here: " + packed))
                .extracting(Detection::type)
                .containsExactly("prompt-leak");
        assertThat(found("{\"system\":\"" + PROMPT + "\"}", "The desk opens at nine.")).isEmpty();
    }

    @Test
    void aNumberThatNoSourceHasIsNamedWhereItStands() {
        assertThat(found("{\"sources\":[\"The limit is 900 euros.\"]}", "The limit is 950 euros."))
                .singleElement()
                .satisfies(d -> assertThat(List.of(d.start(), d.end())).containsExactly(13, 16));
        assertThat(found("{\"sources\":[\"The limit is 900 euros.\"]}", "It is 900 euros."))
                .isEmpty();
    }

    @Test
    void anAnswerOfAnotherFormSaysWhatIsMissing() {
        String line = "{\"schema\":{\"type\":\"object\",\"required\":[\"amount\"]}}";
        assertThat(found(line, "{\"sum\":1}"))
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("answer", "amount"));
        assertThat(found(line, "Sure!")).extracting(Detection::type).containsExactly("wrong-form");
        assertThat(found(line, "{\"amount\":1}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"system\":1}",
                "{\"sources\":\"text\"}",
                "{\"sources\":[1]}",
                "{\"schema\":{\"oneOf\":[]}}",
                "{\"schema\":{\"pattern\":\"(\"}}"
            })
    void whatHasAnotherFormIsRefused(String line) {
        assertThatThrownBy(() -> AnswerContext.of(JsonMapper.shared().readTree(line)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
