package dev.bartizan.targets.prediction;

import dev.bartizan.core.UserError;
import dev.bartizan.targets.BoundedHttp;
import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.Call;
import dev.bartizan.targets.Exchange;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Limits;
import dev.bartizan.targets.Pacing;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A classifier behind HTTP, asked for many rows one request after another, no faster than was
/// allowed. Told to wait (429 or 503), or left without an answer, it waits longer each time and
/// gives up after some tries. Not for use by two threads at once.
public final class PredictionEndpoint implements AutoCloseable {
    private static final int MAX_TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_SHOWN = 200;
    private static final double NANOS = 1e9;

    private final PredictionSettings settings;
    private final PredictionRequest request;
    private final BoundedHttp http;
    private final Pacing pacing;
    private long requests;
    private long nextNanos;

    private PredictionEndpoint(
            PredictionSettings settings,
            PredictionRequest request,
            BoundedHttp http,
            Pacing pacing) {
        this.settings = settings;
        this.request = request;
        this.http = http;
        this.pacing = pacing;
    }

    /// Opens an endpoint; one of the inference protocol is asked what its input is called.
    ///
    /// @throws UserError when it takes something else than one input of real numbers
    /// @throws InterruptedException when cancelled
    public static PredictionEndpoint open(PredictionSettings settings, Limits limits, Pacing pacing)
            throws InterruptedException {
        BoundedHttp http = new BoundedHttp(limits);
        try {
            return new PredictionEndpoint(settings, request(settings, http), http, pacing);
        } catch (RuntimeException | InterruptedException e) {
            http.close();
            throw e;
        }
    }

    private static PredictionRequest request(PredictionSettings settings, BoundedHttp http)
            throws InterruptedException {
        if (settings.protocol() != PredictionProtocol.OIP_V2) {
            return new PredictionRequest(
                    settings.uri(),
                    settings.protocol(),
                    settings.rowDims(),
                    PredictionRequest.Input.USUAL,
                    settings.template());
        }
        String model = settings.uri().toString().replaceAll("/+$", "").replaceAll("/infer$", "");
        Exchange exchange = http.send(Call.get(URI.create(model)), settings.token());
        Optional<JsonNode> described =
                exchange instanceof Answered answered && answered.isWholeSuccess()
                        ? BoundedJson.read(answered.body())
                        : Optional.empty();
        JsonNode inputs =
                described
                        .map(root -> root.path("inputs"))
                        .orElse(BoundedJson.MAPPER.createArrayNode());
        PredictionRequest.Input input =
                inputs.size() > 0 ? only(inputs, model) : PredictionRequest.Input.USUAL;
        return new PredictionRequest(
                URI.create(model + "/infer"),
                settings.protocol(),
                settings.rowDims(),
                input,
                settings.template());
    }

    private static PredictionRequest.Input only(JsonNode inputs, String model) {
        JsonNode first = inputs.get(0);
        PredictionRequest.Input input =
                new PredictionRequest.Input(
                        BoundedJson.text(first, "name"), BoundedJson.text(first, "datatype"));
        if (inputs.size() > 1 || !input.isOfReals()) {
            throw new UserError(
                    "The endpoint takes "
                            + (inputs.size() > 1
                                    ? inputs.size() + " inputs"
                                    : "numbers of type " + input.datatype()),
                    model,
                    "An attack needs a model with one input of real numbers (FP16, BF16, FP32,"
                            + " FP64); put what makes its input from these in front of it.");
        }
        return input;
    }

    /// Predictions for rows.
    ///
    /// @param values rows of numbers, one after another
    /// @throws UserError when it does not answer, or not with predictions
    /// @throws InterruptedException when cancelled
    public Predictions predict(float[] values) throws InterruptedException {
        int rows = values.length / request.width();
        Answered answered = answered(request.of(values));
        Optional<JsonNode> body = BoundedJson.read(answered.body());
        Optional<Predictions> found =
                body.map(root -> chosen(root, rows))
                        .flatMap(root -> new PredictionReader(rows, settings.classes()).read(root));
        return found.orElseThrow(() -> strange(answered, rows));
    }

