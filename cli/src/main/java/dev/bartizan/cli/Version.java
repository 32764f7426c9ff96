package dev.bartizan.cli;

/// The version of the tool, as evidence and reports name it.
final class Version {
    /// Of this build.
    static final String NUMBER = "0.1.0";

    private Version() {}
}
