package dev.bartizan.range;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A plain client of a simulation.
final class DeskClient {
    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedServer server;

    DeskClient(SimulatedServer server) {
        this.server = server;
    }

    HttpResponse<String> send(String method, String path, String principal, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.baseUri().resolve(path))
                        .method(method, BodyPublishers.ofString(body));
        if (!principal.isEmpty()) {
            request.header("Authorization", "Bearer " + server.credential(principal));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> chat(String principal, String message, Map<String, Object> more)
            throws IOException, InterruptedException {
        Map<String, Object> body = new java.util.TreeMap<>(more);
        body.put("messages", List.of(Map.of("role", "user", "content", message)));
        return send("POST", "/v1/chat/completions", principal, JSON.writeValueAsString(body));
    }

    JsonNode message(String principal, String message) throws IOException, InterruptedException {
        HttpResponse<String> response = chat(principal, message, Map.of());
        return JSON.readTree(response.body()).path("choices").path(0).path("message");
    }

    int plant(String owner, String text) throws IOException, InterruptedException {
        Map<String, String> body = Map.of("owner", owner, "store", "claim-letters", "text", text);
        return send("POST", "/seed", owner, JSON.writeValueAsString(body)).statusCode();
    }
}
