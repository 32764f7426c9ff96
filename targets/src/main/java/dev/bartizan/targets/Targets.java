package dev.bartizan.targets;

import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Opens the endpoints that a system file names.
///
/// @param simulations who serves `simulated:` addresses
/// @param credentials where the credentials of principals are kept
/// @param limits of each exchange
/// @param pacing how waiting is done
public record Targets(
        List<SimulatedEndpoints> simulations,
        Credentials credentials,
        Limits limits,
        Pacing pacing) {
    private static final String USUAL_PRINCIPAL = "alice";

    public Targets {
        simulations = List.copyOf(simulations);
    }

    /// With installed simulations, credentials of the environment and default limits.
    public static Targets installed() {
        List<SimulatedEndpoints> simulations =
                ServiceLoader.load(SimulatedEndpoints.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return new Targets(simulations, new EnvironmentCredentials(), Limits.DEFAULT, Pacing.REAL);
    }

    /// Opens an element's endpoint; a simulation is started fresh.
    ///
    /// @param seed of a simulation
    /// @throws UserError when the system file must be mended
    /// @throws IOException when a simulation cannot listen
    public Target open(Element element, long seed) throws IOException {
        Optional<String> profile = EndpointReader.profile(element);
        if (profile.isPresent()) {
            return simulated(element, profile.get(), seed);
        }
        URI uri = EndpointReader.uri(element);
        EndpointReader.at(uri, element);
        Map<String, String> tokens = new LinkedHashMap<>();
        principals(element)
                .forEach((principal, variable) ->
                        credentials
                                .named(variable)
                                .ifPresent(
                                        token -> tokens.put(principal, usable(token, variable))));
        return new Target(element, uri, null, tokens, new BoundedHttp(limits), pacing);
    }

    private Target simulated(Element element, String profile, long seed) throws IOException {
        for (SimulatedEndpoints simulation : simulations) {
            if (simulation.has(profile)) {
                return simulated(element, simulation.start(profile, seed));
            }
        }
        throw new UserError(
                "No simulation is called \"" + profile + "\"",
                element.place() + " (" + element.id() + ": endpoint)",
                "Use simulated:claims-desk, or the address of a real endpoint.");
    }

    private Target simulated(Element element, SimulatedEndpoints.Session session) {
        Map<String, String> tokens = new LinkedHashMap<>();
        List<String> named = new ArrayList<>(principals(element).keySet());
        if (named.isEmpty()) {
            named.add(USUAL_PRINCIPAL);
        }
        named.forEach(name -> tokens.put(name, session.credential(name)));
        URI uri = session.baseUri();
        return new Target(element, uri, session, tokens, new BoundedHttp(limits), pacing);
    }

    /// Names of principals, and of the environment variables that hold their credentials.
    public static Map<String, String> principals(Element element) {
        Attributes said = element.attributes().map("principals");
        Map<String, String> names = new LinkedHashMap<>();
        said.values().keySet().forEach(key -> said.text(key).ifPresent(v -> names.put(key, v)));
        return names;
    }

    private static String usable(String token, String variable) {
        if (Target.isUsable(token)) {
            return token;
        }
        throw new UserError(
                "The credential holds characters that no request can carry",
                "environment variable " + variable,
                "Set it to the bare token, without spaces or line ends.");
    }
}
