package dev.bartizan.core;

import java.util.List;

/// Reads facts off a target itself: a graph has a custom operator, an endpoint answers without
/// credentials. Found by `ServiceLoader`.
public interface FactSource {
    /// Stable name, used as the origin of its facts.
    String id();

    /// The facts of one element; empty when there is nothing to read. Bounded in time and memory;
    /// never throws for a broken target.
    List<Fact> facts(AiSystem system, Element element);
}
