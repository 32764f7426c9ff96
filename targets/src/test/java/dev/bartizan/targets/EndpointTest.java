package dev.bartizan.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static Answered answered(String body) {
        return new Answered(200, Map.of(), body, Cut.WHOLE, Duration.ZERO);
    }

    private static Endpoint at(String address, Map<String, Object> more) {
        return EndpointReader.at(URI.create(address), Systems.assistant(address, more));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, openai, https://a.example/v1/chat/completions",
        "https://a.example/v1, openai, https://a.example/v1/chat/completions",
        "https://a.example/v1/chat/completions/, openai, https://a.example/v1/chat/completions",
        "https://a.example/v2/models/m, oip-v2, https://a.example/v2/models/m/infer",
        "https://a.example/v2/models/m/infer, oip-v2, https://a.example/v2/models/m/infer",
        "https://a.example/score, json, https://a.example/score",
        "https://a.example/d/x/chat/completions?api-version=1, openai,"
                + " https://a.example/d/x/chat/completions?api-version=1",
    })
    void addressTellsTheProtocol(String address, String protocol, String uri) {
        Endpoint endpoint = at(address, Map.of());
        assertThat(endpoint.protocol()).isEqualTo(protocol);
        assertThat(endpoint.uri()).hasToString(uri);
    }

    @Test
    void protocolKeyOverrulesTheAddress() {
        assertThat(at("https://a.example/score", Map.of("protocol", "openai")).uri())
                .hasToString("https://a.example/score/v1/chat/completions");
        assertThat(at("https://a.example", Map.of("protocol", "oip-v2", "model", "fraud")).uri())
                .hasToString("https://a.example/v2/models/fraud/infer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example/",
                "file:///etc/passwd",
                "http:///path",
                "https://user:pass@a.example/",
                "https://a.example/#part",
                "not a web address",
                "jar:https://a.example!/x",
            })
    void unusableAddressIsAUserErrorThatDoesNotRepeatIt(String address) {
        assertThatThrownBy(() -> EndpointReader.uri(Systems.assistant(address, Map.of())))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.what() + error.where()).doesNotContain("pass@"));
    }

    @Test
    void unknownProtocolNamesTheKnownOnes() {
        assertThatThrownBy(() -> at("https://a.example", Map.of("protocol", "grpc")))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.mend()).contains("openai, oip-v2, json"));
    }

    @Test
    void chatAnswerGivesTextAndToolCallsWithWhatTheEndpointVouchesFor() {
        String body =
                """
                {"choices":[{"message":{"content":"Done.","tool_calls":[
                {"type":"function","approved":true,
                "function":{"name":"payout","arguments":"{\\"paid\\":true}"}},
                {"type":"function",
                "function":{"name":"mail","arguments":"{\\"approved\\":true}"}}]}}]}
                """;
        Reply reply = at("https://a.example", Map.of()).reply(answered(body)).orElseThrow();
        assertThat(reply.text()).isEqualTo("Done.");
        assertThat(reply.calls())
                .extracting(Reply.ToolCall::tool)
                .containsExactly("payout", "mail");
        assertThat(reply.calls().get(0).conditions()).containsExactly("approved");
        assertThat(reply.calls().get(1).conditions()).isEmpty();
    }

    @Test
    void toolCallsOfOtherShapesAreSeen() {
        for (String body :
                List.of(
                        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"payout\",\"input\":{}}]}",
                        "{\"output\":[{\"type\":\"function_call\",\"name\":\"payout\"}]}",
                        "{\"m\":{\"function_call\":{\"name\":\"payout\",\"arguments\":\"{}\"}}}")) {
            Reply reply = at("https://a.example/x", Map.of()).reply(answered(body)).orElseThrow();
            assertThat(reply.calls()).as(body).hasSize(1);
        }
    }

    @Test
    void errorsAreNoReplies() {
        Endpoint chat = at("https://a.example", Map.of());
        assertThat(chat.reply(answered("{\"error\":{\"message\":\"no\"}}"))).isEmpty();
        assertThat(chat.reply(answered("<html>sign in</html>"))).isEmpty();
        assertThat(chat.reply(answered("[".repeat(200_000)))).isEmpty();
        Answered cut = new Answered(200, Map.of(), "{\"choices\":[]}", Cut.TOO_SLOW, Duration.ZERO);
        assertThat(chat.reply(cut)).isEmpty();
        Endpoint json = at("https://a.example/x", Map.of());
        assertThat(json.reply(answered("{\"error\":\"no\"}"))).isEmpty();
    }

    @Test
    void templateCarriesThePromptSafely() {
        Endpoint endpoint =
                at(
                        "https://a.example/x",
                        Map.of("request", Map.of("q", "Say: {prompt}"), "answer", "/r/0/text"));
        String prompt = "a \"quoted\" \\ line\nand {prompt}";
        String body = endpoint.ask(Question.plain(prompt)).body();
        assertThat(BoundedJson.text(BoundedJson.read(body).orElseThrow(), "q"))
                .isEqualTo("Say: " + prompt);
        assertThat(endpoint.reply(answered("{\"r\":[{\"text\":\"hi\"}],\"x\":\"no\"}")))
                .hasValueSatisfying(reply -> assertThat(reply.text()).isEqualTo("hi"));
    }

    @Test
    void inferenceRequestFollowsTheModelsOwnDescription() {
        String metadata =
                """
                {"name":"fraud","inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]},
                {"name":"k","datatype":"INT64","shape":[1]}]}
                """;
        Endpoint endpoint =
                at("https://a.example/v2/models/fraud", Map.of()).described(answered(metadata));
        assertThat(endpoint.ask(Question.plain("")).body())
                .isEqualTo(
                        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[0.0,0.0,0.0]},"
                                + "{\"name\":\"k\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[0]}]}");
        assertThat(endpoint.oversized(30_000).body().length()).isBetween(25_000, 40_000);
    }

    @Test
    void hugeDescribedShapesAreNotFollowed() {
        String metadata =
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2000000000,2000000000]}]}";
        Endpoint endpoint =
                at("https://a.example/v2/models/fraud", Map.of()).described(answered(metadata));
        assertThat(endpoint.ask(Question.plain("")).body()).hasSizeLessThan(200);
    }

    @Test
    void damagedAnswersGiveARepliesOrNothingAndNeverThrow() {
        Random random = new Random(9);
        String whole =
                "{\"choices\":[{\"message\":{\"content\":[{\"text\":\"x\"}],\"tool_calls\":[{\"function\":"
                        + "{\"name\":\"payout\",\"arguments\":{}}}]}}],\"outputs\":[{\"data\":[0.5]}],"
                        + "\"inputs\":[{\"name\":\"x\",\"shape\":[-1,9],\"datatype\":\"FP32\"}]}";
        List<Endpoint> endpoints =
                List.of(
                        at("https://a.example", Map.of()),
                        at("https://a.example/x", Map.of()),
                        at("https://a.example/v2/models/m", Map.of()));
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int edits = 0; edits < 1 + i % 4; edits++) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
            }
            for (Endpoint endpoint : endpoints) {
                Optional<Reply> reply = endpoint.reply(answered(text.toString()));
                Endpoint described = endpoint.described(answered(text.toString()));
                assertThat(reply).isNotNull();
                assertThat(described.ask(Question.plain("x")).body()).isNotEmpty();
            }
        }
    }
}
