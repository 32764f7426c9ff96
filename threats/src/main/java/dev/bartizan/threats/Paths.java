package dev.bartizan.threats;

import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shortest paths of a search, kept as the last step of each and spelt out when asked for.
final class Paths {
    private final Map<String, Flow> steps;
    private final Set<String> reached;
    private final boolean isForward;

    Paths(Map<String, Flow> steps, Set<String> reached, boolean isForward) {
        this.steps = steps;
        this.reached = reached;
        this.isForward = isForward;
    }

    /// Whether there is a path to (or from) that element; a start has an empty one.
    boolean has(String element) {
        return reached.contains(element);
    }

    /// The path to (or from) that element; empty for a start.
    List<Flow> of(String element) {
        List<Flow> path = new ArrayList<>();
        Flow flow = steps.get(element);
        while (flow != null) {
            path.add(flow);
            flow = steps.get(isForward ? flow.from() : flow.to());
        }
        return isForward ? path.reversed() : path;
    }
}
