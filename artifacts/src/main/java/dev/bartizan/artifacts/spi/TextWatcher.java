package dev.bartizan.artifacts.spi;

/// Looks at every text that a scan meets, such as a finder of secrets.
@FunctionalInterface
public interface TextWatcher {
    /// Notes what the text holds. Several threads may call it at once.
    void look(String text, Notes notes);
}
