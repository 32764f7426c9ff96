package dev.bartizan.reports;

import dev.bartizan.core.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The flows of a system as a network: shortest ways, and the fewest flows that part two sides. The
/// same flows in the same order always give the same answers.
final class FlowNetwork {
    private final List<Flow> flows;
    private final Map<String, List<Flow>> leaving = new HashMap<>();

    FlowNetwork(List<Flow> flows) {
        this.flows = List.copyOf(flows);
        for (Flow flow : flows) {
            leaving.computeIfAbsent(flow.from(), _ -> new ArrayList<>()).add(flow);
        }
    }

    /// The network without the connections of some flows.
    FlowNetwork without(List<Flow> gone) {
        Set<Pair> pairs = new HashSet<>();
        gone.forEach(flow -> pairs.add(new Pair(flow.from(), flow.to())));
        return new FlowNetwork(
                flows.stream()
                        .filter(flow -> !pairs.contains(new Pair(flow.from(), flow.to())))
                        .toList());
    }

    /// The shortest way from any of the entries to the goal; empty when there is none, or the goal
    /// is an entry itself.
    List<Flow> shortest(Set<String> entries, String goal) {
        Map<String, Flow> reachedBy = new HashMap<>();
        Set<String> seen = new HashSet<>(entries);
        Deque<String> queue = new ArrayDeque<>(entries);
        while (!queue.isEmpty() && !seen.contains(goal)) {
            for (Flow flow : leaving.getOrDefault(queue.remove(), List.of())) {
                if (seen.add(flow.to())) {
                    reachedBy.put(flow.to(), flow);
                    queue.add(flow.to());
                }
            }
        }
        List<Flow> way = new ArrayList<>();
        for (Flow flow = reachedBy.get(goal); flow != null; flow = reachedBy.get(flow.from())) {
            way.add(flow);
        }
        Collections.reverse(way);
        return way;
    }

    /// The fewest connections whose removal parts the entries from the goal, nearest to the goal;
    /// empty when they are not joined, the goal is an entry, or more than `most` are needed. By
    /// augmenting ways of one unit each (L. R. Ford and D. R. Fulkerson, "Maximal flow through a
    /// network", Canadian Journal of Mathematics 8, 1956).
    List<Flow> smallestCut(Set<String> entries, String goal, int most) {
        if (entries.contains(goal)) {
            return List.of();
        }
        Map<Pair, Integer> capacity = new LinkedHashMap<>();
        for (Flow flow : flows) {
            if (!flow.from().equals(flow.to())) {
                capacity.put(new Pair(flow.from(), flow.to()), 1);
                capacity.putIfAbsent(new Pair(flow.to(), flow.from()), 0);
            }
        }
        for (int used = 0; used <= most; used++) {
            Map<String, Pair> towardsGoal = reaching(goal, capacity);
            String start =
                    entries.stream().filter(towardsGoal::containsKey).findFirst().orElse(goal);
            if (start.equals(goal)) {
                return between(towardsGoal.keySet(), goal);
            }
            for (String at = start; !at.equals(goal); ) {
                Pair step = towardsGoal.getOrDefault(at, new Pair(at, goal));
                capacity.merge(step, -1, Integer::sum);
                capacity.merge(new Pair(step.to(), step.from()), 1, Integer::sum);
                at = step.to();
            }
        }
        return List.of();
    }

    private record Pair(String from, String to) {}

    /// From which nodes the goal can still be reached, and by which step.
    private static Map<String, Pair> reaching(String goal, Map<Pair, Integer> capacity) {
        Map<String, List<Pair>> entering = new HashMap<>();
        capacity.forEach((pair, free) -> {
            if (free > 0) {
                entering.computeIfAbsent(pair.to(), _ -> new ArrayList<>()).add(pair);
            }
        });
        Map<String, Pair> steps = new LinkedHashMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(goal));
        while (!queue.isEmpty()) {
            for (Pair pair : entering.getOrDefault(queue.remove(), List.of())) {
                if (!pair.from().equals(goal) && !steps.containsKey(pair.from())) {
                    steps.put(pair.from(), pair);
                    queue.add(pair.from());
                }
            }
        }
        return steps;
    }

    /// One flow for each connection that enters the goal's side.
    private List<Flow> between(Set<String> side, String goal) {
        Map<Pair, Flow> cut = new LinkedHashMap<>();
        for (Flow flow : flows) {
            boolean isFromInside = side.contains(flow.from()) || flow.from().equals(goal);
            boolean isToInside = side.contains(flow.to()) || flow.to().equals(goal);
            if (!isFromInside && isToInside) {
                cut.putIfAbsent(new Pair(flow.from(), flow.to()), flow);
            }
        }
        return List.copyOf(cut.values());
    }
}
