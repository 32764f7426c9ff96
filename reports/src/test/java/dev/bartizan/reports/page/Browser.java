package dev.bartizan.reports.page;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium spoken to over its debugging protocol: opens a page and tells what it did.
final class Browser implements AutoCloseable {
    private static final String ANNOUNCEMENT = "DevTools listening on ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private CompletableFuture<JsonNode> loaded = new CompletableFuture<>();

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(address, new Listener())
                        .join();
    }

    /// Starts one. Without Chromium the test fails in CI, and is skipped elsewhere.
    static Browser open(Path profile) throws IOException {
        Optional<Path> chromium =
                Stream.concat(
                                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                                        .map(folder -> Path.of(folder, "chromium")),
                                Stream.of(Path.of("/usr/bin/chromium")))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (chromium.isEmpty()) {
            String why = "No chromium on the PATH; install it (Debian: apt-get install chromium)";
            return "true".equals(System.getenv("CI")) ? fail(why) : abort(why);
        }
        Process process =
                new ProcessBuilder(
                                chromium.get().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile)
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(ANNOUNCEMENT)) {
                Thread.ofVirtual().start(() -> drain(said));
                return new Browser(process, URI.create(line.substring(ANNOUNCEMENT.length())));
            }
        }
        throw new IOException("Chromium ended without saying where it listens");
    }

    private static void drain(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The browser has gone, which is all there is to know.
        }
    }

    /// What a page did when it was opened.
    ///
    /// @param scrollWidth width of its content
    /// @param innerWidth width of the window
    /// @param requests addresses it asked for, besides its own
    /// @param complaints what the console said
    record Visit(int scrollWidth, int innerWidth, List<String> requests, List<String> complaints) {}

    /// How the page is looked at.
    record View(int width, String scheme, String media) {}

    /// Opens a page, optionally keeps its picture.
    Visit visit(URI page, View view, Optional<Path> picture) throws IOException {
        JsonNode target = send("", "Target.createTarget", Map.of("url", "about:blank"));
        String session =
                send(
                                "",
                                "Target.attachToTarget",
                                Map.of(
                                        "targetId",
                                        target.path("targetId").asString(),
                                        "flatten",
                                        true))
                        .path("sessionId")
                        .asString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(session, domain + ".enable", Map.of());
        }
        send(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        view.width(),
                        "height",
                        900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        send(
                session,
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        view.media(),
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", view.scheme()))));
        events.clear();
        loaded = new CompletableFuture<>();
        send(session, "Page.navigate", Map.of("url", page.toString()));
        await(loaded);
        int scroll = number(session, "document.documentElement.scrollWidth");
        int inner = number(session, "window.innerWidth");
        if (picture.isPresent()) {
            Files.write(picture.get(), picture(session));
        }
        Visit visit = new Visit(scroll, inner, requests(page), complaints());
        send("", "Target.closeTarget", Map.of("targetId", target.path("targetId").asString()));
        return visit;
    }

    private byte[] picture(String session) {
        JsonNode shot =
                send(
                        session,
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(shot.path("data").asString());
    }

    private int number(String session, String expression) {
        return send(session, "Runtime.evaluate", Map.of("expression", expression))
                .at("/result/value")
                .asInt();
    }

    private List<String> requests(URI page) {
        return told("Network.requestWillBeSent", "/params/request/url").stream()
                .filter(url -> !url.equals(page.toString()))
                .toList();
    }

    private List<String> complaints() {
        List<String> complaints = new ArrayList<>(told("Log.entryAdded", "/params/entry/text"));
        complaints.addAll(told("Runtime.consoleAPICalled", "/params/args"));
        complaints.addAll(told("Runtime.exceptionThrown", "/params/exceptionDetails/text"));
        return complaints;
    }

    private List<String> told(String method, String where) {
        return events.stream()
                .filter(event -> event.path("method").asString("").equals(method))
                .map(event -> event.at(where).asString(event.toString()))
                .toList();
    }

    private JsonNode send(String session, String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        var message = JsonMapper.shared().createObjectNode().put("id", id).put("method", method);
        message.set("params", JsonMapper.shared().valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        JsonNode reply = await(answer);
        if (reply.has("error")) {
            throw new IllegalStateException(method + ": " + reply.path("error"));
        }
        return reply.path("result");
    }

    private static JsonNode await(CompletableFuture<JsonNode> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                hear(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void hear(JsonNode message) {
            CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(0));
            if (answer != null) {
                answer.complete(message);
                return;
            }
            events.add(message);
            if (message.path("method").asString("").equals("Page.loadEventFired")) {
                loaded.complete(message);
            }
        }
    }

    @Override
    public void close() {
        send("", "Browser.close", Map.of());
        socket.abort();
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly)
                .join();
    }
}
