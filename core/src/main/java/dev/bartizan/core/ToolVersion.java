package dev.bartizan.core;

/// The version of Bartizan, as evidence and reports name it.
public final class ToolVersion {
    /// Of this build; the same as in the parent pom.
    public static final String NUMBER = "0.1.0";

    private ToolVersion() {}
}
