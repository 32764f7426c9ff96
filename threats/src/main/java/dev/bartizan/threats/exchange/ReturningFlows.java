package dev.bartizan.threats.exchange;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The flows of a system, each with what it carries from the other tool. A flow that went both ways
/// there became two here and goes back as one.
final class ReturningFlows {
    private static final String FLOW = "flow";

    private final AiSystem system;
    private final Map<String, Deque<Map<String, Object>>> carried = new HashMap<>();
    private final Map<String, Integer> returns = new HashMap<>();

    private ReturningFlows(AiSystem system) {
        this.system = system;
    }

    /// Makes the other tool's flow of one of ours.
    interface Maker {
        Map<String, Object> of(Flow flow, Map<String, Object> carried, int number);
    }

    /// Takes the flows out of what the system carries.
    static ReturningFlows of(AiSystem system, Map<String, Object> root) {
        ReturningFlows flows = new ReturningFlows(system);
        for (Map<String, Object> each : Carried.maps(root, "flows")) {
            Map<String, Object> more = new LinkedHashMap<>(each);
            Object arrow = more.remove(FLOW);
            flows.carried.computeIfAbsent(String.valueOf(arrow), _ -> new ArrayDeque<>()).add(more);
        }
        root.remove("flows");
        return flows;
    }

    /// Every flow once, in the system's order.
    List<Object> each(Maker maker) {
        List<Object> made = new ArrayList<>();
        for (Flow flow : system.flows()) {
            Deque<Map<String, Object>> waiting = carried.get(arrow(flow.from(), flow.to()));
            Map<String, Object> more =
                    waiting == null || waiting.isEmpty() ? Map.of() : waiting.poll();
            if (isWayBack(flow, more)) {
                continue;
            }
            if (goesBothWays(more)) {
                returns.merge(arrow(flow.to(), flow.from()), 1, Integer::sum);
            }
            made.add(maker.of(flow, more, made.size()));
        }
        return made;
    }

    private boolean isWayBack(Flow flow, Map<String, Object> more) {
        String arrow = arrow(flow.from(), flow.to());
        boolean isExpected = returns.getOrDefault(arrow, 0) > 0 && more.size() <= 1;
        if (isExpected) {
            returns.merge(arrow, -1, Integer::sum);
        }
        return isExpected;
    }

    private static boolean goesBothWays(Map<String, Object> more) {
        return Boolean.TRUE.equals(more.get("bidirectional"))
                || (more.get("data") instanceof Map<?, ?> data
                        && Boolean.TRUE.equals(data.get("isBidirectional")))
                || String.valueOf(more.get("properties")).contains("isBidirectional, value=true}");
    }

    private static String arrow(String from, String to) {
        return from + " -> " + to;
    }
}
