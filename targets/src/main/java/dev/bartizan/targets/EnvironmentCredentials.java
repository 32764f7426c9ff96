package dev.bartizan.targets;

import java.util.Optional;

/// Credentials in environment variables: the one place of this module that reads them, and only
/// those that a system file names.
public final class EnvironmentCredentials implements Credentials {
    /// Of this process.
    public EnvironmentCredentials() {}

    @Override
    public Optional<String> named(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
