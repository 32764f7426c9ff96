package dev.bartizan.artifacts.spi;

import java.io.IOException;

/// Looks at an item with every analyser that recognises it.
public interface Inspector {
    /// Notes what it sees.
    void inspect(Item item, Notes notes) throws IOException;

    /// Has a text looked at that is no item of its own, such as a value of a table.
    default void watch(String text, Notes notes) {}
}
