package dev.bartizan.targets;

import java.util.List;

/// What is asked of an endpoint.
///
/// @param text the user's message
/// @param tools names of tools that are offered, for endpoints that let the client offer tools
/// @param manner how it is asked
public record Question(String text, List<String> tools, Manner manner) {
    public Question {
        tools = List.copyOf(tools);
    }

    /// Asked as any client would.
    public static Question plain(String text) {
        return new Question(text, List.of(), Manner.PLAIN);
    }

    /// How a question is asked.
    public enum Manner {
        /// As any client would.
        PLAIN,
        /// At temperature 0.
        STEADY,
        /// With a wish for log-probabilities.
        WITH_SCORES
    }
}
