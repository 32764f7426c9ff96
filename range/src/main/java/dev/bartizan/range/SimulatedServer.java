package dev.bartizan.range;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.range.ChatRequest.BadRequest;
import dev.bartizan.range.Reply.ToolCall;
import dev.bartizan.range.ServerRules.Tells;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/// A running simulation: an HTTP server on the loopback interface, one virtual thread a request.
public final class SimulatedServer implements SimulatedEndpoints.Session {
    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_RECORDED_CALLS = 10_000;

    private final Profile profile;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);
    private final Register register;
    private final Assistant assistant;
    private final Dice dice;
    private final Principals principals;
    private final RateWindow rate;
    private final InstantSource clock;
    private final List<ToolCall> calls = new ArrayList<>();

    private SimulatedServer(Profile profile, long seed, InstantSource clock, HttpServer http) {
        this.profile = profile;
        this.http = http;
        this.clock = clock;
        register = new Register(seed);
        assistant = new Assistant(profile.truth(), register);
        dice = new Dice(seed);
        principals = new Principals(profile.truth().profile(), seed);
        ServerRules rules = profile.rules();
        rate = new RateWindow(rules.requestsPerWindow(), rules.window(), clock);
    }

    static SimulatedServer start(Profile profile, long seed, InstantSource clock)
            throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer http = HttpServer.create(anyPort, 0);
        SimulatedServer server = new SimulatedServer(profile, seed, clock, http);
        http.createContext("/", server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    @Override
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public Map<String, String> identity() {
        return profile.identity();
    }

    @Override
    public String credential(String principal) {
        return principals.tokenOf(principal);
    }

    /// How often each tool was called, in vain: tools are stubs.
    public long callsOf(String tool) {
        synchronized (calls) {
            return calls.stream().filter(call -> call.tool().equals(tool)).count();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /// What goes back.
    ///
    /// @param status HTTP status
    /// @param body JSON
    private record Answer(int status, String body) {
        static Answer error(int status, String code, String message) {
            return new Answer(status, Wire.error(code, message));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!slots.tryAcquire()) {
                send(exchange, Answer.error(503, "busy", "Too many requests at once."));
                return;
            }
            try {
                send(exchange, answer(exchange));
            } finally {
                slots.release();
            }
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (answer.status() == 429) {
            long wait = profile.rules().window().toMillis();
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.getResponseHeaders().set("Retry-After-Ms", Long.toString(wait));
        }
        if (answer.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<byte[]> body = body(exchange.getRequestBody());
        if (body.isEmpty()) {
            return Answer.error(413, "too-large", "The request is too large.");
        }
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        Optional<String> principal = header == null ? Optional.empty() : principals.of(header);
        if (principal.isEmpty()) {
            return Answer.error(401, "unauthorized", "Sign in first.");
        }
        String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        try {
            return switch (route) {
                case "POST /v1/chat/completions" -> limitedChat(principal.get(), body.get());
                case "GET /v1/models" ->
                        new Answer(200, Wire.models(profile.model(), profile.truth().version()));
                case "POST /reset" -> reset();
                case "POST /seed" -> seed(principal.get(), body.get());
                default -> Answer.error(404, "not-found", "There is nothing here.");
            };
        } catch (BadRequest e) {
            return broken(String.valueOf(e.getMessage()));
        }
    }

    private Optional<byte[]> body(InputStream in) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > ServerRules.HARD_BODY_BYTES) {
                return Optional.empty();
            }
            if (total <= profile.rules().maxBodyBytes()) {
                kept.write(buffer, 0, n);
            }
        }
        return total > profile.rules().maxBodyBytes()
                ? Optional.empty()
                : Optional.of(kept.toByteArray());
    }

    private Answer limitedChat(String principal, byte[] body) throws BadRequest {
        if (!rate.admits(principal)) {
            return Answer.error(429, "rate-limited", "Too many requests. Try again later.");
        }
        return chat(principal, ChatRequest.parse(body));
    }

    private Answer chat(String principal, ChatRequest request) {
        if (!request.model().isEmpty() && !request.model().equals(profile.model())) {
            return profile.rules().tells() == Tells.EVERYTHING
                    ? Answer.error(
                            404,
                            "model-not-found",
                            "No such model. This vLLM 0.6.3 server has: " + profile.model())
                    : Answer.error(404, "model-not-found", "No such model.");
        }
        Dice.Draw draw = dice.draw(principal + "\n" + request.whole(), request.isSampled());
        Reply reply = assistant.answer(request.lastOfUser(), principal, principals.names(), draw);
        record(reply);
        boolean hasScores = request.wantsScores() && profile.rules().tells() == Tells.EVERYTHING;
        String body = Wire.completion(reply, profile.model(), clock.instant(), hasScores, draw);
        return new Answer(200, body);
    }

    private void record(Reply reply) {
        synchronized (calls) {
            if (calls.size() < MAX_RECORDED_CALLS) {
                calls.addAll(reply.calls());
            }
        }
    }

    private Answer reset() {
        register.reset();
        return new Answer(200, Wire.done("reset"));
    }

    private Answer seed(String principal, byte[] body) throws BadRequest {
        JsonNode node = ChatRequest.object(body);
        String owner = ChatRequest.text(node, "owner");
        if (!owner.equals(principal)) {
            return Answer.error(403, "forbidden", "Only the owner may file a letter.");
        }
        String store = ChatRequest.text(node, "store");
        return register.file(store, owner, ChatRequest.text(node, "text"))
                .map(letter -> new Answer(201, Wire.done(letter.id())))
                .orElseGet(() ->
                        Answer.error(
                                422,
                                "not-filed",
                                "Stores are "
                                        + String.join(", ", Register.STORES)
                                        + "; a letter has at most 16384 characters."));
    }

    private Answer broken(String message) {
        if (profile.rules().tells() == Tells.NOTHING) {
            return Answer.error(400, "bad-request", "The request is not valid.");
        }
        return Answer.error(
                500,
                "internal",
                "Traceback (most recent call last):\n  File"
                        + " \"/srv/claims-desk/app/handlers.py\", line 212, in parse_body\n"
                        + "fastapi.exceptions.RequestValidationError: "
                        + message);
    }
}
