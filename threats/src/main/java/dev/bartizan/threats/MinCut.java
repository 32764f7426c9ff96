package dev.bartizan.threats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A smallest cut of a directed network with capacities: E. A. Dinic's blocking flows ("Algorithm
/// for solution of a problem of maximum flow in networks with power estimation", 1970), then the
/// edges that leave what the source still reaches. Of several smallest cuts it is the one nearest
/// to the source.
final class MinCut {
    /// A capacity that no cut may use.
    static final int UNCUTTABLE = 1 << 29;

    private final List<int[]> edges = new ArrayList<>();
    private final List<List<Integer>> leaving = new ArrayList<>();
    private int[] level = {};
    private int[] next = {};

    /// Adds a node and gives its number.
    int node() {
        leaving.add(new ArrayList<>());
        return leaving.size() - 1;
    }

    /// Adds an edge and gives its number.
    int edge(int from, int to, int capacity) {
        int number = edges.size();
        edges.add(new int[] {to, capacity, capacity});
        edges.add(new int[] {from, 0, 0});
        leaving.get(from).add(number);
        leaving.get(to).add(number + 1);
        return number;
    }

    /// The numbers of the edges of a smallest cut; empty when source and sink are apart, or when
    /// every cut needs an edge that may not be cut.
    List<Integer> between(int source, int sink) {
        long flow = 0;
        while (findLevels(source, sink)) {
            next = new int[leaving.size()];
            int pushed = push(source, sink);
            while (pushed > 0) {
                flow += pushed;
                pushed = push(source, sink);
            }
        }
        if (flow == 0 || flow >= UNCUTTABLE) {
            return List.of();
        }
        List<Integer> cut = new ArrayList<>();
        for (int number = 0; number < edges.size(); number += 2) {
            int from = edges.get(number + 1)[0];
            int to = edges.get(number)[0];
            if (level[from] >= 0 && level[to] < 0) {
                cut.add(number);
            }
        }
        return cut;
    }

    private boolean findLevels(int source, int sink) {
        level = new int[leaving.size()];
        Arrays.fill(level, -1);
        level[source] = 0;
        Deque<Integer> queue = new ArrayDeque<>(List.of(source));
        while (!queue.isEmpty()) {
            int here = queue.remove();
            for (int number : leaving.get(here)) {
                int[] edge = edges.get(number);
                if (edge[1] > 0 && level[edge[0]] < 0) {
                    level[edge[0]] = level[here] + 1;
                    queue.add(edge[0]);
                }
            }
        }
        return level[sink] >= 0;
    }

    /// Pushes one unit or more along one path of rising levels, without recursion: networks may be
    /// thousands of nodes deep.
    private int push(int source, int sink) {
        Deque<Integer> path = new ArrayDeque<>();
        int here = source;
        while (here != sink) {
            int step = step(here);
            if (step >= 0) {
                path.addLast(step);
                here = edges.get(step)[0];
            } else if (path.isEmpty()) {
                return 0;
            } else {
                level[here] = -1;
                int back = path.removeLast();
                here = edges.get(back ^ 1)[0];
            }
        }
        int amount = UNCUTTABLE;
        for (int number : path) {
            amount = Math.min(amount, edges.get(number)[1]);
        }
        for (int number : path) {
            edges.get(number)[1] -= amount;
            edges.get(number ^ 1)[1] += amount;
        }
        return amount;
    }

    private int step(int here) {
        List<Integer> from = leaving.get(here);
        while (next[here] < from.size()) {
            int number = from.get(next[here]);
            int[] edge = edges.get(number);
            if (edge[1] > 0 && level[edge[0]] == level[here] + 1) {
                return number;
            }
            next[here]++;
        }
        return -1;
    }
}
