package dev.bartizan.core;

import java.io.IOException;
import java.util.List;

/// Reads facts off a target itself: a graph has a custom operator, an endpoint answers without
/// credentials. Found by `ServiceLoader`.
public interface FactSource {
    /// Stable name, used as the origin of its facts.
    String id();

    /// Whether there is anything to read at that element. Cheap: looks at the system only.
    boolean isApplicable(AiSystem system, Element element);

    /// The facts of one element, all of them or none. Bounded in time and memory.
    ///
    /// @throws UnreadableTargetException when a file is missing, broken or too large; nothing is
    ///   claimed of the element then
    /// @throws IOException when it cannot be read
    List<Fact> facts(AiSystem system, Element element) throws IOException;
}
