package dev.bartizan.range;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bartizan.core.JsonNumbers;
import dev.bartizan.core.SimulatedEndpoints;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A running simulation of a classifier behind HTTP: the class of an example is that of the nearest
/// of some centres, so that the smallest change which turns an answer is a formula. It speaks the
/// Open Inference Protocol (`/v2/models/shapes`), TensorFlow Serving's
/// (`/v1/models/shapes:predict`) and TorchServe's (`/predictions/shapes`), asks for no credential,
/// and tells scores or, under the name `shapes-labels`, the class alone.
public final class SimulatedClassifier implements SimulatedEndpoints.Session {
    /// The model that tells scores.
    public static final String SCORED = "shapes";

    /// The model that tells the class alone.
    public static final String LABELLED = "shapes-labels";

    private static final int MAX_BODY_BYTES = 8 << 20;

    private final ShapesProfile profile;
    private final Centres centres;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RateWindow rate;
    private final AtomicLong rows = new AtomicLong();

    private SimulatedClassifier(
            ShapesProfile profile, long seed, InstantSource clock, HttpServer http) {
        this.profile = profile;
        this.http = http;
        centres = new Centres(seed);
        rate = new RateWindow(profile.requestsPerWindow(), profile.window(), clock);
    }

    static SimulatedClassifier start(ShapesProfile profile, long seed, InstantSource clock)
            throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer http = HttpServer.create(anyPort, 0);
        SimulatedClassifier classifier = new SimulatedClassifier(profile, seed, clock, http);
        http.createContext("/", classifier::handle);
        http.setExecutor(classifier.threads);
        http.start();
        return classifier;
    }

    @Override
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public Map<String, String> identity() {
        return Map.of("profile", profile.truth().profile(), "model", SCORED);
    }

    @Override
    public String credential(String principal) {
        return "";
    }

    /// Where the class of an example is decided.
    public Centres centres() {
        return centres;
    }

    /// How many examples it has classified.
    public long rows() {
        return rows.get();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String body) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() == 429) {
                long wait = profile.window().toMillis();
                exchange.getResponseHeaders().set("Retry-After-Ms", Long.toString(wait));
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean isLabels = path.contains(LABELLED);
        String plain = path.replace(LABELLED, SCORED);
        if (!rate.admits("anyone")) {
            return new Answer(429, Wire.error("rate-limited", "Too many requests."));
        }
        if (exchange.getRequestMethod().equals("GET") && plain.equals("/v2/models/shapes")) {
            return new Answer(200, described());
        }
        byte[] body = body(exchange.getRequestBody());
        if (body.length > MAX_BODY_BYTES) {
            return new Answer(413, Wire.error("too-large", "The request is too large."));
        }
        try {
            JsonNode root = ChatRequest.JSON.readTree(body);
            return switch (plain) {
                case "/v2/models/shapes/infer" -> inferred(root, isLabels);
                case "/v1/models/shapes:predict" -> predicted(root, isLabels);
                case "/predictions/shapes" -> handled(root, isLabels);
                default -> new Answer(404, Wire.error("not-found", "There is nothing here."));
            };
        } catch (JacksonException | IllegalArgumentException e) {
            return new Answer(400, Wire.error("bad-request", "The request is not valid."));
        }
    }

    private static byte[] body(InputStream in) throws IOException {
        return in.readNBytes(MAX_BODY_BYTES + 1);
    }

    private static String described() {
        ObjectNode root = ChatRequest.JSON.createObjectNode();
        root.put("name", SCORED).put("platform", "simulation");
        ObjectNode input = root.putArray("inputs").addObject();
        input.put("name", "pixels").put("datatype", "FP32");
        input.putArray("shape").add(-1).add(1).add(Centres.SIDE).add(Centres.SIDE);
        ObjectNode output = root.putArray("outputs").addObject();
        output.put("name", "scores").put("datatype", "FP32");
        output.putArray("shape").add(-1).add(Centres.CLASSES);
        return ChatRequest.JSON.writeValueAsString(root);
    }

    private Answer inferred(JsonNode root, boolean isLabels) {
        List<double[]> given = examples(root.path("inputs").path(0).path("data"));
        ObjectNode answer = ChatRequest.JSON.createObjectNode();
        answer.put("model_name", SCORED);
        ObjectNode output = answer.putArray("outputs").addObject();
        output.put("name", isLabels ? "label" : "scores");
        output.put("datatype", isLabels ? "INT64" : "FP32");
        ArrayNode shape = output.putArray("shape").add(given.size());
        ArrayNode data = output.putArray("data");
        for (double[] example : given) {
            if (isLabels) {
                data.add(centres.classOf(example));
            } else {
                for (double score : centres.scores(example)) {
                    data.add(score);
                }
            }
        }
        shape.add(isLabels ? 1 : Centres.CLASSES);
        return new Answer(200, ChatRequest.JSON.writeValueAsString(answer));
    }

    private Answer predicted(JsonNode root, boolean isLabels) {
        ObjectNode answer = ChatRequest.JSON.createObjectNode();
        answer.set("predictions", rowsOf(root.path("instances"), isLabels));
        return new Answer(200, ChatRequest.JSON.writeValueAsString(answer));
    }

    private Answer handled(JsonNode root, boolean isLabels) {
        return new Answer(
                200, ChatRequest.JSON.writeValueAsString(rowsOf(root.path("instances"), isLabels)));
    }

    private ArrayNode rowsOf(JsonNode instances, boolean isLabels) {
        ArrayNode all = ChatRequest.JSON.createArrayNode();
        for (double[] example : examples(instances)) {
            if (isLabels) {
                all.add(centres.classOf(example));
            } else {
                ArrayNode row = all.addArray();
                for (double score : centres.scores(example)) {
                    row.add(score);
                }
            }
        }
        return all;
    }

    /// Examples from numbers that may lie nested.
    private List<double[]> examples(JsonNode numbers) {
        List<Double> flat = new ArrayList<>();
        flatten(numbers, flat);
        if (flat.isEmpty() || flat.size() % Centres.WIDTH != 0) {
            throw new IllegalArgumentException("Not whole examples");
        }
        List<double[]> examples = new ArrayList<>();
        for (int from = 0; from < flat.size(); from += Centres.WIDTH) {
            examples.add(
                    flat.subList(from, from + Centres.WIDTH).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
        rows.addAndGet(examples.size());
        return examples;
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isNumber()) {
            into.add(JsonNumbers.nearest(node));
            return;
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("Not numbers");
        }
        for (JsonNode item : node) {
            flatten(item, into);
        }
    }
}
