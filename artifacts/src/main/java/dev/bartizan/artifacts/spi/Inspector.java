package dev.bartizan.artifacts.spi;

import java.io.IOException;

/// Looks at an item with every analyser that recognises it.
public interface Inspector {
    /// Notes what it sees.
    void inspect(Item item, Notes notes) throws IOException;
}
