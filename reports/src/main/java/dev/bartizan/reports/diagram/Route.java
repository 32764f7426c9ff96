package dev.bartizan.reports.diagram;

import dev.bartizan.core.Flow;
import java.util.List;

/// A way through a diagram, drawn thick with its steps numbered, and where it is cut.
///
/// @param steps flows of the way, in order
/// @param joins flows of a second way that meets the first, drawn thick without numbers
/// @param cutFlows flows to close
/// @param cutElements ids of elements where a control would stand
public record Route(
        List<Flow> steps, List<Flow> joins, List<Flow> cutFlows, List<String> cutElements) {
    /// No way.
    public static final Route NONE = new Route(List.of(), List.of(), List.of(), List.of());

    public Route {
        steps = List.copyOf(steps);
        joins = List.copyOf(joins);
        cutFlows = List.copyOf(cutFlows);
        cutElements = List.copyOf(cutElements);
    }

    /// Whether a flow is part of it; flows from one element to another count as one.
    boolean has(Flow flow) {
        return steps.stream().anyMatch(step -> same(step, flow))
                || joins.stream().anyMatch(step -> same(step, flow));
    }

    /// Whether a flow is to be closed.
    boolean isCut(Flow flow) {
        return cutFlows.stream().anyMatch(cut -> same(cut, flow));
    }

    static boolean same(Flow one, Flow other) {
        return one.from().equals(other.from()) && one.to().equals(other.to());
    }
}
