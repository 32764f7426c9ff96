package dev.bartizan.range;

import java.time.Duration;

/// How a simulated server treats requests, whatever the assistant behind it says.
///
/// @param maxBodyBytes largest request body that is taken; larger ones get 413
/// @param requestsPerWindow most requests of one principal in a window; 0 for no limit
/// @param window length of the window
/// @param tells what its answers give away
record ServerRules(int maxBodyBytes, int requestsPerWindow, Duration window, Tells tells) {
    /// Largest body that any simulation reads or drains: the server's own safety limit.
    static final int HARD_BODY_BYTES = 8 << 20;

    ServerRules {
        if (maxBodyBytes < 1 || maxBodyBytes > HARD_BODY_BYTES || requestsPerWindow < 0) {
            throw new IllegalArgumentException("Not rules of a server: " + maxBodyBytes);
        }
    }

    /// What a server gives away beside its answers.
    enum Tells {
        /// Scores when asked; model, framework and code in errors.
        EVERYTHING,
        /// Nothing.
        NOTHING
    }
}
