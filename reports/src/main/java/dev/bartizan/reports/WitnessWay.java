package dev.bartizan.reports;

import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A way that data or authority can take and should not, the shortest one, and the smallest cut.
///
/// @param id of the question it answers
/// @param title what it means
/// @param steps flows of the shortest way; never empty
/// @param joins flows by which strangers reach an element on it, when the question asks for that
/// @param cutElements ids of elements where a control would stand
/// @param cutFlows flows to close
/// @param isSmallest whether no smaller cut exists
/// @param mend how to mend it
public record WitnessWay(
        String id,
        String title,
        List<Flow> steps,
        List<Flow> joins,
        List<String> cutElements,
        List<Flow> cutFlows,
        boolean isSmallest,
        String mend) {
    public WitnessWay {
        steps = List.copyOf(steps);
        joins = List.copyOf(joins);
        cutElements = List.copyOf(cutElements);
        cutFlows = List.copyOf(cutFlows);
    }

    /// Ids of the elements along the way.
    public List<String> elements() {
        return along(steps);
    }

    /// Ids of the elements along the second way; none when there is none.
    public List<String> joining() {
        return joins.isEmpty() ? List.of() : along(joins);
    }

    private static List<String> along(List<Flow> flows) {
        List<String> elements = new ArrayList<>(List.of(flows.getFirst().from()));
        flows.forEach(flow -> elements.add(flow.to()));
        return elements;
    }

    /// Where to cut, in words.
    public String cutInWords() {
        List<String> places = new ArrayList<>(cutElements);
        places.addAll(
                cutFlows.stream()
                        .map(flow -> flow.from() + " → " + flow.to())
                        .collect(Collectors.toList()));
        return String.join(" and ", places);
    }
}
