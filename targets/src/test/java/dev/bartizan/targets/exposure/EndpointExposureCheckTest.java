package dev.bartizan.targets.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Element;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Outcome.Cleared;
import dev.bartizan.core.Outcome.Confirmed;
import dev.bartizan.core.Outcome.CouldNotTell;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.targets.HostileServer;
import dev.bartizan.targets.Limits;
import dev.bartizan.targets.Systems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointExposureCheckTest {
    private static final String CHAT =
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]}";

    private static List<Observation> run(Limits limits, Element element) throws Exception {
        return new EndpointExposureCheck(Systems.targets(limits))
                .run(Systems.system(element), element, Systems.context(5, Map.of()));
    }

    private static Map<String, Outcome> outcomes(List<Observation> observations) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        observations.forEach(item -> outcomes.put(item.claim().name(), item.outcome()));
        return outcomes;
    }

    private static List<Observation> against(HostileServer server) throws Exception {
        return run(Systems.QUICK, Systems.assistant(server.uri().toString(), Map.of()));
    }

    @Test
    void claimsDeskIsFoundAsItsTruthLedgerSays() throws Exception {
        Map<String, Outcome> seen =
                outcomes(run(Limits.DEFAULT, Systems.assistant("simulated:claims-desk", Map.of())));
        assertThat(seen.get("answers-without-credentials")).isInstanceOf(Cleared.class);
        for (String claim :
                List.of(
                        "returns-scores",
                        "errors-name-the-stack",
                        "input-size-is-unbounded",
                        "rate-is-unbounded")) {
            assertThat(seen.get(claim)).as(claim).isEqualTo(Confirmed.deterministic());
        }
    }

    @Test
    void cleanDeskComesOutQuiet() throws Exception {
        List<Observation> observations =
                run(Limits.DEFAULT, Systems.assistant("simulated:clean-desk", Map.of()));
        assertThat(observations)
                .hasSize(5)
                .allSatisfy(item ->
                        assertThat(item.outcome()).as(item.summary()).isInstanceOf(Cleared.class));
        assertThat(observations).allSatisfy(item -> assertThat(item.findings()).isEmpty());
    }

    @Test
    void noMoreThanFifteenRequestsAreSent() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", CHAT))) {
            against(server);
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(15);
        }
    }

    @Test
    void endpointThatAnswersAnyoneIsConfirmed() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", CHAT))) {
            List<Observation> seen = against(server);
            Map<String, Outcome> outcomes = outcomes(seen);
            assertThat(outcomes.get("answers-without-credentials")).isInstanceOf(Confirmed.class);
            assertThat(outcomes.get("returns-scores")).isInstanceOf(Cleared.class);
            assertThat(outcomes.get("errors-name-the-stack")).isInstanceOf(CouldNotTell.class);
            assertThat(seen.getFirst().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.cwe()).containsExactly("CWE-306"));
        }
    }

    @Test
    void announcedLimitAboveTheBurstIsNotCalledUnbounded() throws Exception {
        HostileServer.Manner manner =
                HostileServer.answers(200, "X-RateLimit-Limit-Requests: 60\r\n", CHAT);
        try (HostileServer server = HostileServer.that(manner)) {
            assertThat(outcomes(against(server)).get("rate-is-unbounded"))
                    .isInstanceOf(CouldNotTell.class);
        }
    }

    @Test
    void hangingEndpointIsLeftUntoldWithTheTimeoutNamed() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.hangs())) {
            List<Observation> seen = against(server);
            assertThat(seen).hasSize(5);
            assertThat(seen)
                    .allSatisfy(item -> assertThat(item.outcome()).isInstanceOf(CouldNotTell.class))
                    .allSatisfy(item -> assertThat(item.summary()).contains("within 400 ms"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void drippingEndpointIsAskedOnceAndLeftUntold() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.drips())) {
            assertThat(against(server))
                    .hasSize(5)
                    .allSatisfy(item -> assertThat(item.outcome()).isInstanceOf(CouldNotTell.class))
                    .allSatisfy(item ->
                            assertThat(item.summary()).contains("still sending at the deadline"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void endlessBodyIsLeftUntold() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.floods(1L << 30))) {
            assertThat(outcomes(against(server)).get("returns-scores"))
                    .isInstanceOfSatisfying(
                            CouldNotTell.class,
                            none -> assertThat(none.reason()).contains("cut off after 100000"));
        }
    }

    @Test
    void redirectElsewhereIsLeftUntoldAndNotFollowed() throws Exception {
        try (HostileServer elsewhere = HostileServer.that(HostileServer.answers(200, "", CHAT))) {
            String location = "Location: " + elsewhere.uri() + "\r\n";
            try (HostileServer server =
                    HostileServer.that(HostileServer.answers(307, location, ""))) {
                assertThat(outcomes(against(server)).get("rate-is-unbounded"))
                        .isInstanceOfSatisfying(
                                CouldNotTell.class,
                                none -> assertThat(none.reason()).contains("sent elsewhere"));
                assertThat(elsewhere.requests()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[[[[", "null", "{\"choices\":[]}", "<html></html>", "\u0000"})
    void answersOutsideTheProtocolConfirmNothing(String body) throws Exception {
        HostileServer.Manner manner =
                HostileServer.answers(200, "Content-Type: application/json\r\n", body);
        try (HostileServer server = HostileServer.that(manner)) {
            assertThat(against(server))
                    .allSatisfy(item ->
                            assertThat(item.outcome())
                                    .isNotInstanceOf(Confirmed.class)
                                    .isNotInstanceOf(Cleared.class));
        }
    }

    @Test
    void missingCredentialIsNamedByItsVariable() throws Exception {
        Map<String, Object> more = Map.of("principals", Map.of("carol", "CAROL_TOKEN"));
        HostileServer.Manner manner = HostileServer.answers(401, "", "{\"error\":{}}");
        try (HostileServer server = HostileServer.that(manner)) {
            Map<String, Outcome> seen =
                    outcomes(run(Systems.QUICK, Systems.assistant(server.uri().toString(), more)));
            assertThat(seen.get("answers-without-credentials")).isInstanceOf(Cleared.class);
            assertThat(seen.get("returns-scores"))
                    .isInstanceOfSatisfying(
                            CouldNotTell.class,
                            none -> assertThat(none.reason()).contains("CAROL_TOKEN"));
        }
    }

    @Test
    void credentialsNeverReachTheEvidenceEvenWhenEchoed() throws Exception {
        String token = Systems.TOKENS.get("ALICE_TOKEN");
        String error =
                "{\"error\":{\"message\":\"fastapi: bad key " + token + " at /srv/app/main.py\"}}";
        String headers = "Server: echo-" + token + "\r\n";
        HostileServer.Manner manner = HostileServer.answers(500, headers, error);
        try (HostileServer server = HostileServer.that(manner)) {
            List<Observation> seen = against(server);
            assertThat(outcomes(seen).get("errors-name-the-stack")).isInstanceOf(Confirmed.class);
            for (Observation item : seen) {
                assertThat(item.toString()).doesNotContain(token);
                item.raw()
                        .forEach(raw ->
                                assertThat(new String(raw.bytes(), StandardCharsets.UTF_8))
                                        .contains("[redacted]")
                                        .doesNotContain(token));
            }
        }
    }

    @Test
    void keyInTheAddressStaysOutOfTheEvidence() throws Exception {
        String key = "k-91f0c2d4e5a6b7c8";
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", CHAT))) {
            List<Observation> seen =
                    run(Systems.QUICK, Systems.assistant(server.uri() + "?key=" + key, Map.of()));
            assertThat(server.requests().getLast()).contains(key);
            assertThat(seen.getFirst().outcome()).isInstanceOf(CouldNotTell.class);
            assertThat(seen.toString()).doesNotContain(key);
            assertThat(new String(seen.getFirst().raw().getFirst().bytes(), StandardCharsets.UTF_8))
                    .doesNotContain(key);
        }
    }

    @Test
    void inferenceServerThatReturnsProbabilitiesIsConfirmed() throws Exception {
        String body =
                "{\"model_name\":\"fraud\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\","
                        + "\"shape\":[-1,2]}],\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\","
                        + "\"shape\":[1,2],\"data\":[0.3,0.7]}]}";
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", body))) {
            String address = server.uri().resolve("/v2/models/fraud").toString();
            Map<String, Outcome> seen =
                    outcomes(run(Systems.QUICK, Systems.assistant(address, Map.of())));
            assertThat(seen.get("returns-scores")).isInstanceOf(Confirmed.class);
            assertThat(server.requests())
                    .anyMatch(request -> request.startsWith("POST /v2/models/fraud/infer"));
        }
    }

    @Test
    void plainJsonEndpointIsAskedInItsOwnShape() throws Exception {
        String body = "{\"verdict\":\"ok\"}";
        Map<String, Object> more =
                Map.of("protocol", "json", "request", Map.of("claim", "{prompt}"));
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", body))) {
            String address = server.uri().resolve("/score").toString();
            Map<String, Outcome> seen =
                    outcomes(run(Systems.QUICK, Systems.assistant(address, more)));
            assertThat(seen.get("returns-scores")).isInstanceOf(Cleared.class);
            assertThat(server.requests().getFirst()).contains("{\"claim\":\"Hello");
        }
    }

    @Test
    void digestOfASimulationDoesNotDependOnThePort() throws Exception {
        Element element = Systems.assistant("simulated:claims-desk", Map.of());
        EndpointExposureCheck check = new EndpointExposureCheck(Systems.targets(Limits.DEFAULT));
        TargetDigest first = check.target(Systems.system(element), element).orElseThrow();
        TargetDigest second = check.target(Systems.system(element), element).orElseThrow();
        assertThat(second).isEqualTo(first);
        Element other = Systems.assistant("simulated:clean-desk", Map.of());
        assertThat(check.target(Systems.system(other), other).orElseThrow().digest())
                .isNotEqualTo(first.digest());
    }

    @Test
    void digestOfARealEndpointFollowsItsAnswersAndSaysWhatIsNotPinned() throws Exception {
        java.util.concurrent.atomic.AtomicReference<String> answer =
                new java.util.concurrent.atomic.AtomicReference<>(CHAT);
        HostileServer.Manner manner =
                (out, server) -> HostileServer.answers(200, "", answer.get()).answer(out, server);
        try (HostileServer server = HostileServer.that(manner)) {
            Element element = Systems.assistant(server.uri().toString(), Map.of());
            EndpointExposureCheck check = new EndpointExposureCheck(Systems.targets(Systems.QUICK));
            TargetDigest first = check.target(Systems.system(element), element).orElseThrow();
            TargetDigest same = check.target(Systems.system(element), element).orElseThrow();
            answer.set(CHAT.replace("Hello", "Goodbye"));
            TargetDigest other = check.target(Systems.system(element), element).orElseThrow();
            assertThat(same.digest()).isEqualTo(first.digest());
            assertThat(other.digest()).isNotEqualTo(first.digest());
            assertThat(first.unpinned()).contains("the system prompt");
        }
    }

    @Test
    void endpointsThatHangOrDripHaveNoDigest() throws Exception {
        for (HostileServer.Manner manner : List.of(HostileServer.hangs(), HostileServer.drips())) {
            try (HostileServer server = HostileServer.that(manner)) {
                Element element = Systems.assistant(server.uri().toString(), Map.of());
                assertThat(
                                new EndpointExposureCheck(Systems.targets(Systems.QUICK))
                                        .target(Systems.system(element), element))
                        .isEmpty();
                assertThat(server.requests()).hasSize(1);
            }
        }
    }
}
