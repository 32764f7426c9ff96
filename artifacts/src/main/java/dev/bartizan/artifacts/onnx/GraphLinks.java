package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the values of graphs hang together (ONNX, "IR": graphs are in single static assignment
/// form): each is made once, by an input, an initializer or a node; what a node takes is made by
/// something; no node waits for itself. In which order the nodes stand does not matter to readers.
///
/// Graphs are opened and closed in one another as they are read. What an inner graph takes and does
/// not make it takes from the one around it, by way of the node that holds it.
final class GraphLinks {
    private static final int MOST_LINKS = 300_000;
    private static final int MOST_LETTERS = 16 << 20;
    private static final int MOST_NOTED = 8;
    private static final int NO_NODE = -1;

    /// How many inputs a node has whose outputs may be some of them.
    private static final int MOST_OWN = 5;

    private final Notes notes;
    private final Rule rule;
    private final Deque<Graph> open = new ArrayDeque<>();
    private int links;
    private int letters;
    private int noted;
    private boolean isGivenUp;

    /// One graph while it is read.
    private static final class Graph {
        /// What each value is made by: the index of a node, or nothing that a node makes.
        private final Map<String, Integer> makers = new HashMap<>();

        private final Set<String> initializers = new HashSet<>();
        private final List<List<String>> taken = new ArrayList<>();
        private final List<String> given = new ArrayList<>();
    }

    GraphLinks(Notes notes, Rule rule) {
        this.notes = notes;
        this.rule = rule;
    }

    /// A graph begins that lies in no other.
    void begin() {
        open.push(new Graph());
    }

    /// A graph begins that lies in a node of the open one; nothing where none is open.
    void beginInner() {
        if (!open.isEmpty()) {
            open.push(new Graph());
        }
    }

    /// The inputs and outputs of the open graph, which has these fields.
    void graph(Wire graph, long offset) throws IOException, FormatException {
        for (Field field : graph.fields()) {
            boolean isValue = field.number() == 11 || field.number() == 12;
            if (isFollowing() && isValue && field.isBytes()) {
                String name = Wire.read(field.bytes()).text(1);
                if (field.number() == 11) {
                    input(name, offset + field.offset());
                } else {
                    output(name);
                }
            }
        }
    }

    /// The inputs and outputs of the open function, which has these fields.
    void function(Wire function, long offset) throws IOException {
        for (Field input : function.all(4)) {
            input(input.text(), offset + input.offset());
        }
        for (Field output : function.all(5)) {
            output(output.text());
        }
    }

    private boolean isFollowing() {
        return !isGivenUp && !open.isEmpty();
    }

    /// A value that the graph is given.
    private void input(String name, long offset) {
        if (isNothing(name)) {
            return;
        }
        Graph graph = open.element();
        boolean isTwice = graph.makers.containsKey(name) && !graph.initializers.contains(name);
        graph.makers.put(name, NO_NODE);
        if (isTwice) {
            note(offset, "Two parts of the graph make \"" + Shown.text(name) + "\"");
        }
    }

    /// A value that the graph gives.
    private void output(String name) {
        if (!isNothing(name)) {
            open.element().given.add(name);
        }
    }

    /// A value that stands in the graph. An input may have the name of an initializer, which is its
    /// value unless another is given.
    void initializer(String name, long offset) {
        if (isNothing(name)) {
            return;
        }
        Graph graph = open.element();
        if (!graph.initializers.add(name)) {
            note(offset, "Two initializers are called \"" + Shown.text(name) + "\"");
        }
        Integer maker = graph.makers.putIfAbsent(name, NO_NODE);
        if (maker != null && maker != NO_NODE) {
            note(
                    offset,
                    "An initializer and the output of a node are called \""
                            + Shown.text(name)
                            + "\"");
        }
    }

    /// A node of the open graph begins; graphs that it holds come next.
    void node(Wire node, long offset) throws IOException {
        isGivenUp |= ++links > MOST_LINKS;
        if (!isFollowing()) {
            return;
        }
        Graph graph = open.element();
        int index = graph.taken.size();
        List<String> inputs = new ArrayList<>();
        graph.taken.add(inputs);
        for (Field input : node.all(1)) {
            String name = input.text();
            if (!isNothing(name)) {
                inputs.add(name);
            }
        }
        boolean isInPlace = node.text(4).equals("BatchNormalization"); // up to operators 8
        for (Field output : node.all(2)) {
            String name = output.text();
            boolean isOwn = isInPlace && inputs.size() <= MOST_OWN && inputs.contains(name);
            if (isOwn || isNothing(name)) {
                continue;
            }
            if (graph.makers.put(name, index) != null) {
                note(offset, "Two parts of the graph make \"" + Shown.text(name) + "\"");
            }
        }
    }

    /// Whether a name is none, which stands for what is left out, or there are too many to follow.
    private boolean isNothing(String name) {
        if (!isFollowing()) {
            return true;
        }
        letters += name.length();
        isGivenUp |= ++links > MOST_LINKS || letters > MOST_LETTERS;
        return isGivenUp || name.isEmpty();
    }

    /// The open graph ends. What it does not make it takes from the graph around it.
    void end(long offset) {
        if (open.isEmpty()) {
            return;
        }
        Graph graph = open.pop();
        if (isGivenUp) {
            if (open.isEmpty()) {
                notes.notCovered("how the values of a graph of so many hang together");
            }
            return;
        }
        Set<String> missing = new LinkedHashSet<>();
        for (List<String> inputs : graph.taken) {
            outside(graph, inputs, missing);
        }
        Set<String> unmade = new LinkedHashSet<>();
        outside(graph, graph.given, unmade);
        if (!open.isEmpty()) {
            List<String> around = open.element().taken.getLast();
            around.addAll(missing);
            around.addAll(unmade);
        } else {
            missing.forEach(name ->
                    note(offset, "A node takes \"" + Shown.text(name) + "\", which nothing makes"));
            unmade.forEach(name ->
                    note(
                            offset,
                            "The graph gives \"" + Shown.text(name) + "\", which nothing makes"));
        }
        circles(graph, offset);
    }

    private static void outside(Graph graph, List<String> names, Set<String> into) {
        for (String name : names) {
            if (!graph.makers.containsKey(name)) {
                into.add(name);
            }
        }
    }

    /// Nodes run when all that they take is there; those that never do wait for each other.
    private void circles(Graph graph, long offset) {
        int count = graph.taken.size();
        int[] waits = new int[count];
        int[] firstOf = new int[count + 1];
        for (List<String> inputs : graph.taken) {
            for (String input : inputs) {
                firstOf[maker(graph, input) + 1]++;
            }
        }
        firstOf[0] = 0;
        for (int i = 1; i <= count; i++) {
            firstOf[i] += firstOf[i - 1];
        }
        int[] takers = new int[firstOf[count]];
        int[] filled = firstOf.clone();
        for (int node = 0; node < count; node++) {
            for (String input : graph.taken.get(node)) {
                int maker = maker(graph, input);
                if (maker != NO_NODE) {
                    takers[filled[maker]++] = node;
                    waits[node]++;
                }
            }
        }
        int[] ready = new int[count];
        int end = 0;
        for (int node = 0; node < count; node++) {
            if (waits[node] == 0) {
                ready[end++] = node;
            }
        }
        for (int i = 0; i < end; i++) {
            for (int j = firstOf[ready[i]]; j < firstOf[ready[i] + 1]; j++) {
                if (--waits[takers[j]] == 0) {
                    ready[end++] = takers[j];
                }
            }
        }
        if (end < count) {
            note(offset, (count - end) + " nodes wait for each other in a circle");
        }
    }

    private static int maker(Graph graph, String name) {
        return graph.makers.getOrDefault(name, NO_NODE);
    }

    private void note(long offset, String message) {
        if (noted++ < MOST_NOTED) {
            notes.broken(rule, Severity.LOW, offset, message);
        }
    }
}
