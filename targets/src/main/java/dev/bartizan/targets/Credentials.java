package dev.bartizan.targets;

import java.util.Optional;

/// Where credentials come from.
@FunctionalInterface
public interface Credentials {
    /// The secret kept under a name; empty when there is none.
    Optional<String> named(String name);
}
