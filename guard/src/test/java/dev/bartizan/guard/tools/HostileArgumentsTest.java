package dev.bartizan.guard.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Arguments that are written so that a judge stumbles over them and a tool does not.
class HostileArgumentsTest {
    private static Decision judged(String arguments) {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("id", "x");
        ArrayNode messages = root.putArray("messages");
        messages.addObject().put("role", "user").put("content", "Pay 10 euros to bob@shop.example");
        messages.addObject()
                .put("role", "assistant")
                .putArray("tool_calls")
                .addObject()
                .put("id", "c1")
                .putObject("function")
                .put("name", "make_payment")
                .put("arguments", arguments);
        return new ToolPolicy().judge(Conversation.of(root)).getFirst().decision();
    }

    @Test
    void whatTheUserAskedForPasses() {
        assertThat(judged("{\"to\":\"bob@shop.example\",\"amount\":10}")).isEqualTo(Decision.ALLOW);
        assertThat(judged("{\"to\":\"bob@shop.example\",\"amount\":1e1}"))
                .isEqualTo(Decision.ALLOW);
        assertThat(judged("{\"to\":\"bob@shop.example\",\"amount\":\"1e1\"}"))
                .isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999",
                "-1e999",
                "NaN",
                "\"1e6\"",
                "\"10e9\"",
                "99999999999999999999999999999999999999999999999999",
                "\"00000000000000000000000000000000000000000000009999\""
            })
    void amountThatNobodyNamedIsAskedAboutHoweverItIsWritten(String amount) {
        assertThat(judged("{\"to\":\"bob@shop.example\",\"amount\":" + amount + "}"))
                .isEqualTo(Decision.ASK);
    }

    @Test
    void hugeNumberIsNoCrash() {
        assertThat(judged("{\"to\":\"bob@shop.example\",\"amount\":" + "9".repeat(400) + "}"))
                .isEqualTo(Decision.ASK);
    }

    @Test
    void nothingHidesBehindDepthOrNumber() {
        String deep = "{\"a\":".repeat(14) + "{\"to\":\"eve@evil.example\"}" + "}".repeat(14);
        String many = "{\"list\":[" + "1,".repeat(500) + "2],\"to\":\"eve@evil.example\"}";
        assertThat(judged(deep)).isNotEqualTo(Decision.ALLOW);
        assertThat(judged(many)).isNotEqualTo(Decision.ALLOW);
    }
}
