package dev.bartizan.threats;

import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.List;

/// Where data can get that it should not, how, and where to cut the way.
///
/// @param question id of the question
/// @param title what it means
/// @param targets ids of the elements that can be reached, by id
/// @param shortest a shortest way
/// @param joins a shortest second way that meets it, when the question asks for one
/// @param cutElements ids of elements where a control would stand, part of the smallest cut
/// @param cutFlows flows to close, part of the smallest cut
/// @param isSmallest whether it is known that no smaller cut exists
/// @param controls kinds of control that stop it
/// @param mend how to mend it
public record Crossing(
        String question,
        String title,
        List<String> targets,
        List<Flow> shortest,
        List<Flow> joins,
        List<String> cutElements,
        List<Flow> cutFlows,
        boolean isSmallest,
        List<String> controls,
        String mend) {
    public Crossing {
        targets = List.copyOf(targets);
        shortest = List.copyOf(shortest);
        joins = List.copyOf(joins);
        cutElements = List.copyOf(cutElements);
        cutFlows = List.copyOf(cutFlows);
        controls = List.copyOf(controls);
    }

    /// How many places must be mended to cut every way.
    public int cutSize() {
        return cutElements.size() + cutFlows.size();
    }

    /// The smallest cut in words, such as `reader, web -> mail`.
    public String cutWords() {
        List<String> words = new ArrayList<>(cutElements);
        cutFlows.forEach(flow -> words.add(flow.from() + " -> " + flow.to()));
        return String.join(", ", words);
    }
}
