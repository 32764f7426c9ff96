package dev.bartizan.cli;

import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import dev.bartizan.targets.prediction.PredictionProtocol;
import dev.bartizan.targets.prediction.PredictionSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say how a classifier behind HTTP is asked.
final class EndpointOptions {
    private static final String SIMULATED = "simulated:";
    private static final long SIMULATION_SEED = 1;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "Of an endpoint: oip-v2 (KServe, Triton), tensorflow (also KServe 1), torchserve, or"
                            + " json. Default: what its address looks like.")
    private @Nullable String protocol;

    @Option(
            names = "--request",
            paramLabel = "JSON",
            description =
                    "With json: the document that is sent, in which {rows} stands for the examples."
                            + " Default: {\"instances\":{rows}}.")
    private String request = PredictionSettings.TEMPLATE;

    @Option(
            names = "--answer",
            paramLabel = "POINTER",
            description =
                    "JSON pointer to the predictions in an answer. Default: they are looked for.")
    private String answer = "";

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "N",
            description = "Sizes of one example as it is sent. Default: those of the file.")
    private List<Long> shape = List.of();

    @Option(
            names = "--class-names",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the classes in order, for an endpoint that answers with words.")
    private List<String> names = List.of();

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "How many classes there are, for an endpoint that tells no scores.")
    private @Nullable Integer classes;

    @Option(
            names = "--token-env",
            paramLabel = "VARIABLE",
            description = "Environment variable that holds the bearer token of an endpoint.")
    private @Nullable String variable;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "Most requests a second to an endpoint. Default: one after another, as fast as it"
                            + " answers.")
    private @Nullable Double rate;

    @Option(
            names = "--rows-per-request",
            paramLabel = "N",
            description = "Most examples in one request to an endpoint. Default: 32.")
    private int rowsPerRequest = 32;

    /// Whether what is attacked is an endpoint and no file.
    static boolean isEndpoint(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://")
                || lower.startsWith("https://")
                || lower.startsWith(SIMULATED);
    }

    /// Starts the simulation that an address names; empty for any other address.
    ///
    /// @throws UserError when there is no such simulation
    static Optional<SimulatedEndpoints.Session> simulation(String target) throws IOException {
        if (!target.startsWith(SIMULATED)) {
            return Optional.empty();
        }
        String rest = target.substring(SIMULATED.length());
        int slash = rest.indexOf('/');
        String profile = slash < 0 ? rest : rest.substring(0, slash);
        for (SimulatedEndpoints simulation : ServiceLoader.load(SimulatedEndpoints.class)) {
            if (simulation.has(profile)) {
                return Optional.of(simulation.start(profile, SIMULATION_SEED));
            }
        }
        throw new UserError(
                "No simulation is called \"" + profile + "\"",
                target,
                "Use simulated:shapes, or the address of a real endpoint.");
    }

    /// The address to ask: as typed, or below a simulation's own.
    ///
    /// @throws UserError when it is no address
    static URI address(String target, Optional<SimulatedEndpoints.Session> session) {
        String text = target;
        if (session.isPresent()) {
            int slash = target.indexOf('/');
            String path = slash < 0 ? "/v2/models/shapes" : target.substring(slash);
            text = session.get().baseUri() + path;
        }
        try {
            URI address = URI.create(text);
            if (address.getHost() == null || address.getUserInfo() != null) {
                throw new IllegalArgumentException("no host, or a log-in in it");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "This is no address of an endpoint",
                    target,
                    "Write http://host:port/path, with a token in --token-env.",
                    e);
        }
    }

    List<Long> shape() {
        if (shape.stream().anyMatch(size -> size < 1)) {
            throw new UserError(
                    "Sizes are above 0", "--shape " + shape, "Give such as --shape 1,28,28.");
        }
        return shape;
    }

    OptionalInt classes() {
        if (classes != null && classes < 2) {
            throw new UserError(
                    "A classifier tells at least two classes apart",
                    "--classes " + classes,
                    "Give how many there are.");
        }
        if (classes == null) {
            return names.isEmpty() ? OptionalInt.empty() : OptionalInt.of(names.size());
        }
        return OptionalInt.of(classes);
    }

    OptionalDouble rate() {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new UserError(
                    "A rate is above 0",
                    "--rate " + rate,
                    "Give requests a second, such as 10 or 0.5.");
        }
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    int rowsPerRequest() {
        if (rowsPerRequest < 1) {
            throw new UserError(
                    "At least one example goes with a request",
                    "--rows-per-request " + rowsPerRequest,
                    "Give such as 1 or 32.");
        }
        return rowsPerRequest;
    }

    /// Settings for an address.
    ///
    /// @throws UserError when options do not make sense
    PredictionSettings settings(URI address, List<Long> rowDims) {
        PredictionProtocol spoken =
                protocol == null
                        ? PredictionProtocol.usual(address)
                        : PredictionProtocol.of(protocol)
                                .orElseThrow(() ->
                                        Mistakes.unknown(
                                                "protocol",
                                                String.valueOf(protocol),
                                                "oip-v2, tensorflow, torchserve, json"));
        if (!request.contains("{rows}")) {
            throw new UserError(
                    "A request says where the examples go",
                    "--request " + request,
                    "Write a JSON document in which {rows} stands for them.");
        }
        if (!answer.isEmpty() && !answer.startsWith("/")) {
            throw new UserError(
                    "The answer is not a JSON pointer",
                    "--answer " + answer,
                    "Write a pointer such as /result/scores.");
        }
        return new PredictionSettings(
                address,
                spoken,
                rowDims,
                request,
                answer,
                names,
                token(),
                rowsPerRequest(),
                rate());
    }

    private String token() {
        if (variable == null) {
            return "";
        }
        String token = System.getenv(variable);
        if (token == null || token.isBlank()) {
            throw new UserError(
                    "There is no token in the environment",
                    "--token-env " + variable,
                    "Set the variable to the bare token.");
        }
        return token.strip();
    }
}
