package dev.bartizan.targets;

import java.net.URI;

/// A request to an endpoint, without the credential it goes with.
///
/// @param method HTTP method
/// @param uri where it goes
/// @param body text that is sent as JSON; empty for none
public record Call(String method, URI uri, String body) {
    /// Fetches.
    public static Call get(URI uri) {
        return new Call("GET", uri, "");
    }

    /// Posts JSON.
    public static Call post(URI uri, String body) {
        return new Call("POST", uri, body);
    }
}
