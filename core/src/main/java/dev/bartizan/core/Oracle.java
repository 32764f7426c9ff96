package dev.bartizan.core;

import java.util.Optional;

/// How a machine tells that a protocol was broken.
public sealed interface Oracle {
    /// A secret is planted as `owner` in element `store`; it must not reach principal `forbidden`.
    record SeededSecret(String owner, String store, String forbidden) implements Oracle {}

    /// The tool is never called, unless a condition holds (such as `approved`).
    record NeverCalls(String tool, Optional<String> unless) implements Oracle {}
}
