package dev.bartizan.reports.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Order in which the rows of a diagram are filled: zones from the least trusted down, within a
/// zone by the longest way along the flows, whatever cycles they have.
final class Graph {
    private Graph() {}

    /// A directed edge between numbered nodes.
    record Edge(int from, int to) {}

    /// Rank of each node: 0 for sources, one more than the highest predecessor for the rest, edges
    /// that close a cycle left out.
    static int[] ranks(int nodes, List<Edge> edges) {
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (Edge edge : edges) {
            next.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
        }
        List<Integer> order = topological(nodes, next);
        Map<Integer, Integer> position = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            position.put(order.get(i), i);
        }
        int[] ranks = new int[nodes];
        for (int node : order) {
            for (int to : next.getOrDefault(node, List.of())) {
                if (position.getOrDefault(to, 0) > position.getOrDefault(node, 0)) {
                    ranks[to] = Math.max(ranks[to], ranks[node] + 1);
                }
            }
        }
        return ranks;
    }

    /// Reverse post-order of a depth-first walk, sources first; iterative, since systems are
    /// written by strangers.
    private static List<Integer> topological(int nodes, Map<Integer, List<Integer>> next) {
        int[] incoming = new int[nodes];
        next.values().forEach(targets -> targets.forEach(to -> incoming[to]++));
        List<Integer> starts = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            if (incoming[node] == 0) {
                starts.add(node);
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (incoming[node] != 0) {
                starts.add(node);
            }
        }
        boolean[] seen = new boolean[nodes];
        List<Integer> post = new ArrayList<>();
        for (int start : starts) {
            walk(start, next, seen, post);
        }
        return post.reversed();
    }

    private static void walk(
            int start, Map<Integer, List<Integer>> next, boolean[] seen, List<Integer> post) {
        if (seen[start]) {
            return;
        }
        seen[start] = true;
        List<int[]> stack = new ArrayList<>();
        stack.add(new int[] {start, 0});
        while (!stack.isEmpty()) {
            int[] top = stack.getLast();
            List<Integer> targets = next.getOrDefault(top[0], List.of());
            if (top[1] == targets.size()) {
                post.add(top[0]);
                stack.removeLast();
                continue;
            }
            int to = targets.get(top[1]++);
            if (!seen[to]) {
                seen[to] = true;
                stack.add(new int[] {to, 0});
            }
        }
    }

    /// The members by rank, in the order of ranks; no row longer than `capacity`.
    static List<List<Integer>> rows(List<Integer> members, int[] ranks, int capacity) {
        Map<Integer, List<Integer>> byRank = new LinkedHashMap<>();
        members.stream()
                .sorted(Comparator.comparingInt(node -> ranks[node]))
                .forEach(node ->
                        byRank.computeIfAbsent(ranks[node], _ -> new ArrayList<>()).add(node));
        List<List<Integer>> rows = new ArrayList<>();
        for (List<Integer> row : byRank.values()) {
            for (int from = 0; from < row.size(); from += capacity) {
                rows.add(List.copyOf(row.subList(from, Math.min(from + capacity, row.size()))));
            }
        }
        return rows;
    }
}
