package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Answered;
import java.net.URI;
import java.util.Optional;

/// How to speak with an endpoint: its addresses and the shape of requests and answers.
public sealed interface Endpoint permits ChatEndpoint, InferenceEndpoint, JsonEndpoint {
    /// Where questions go.
    URI uri();

    /// The word of the system file: `openai`, `oip-v2` or `json`.
    String protocol();

    /// A request that tells what runs there; empty when the protocol has none.
    Optional<Call> describe();

    /// The same endpoint, knowing what {@link #describe} was answered.
    Endpoint described(Answered answer);

    /// The request that asks a question.
    Call ask(Question question);

    /// A request whose body has about so many bytes.
    Call oversized(int bytes);

    /// A well-formed request for a model that is not there; empty when no model can be named.
    Optional<Call> unknownModel(String name);

    /// What was answered to a question; empty when it is not an answer (an error, a log-in page).
    Optional<Reply> reply(Answered answer);

    /// Whether it takes a message in words.
    default boolean takesWords() {
        return true;
    }
}
