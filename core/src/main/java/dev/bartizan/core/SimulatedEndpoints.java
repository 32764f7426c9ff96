package dev.bartizan.core;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Serves the endpoints that a system file names `simulated:<profile>`. Found by `ServiceLoader`.
public interface SimulatedEndpoints {
    /// Whether it knows the profile.
    boolean has(String profile);

    /// Starts a fresh simulation on the loopback interface.
    ///
    /// @param seed of everything random in it
    /// @throws IOException when it cannot listen
    Session start(String profile, long seed) throws IOException;

    /// A running simulation.
    interface Session extends AutoCloseable {
        /// Where it answers.
        URI baseUri();

        /// What can be pinned of it: name and version of the profile, prompt, tools.
        Map<String, String> identity();

        /// A valid credential of a principal, since a simulation has no environment variables.
        String credential(String principal);

        @Override
        void close();
    }
}