    /// What holds the predictions: what the user points at, or the output of the inference protocol
    /// that has scores, else the first.
    private JsonNode chosen(JsonNode root, int rows) {
        if (!settings.answer().isEmpty()) {
            return root.at(settings.answer());
        }
        if (settings.protocol() != PredictionProtocol.OIP_V2) {
            return root;
        }
        JsonNode best = BoundedJson.MAPPER.createObjectNode();
        for (JsonNode output : root.path("outputs")) {
            boolean isScores = BoundedJson.text(output, "datatype").startsWith("FP");
            if (best.isEmpty() || isScores) {
                best = output;
            }
        }
        return InferenceOutput.rows(best, rows);
    }

    private UserError strange(Answered answered, int rows) {
        String body = answered.body();
        return new UserError(
                "The endpoint answers "
                        + answered.words()
                        + ", and no predictions for "
                        + rows
                        + " rows are found in it",
                request.uri() + ": " + body.substring(0, Math.min(MOST_SHOWN, body.length())),
                "Say where they stand with --answer /json/pointer, name the classes with"
                        + " --class-names, or ask for one row at a time with --rows-per-request 1.");
    }

    private Answered answered(Call call) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int tried = 1; ; tried++) {
            waitForTurn();
            requests++;
            Exchange exchange = http.send(call, settings.token());
            if (exchange instanceof Answered answered && answered.isWholeSuccess()) {
                return answered;
            }
            if (tried == MAX_TRIES || !isWorthAnotherTry(exchange)) {
                throw failed(exchange, tried);
            }
            pacing.pause(asked(exchange).orElse(pause));
            pause = pause.multipliedBy(2);
        }
    }

    private static boolean isWorthAnotherTry(Exchange exchange) {
        return !(exchange instanceof Answered answered)
                || answered.status() == 429
                || answered.status() >= 500;
    }

    private static Optional<Duration> asked(Exchange exchange) {
        if (!(exchange instanceof Answered answered)) {
            return Optional.empty();
        }
        Optional<Duration> millis =
                answered.header("retry-after-ms")
                        .filter(text -> text.matches("[0-9]{1,7}"))
                        .map(text -> Duration.ofMillis(Long.parseLong(text)));
        return millis.or(() ->
                        answered.header("retry-after")
                                .filter(text -> text.matches("[0-9]{1,5}"))
                                .map(text -> Duration.ofSeconds(Long.parseLong(text))))
                .map(wanted -> wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted);
    }

    private UserError failed(Exchange exchange, int tried) {
        String body = exchange instanceof Answered answered ? answered.body() : "";
        return new UserError(
                "The endpoint did not answer request "
                        + requests
                        + " in "
                        + tried
                        + (tried == 1 ? " try: " : " tries: ")
                        + exchange.words(),
                request.uri()
                        + (body.isEmpty()
                                ? ""
                                : ": " + body.substring(0, Math.min(MOST_SHOWN, body.length()))),
                "Look whether it runs, takes this shape and lets you in (--token-env); with --resume"
                        + " the same command goes on where it stopped.");
    }

    private void waitForTurn() throws InterruptedException {
        if (settings.perSecond().isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (requests > 0 && now < nextNanos) {
            pacing.pause(Duration.ofNanos(nextNanos - now));
        }
        nextNanos =
                Math.max(now, requests > 0 ? nextNanos : now)
                        + (long) (NANOS / settings.perSecond().getAsDouble());
    }

    /// How many requests were sent.
    public long requests() {
        return requests;
    }

    /// Rows that go with one request.
    public int rowsPerRequest() {
        return settings.rowsPerRequest();
    }

    @Override
    public void close() {
        http.close();
    }
}
