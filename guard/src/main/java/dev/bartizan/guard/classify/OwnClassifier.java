package dev.bartizan.guard.classify;

import dev.bartizan.core.Digest;
import java.util.List;

/// A classifier of one's own that bears on the verdict beside the one that ships.
public interface OwnClassifier extends AutoCloseable {
    /// What reasons call it.
    String name();

    /// Digest of all that decides its answers: a threshold was calibrated for one digest.
    Digest digest();

    /// What it says of a text, window by window, at least one.
    ///
    /// @throws StageFailedException when it gives no answer; the text then counts as not judged
    List<Said> read(String text);

    /// Lets go of what was loaded.
    @Override
    default void close() {}

    /// What one window says.
    ///
    /// @param start first code point of the text
    /// @param end code point after the last
    /// @param probability of an attack, 0..1
    /// @param label the class that says so
    record Said(int start, int end, double probability, String label) {}

    /// The highest probability of any window, 0..1.
    default double highest(String text) {
        return read(text).stream().mapToDouble(Said::probability).max().orElse(0);
    }
}
