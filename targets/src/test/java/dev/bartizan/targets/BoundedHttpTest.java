package dev.bartizan.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Cut;
import dev.bartizan.targets.Exchange.Reason;
import dev.bartizan.targets.Exchange.Unanswered;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedHttpTest {
    private static final String TOKEN = "tok-alice-5f0e1d";

    private static Exchange send(HostileServer server) throws InterruptedException {
        try (BoundedHttp http = new BoundedHttp(Systems.QUICK)) {
            return http.send(Call.post(server.uri(), "{}"), TOKEN);
        }
    }

    private static Exchange from(HostileServer.Manner manner) throws Exception {
        try (HostileServer server = HostileServer.that(manner)) {
            return send(server);
        }
    }

    @Test
    void hangingServerIsLeftWithTheBoundNamed() throws Exception {
        assertThat(from(HostileServer.hangs()))
                .isEqualTo(new Unanswered(Reason.TIMED_OUT, "no answer within 400 ms"));
    }

    @Test
    void gigabyteAnswerIsCutAtTheLimit() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.floods(1L << 30))) {
            Exchange exchange = send(server);
            assertThat(exchange).isInstanceOf(Answered.class);
            Answered answered = (Answered) exchange;
            assertThat(answered.cut()).isEqualTo(Cut.TOO_LONG);
            assertThat(answered.body()).hasSize(Systems.QUICK.responseBytes());
            assertThat(server.sent()).isLessThan(1L << 28);
        }
    }

    @Test
    void answerOfExactlyTheLimitIsWhole() throws Exception {
        String body = "x".repeat(Systems.QUICK.responseBytes());
        assertThat(from(HostileServer.answers(200, "", body)))
                .isInstanceOfSatisfying(
                        Answered.class, answer -> assertThat(answer.cut()).isEqualTo(Cut.WHOLE));
    }

    @Test
    void slowDripEndsAtTheDeadlineWithWhatCame() throws Exception {
        assertThat(from(HostileServer.drips()))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> {
                            assertThat(answer.cut()).isEqualTo(Cut.TOO_SLOW);
                            assertThat(answer.body()).isEqualTo("{");
                            assertThat(answer.isWholeSuccess()).isFalse();
                        });
    }

    @Test
    void redirectElsewhereIsNotFollowedAndGetsNoToken() throws Exception {
        try (HostileServer elsewhere = HostileServer.that(HostileServer.answers(200, "", "{}"))) {
            String location = "Location: " + elsewhere.uri() + "\r\n";
            assertThat(from(HostileServer.answers(307, location, "")))
                    .isInstanceOfSatisfying(
                            Answered.class, answer -> assertThat(answer.status()).isEqualTo(307));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void redirectsWithinTheOriginStopAfterTwo() throws Exception {
        HostileServer.Manner manner = HostileServer.answers(307, "Location: /again\r\n", "");
        try (HostileServer server = HostileServer.that(manner)) {
            send(server);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().getLast()).startsWith("POST /again ");
        }
    }

    @Test
    void logInInARedirectLocationIsNotFollowed() throws Exception {
        HostileServer.Manner manner =
                (out, server) -> {
                    String location = server.uri().toString().replace("//", "//user:pass@");
                    HostileServer.answers(307, "Location: " + location + "\r\n", "")
                            .answer(out, server);
                };
        try (HostileServer server = HostileServer.that(manner)) {
            send(server);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void connectionClosedWithoutAnAnswerIsSaid() throws Exception {
        assertThat(from(HostileServer.says("")))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        none -> assertThat(none.reason()).isEqualTo(Reason.CLOSED));
    }

    @Test
    void bodyThatBreaksOffIsNotWhole() throws Exception {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":";
        assertThat(from(HostileServer.says(half)))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> assertThat(answer.cut()).isEqualTo(Cut.BROKEN_OFF));
    }

    @Test
    void answerThatIsNoHttpIsSaid() throws Exception {
        assertThat(from(HostileServer.says("SSH-2.0-OpenSSH_9.9\r\n")))
                .isInstanceOf(Unanswered.class);
    }

    @Test
    void hugeHeadersAreRefused() throws Exception {
        String headers = ("X-Filler: " + "y".repeat(1000) + "\r\n").repeat(2000);
        assertThat(from(HostileServer.answers(200, headers, "{}"))).isInstanceOf(Unanswered.class);
    }

    @Test
    void nobodyListeningIsUnreachable() throws Exception {
        HostileServer server = HostileServer.that(HostileServer.hangs());
        server.close();
        assertThat(send(server))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        none -> assertThat(none.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void machineWideProxyIsLeftOut() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        RecordingProxies proxies = new RecordingProxies();
        ProxySelector.setDefault(proxies);
        try {
            assertThat(from(HostileServer.answers(200, "", "{}"))).isInstanceOf(Answered.class);
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(proxies.asked).isEmpty();
    }

    @Test
    void tokenGoesOnlyIntoTheAuthorizationHeader() throws Exception {
        try (HostileServer server = HostileServer.that(HostileServer.answers(200, "", "{}"))) {
            send(server);
            String request = server.requests().getFirst();
            assertThat(request).containsOnlyOnce(TOKEN).contains("Authorization: Bearer " + TOKEN);
        }
    }

    private static final class RecordingProxies extends ProxySelector {
        private final List<URI> asked = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public List<java.net.Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(java.net.Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, java.io.IOException failure) {}
    }
}
