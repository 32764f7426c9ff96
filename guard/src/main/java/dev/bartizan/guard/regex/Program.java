package dev.bartizan.guard.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// An expression as a nondeterministic automaton (Thompson's construction), forwards or backwards,
/// over symbols: classes of code points that no set of the expression tells apart.
///
/// Steps are numbered; a split prefers its first way.
final class Program {
    static final int ONE = 0;
    static final int SPLIT = 1;
    static final int PLACE = 2;
    static final int MATCH = 3;
    static final int MARK = 4;
    private static final int MAX_STEPS = 20_000;

    /// What a program is run for.
    enum Purpose {
        /// The end of a match that starts anywhere.
        END,
        /// The start of a match, reading backwards from its end.
        START,
        /// Whether a match starts here.
        WHOLE,
        /// The groups of a match that starts here.
        GROUPS
    }

    private final boolean isBackwards;
    private final boolean hasMarks;
    private final List<int[]> steps = new ArrayList<>();
    private final List<Node.Edge> places = new ArrayList<>();
    private final Map<CodePoints, Integer> sets = new LinkedHashMap<>();
    private final List<boolean[]> symbolsOf = new ArrayList<>();
    private final int[] cuts;
    private final char[] ascii = new char[128];
    private final boolean[] isWord;
    private final int start;

    /// The program of an expression.
    ///
    /// @param node the expression
    /// @param purpose what it is run for
    Program(Node node, Purpose purpose) {
        isBackwards = purpose == Purpose.START;
        hasMarks = purpose == Purpose.GROUPS;
        int match = add(MATCH, 0, 0, 0);
        int entry = compile(node, match);
        if (purpose == Purpose.END) {
            int loop = add(SPLIT, entry, 0, 0);
            steps.get(loop)[2] = add(ONE, loop, 0, set(CodePoints.ALL));
            entry = loop;
        }
        start = entry;
        TreeSet<Integer> edges = new TreeSet<>();
        List<CodePoints> all = new ArrayList<>(sets.keySet());
        all.add(CodePoints.WORD);
        for (CodePoints one : all) {
            for (int i = 0; i < one.edges().length; i += 2) {
                edges.add(one.edges()[i]);
                edges.add(one.edges()[i + 1] + 1);
            }
        }
        edges.remove(0);
        edges.remove(Character.MAX_CODE_POINT + 1);
        cuts = edges.stream().mapToInt(i -> i).toArray();
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = (char) find(c);
        }
        isWord = symbols(CodePoints.WORD);
        sets.keySet().forEach(set -> symbolsOf.add(symbols(set)));
    }

    private int add(int kind, int first, int second, int argument) {
        if (steps.size() == MAX_STEPS) {
            throw new UnsupportedOperationException("more than " + MAX_STEPS + " steps");
        }
        steps.add(new int[] {kind, first, second, argument});
        return steps.size() - 1;
    }

    private int set(CodePoints points) {
        return sets.computeIfAbsent(points, _ -> sets.size());
    }

    /// The step where a part begins that goes on at `next`.
    private int compile(Node node, int next) {
        return switch (node) {
            case Node.One one -> add(ONE, next, 0, set(one.of()));
            case Node.Sequence all -> sequence(all.parts(), next);
            case Node.Either any -> {
                int entry = compile(any.choices().getLast(), next);
                for (int i = any.choices().size() - 2; i >= 0; i--) {
                    entry = add(SPLIT, compile(any.choices().get(i), next), entry, 0);
                }
                yield entry;
            }
            case Node.Repeat repeat -> repeat(repeat, next);
            case Node.Group group -> {
                if (!hasMarks) {
                    yield compile(group.part(), next);
                }
                int close = add(MARK, next, 0, 2 * group.number() + 1);
                yield add(MARK, compile(group.part(), close), 0, 2 * group.number());
            }
            case Node.Place place -> {
                places.add(seen(place.edge()));
                yield add(PLACE, next, 0, places.size() - 1);
            }
        };
    }

    private int sequence(List<Node> parts, int next) {
        int entry = next;
        for (Node part : isBackwards ? parts : parts.reversed()) {
            entry = compile(part, entry);
        }
        return entry;
    }

    private int repeat(Node.Repeat repeat, int next) {
        int entry = next;
        if (repeat.most() == Node.Repeat.ANY) {
            int loop = add(SPLIT, 0, 0, 0);
            fill(loop, compile(repeat.part(), loop), next, repeat.isLazy());
            entry = loop;
        }
        for (int i = repeat.least(); i < repeat.most(); i++) {
            int option = add(SPLIT, 0, 0, 0);
            fill(option, compile(repeat.part(), entry), next, repeat.isLazy());
            entry = option;
        }
        for (int i = 0; i < repeat.least(); i++) {
            entry = compile(repeat.part(), entry);
        }
        return entry;
    }

    private void fill(int split, int inside, int past, boolean isLazy) {
        steps.get(split)[1] = isLazy ? past : inside;
        steps.get(split)[2] = isLazy ? inside : past;
    }

    /// A place as a reader in this direction meets it.
    private Node.Edge seen(Node.Edge edge) {
        return switch (edge) {
            case START -> isBackwards ? Node.Edge.END : edge;
            case END -> isBackwards ? Node.Edge.START : edge;
            case WORD_EDGE, NO_WORD_EDGE -> edge;
        };
    }

    private boolean[] symbols(CodePoints set) {
        boolean[] out = new boolean[end() + 1];
        for (int i = 0; i < end(); i++) {
            out[i] = set.has(i == 0 ? 0 : cuts[i - 1]);
        }
        return out;
    }

    private int find(int point) {
        int at = Arrays.binarySearch(cuts, point);
        return at >= 0 ? at + 1 : -at - 1;
    }

    int start() {
        return start;
    }

    int size() {
        return steps.size();
    }

    int kind(int step) {
        return steps.get(step)[0];
    }

    int first(int step) {
        return steps.get(step)[1];
    }

    int second(int step) {
        return steps.get(step)[2];
    }

    /// Whether a step of kind `PLACE` lets pass.
    ///
    /// @param behind what was read last
    /// @param symbol what comes next
    boolean holds(int step, State.Behind behind, int symbol) {
        boolean isWordEdge = (behind == State.Behind.WORD) != isWord(symbol);
        return switch (places.get(steps.get(step)[3])) {
            case START -> behind == State.Behind.EDGE;
            case END -> symbol == end();
            case WORD_EDGE -> isWordEdge;
            case NO_WORD_EDGE -> !isWordEdge;
        };
    }

    /// What lies behind a reader who has read the symbol.
    State.Behind behind(int symbol) {
        return isWord[symbol] ? State.Behind.WORD : State.Behind.OTHER;
    }

    /// The slot of a step of kind `MARK`: twice the group's number, one more for its end.
    int slot(int step) {
        return steps.get(step)[3];
    }

    /// Whether a step of kind `ONE` takes the symbol.
    boolean takes(int step, int symbol) {
        return symbolsOf.get(steps.get(step)[3])[symbol];
    }

    /// The symbol of a code point.
    int symbol(int point) {
        return point < ascii.length ? ascii[point] : find(point);
    }

    /// The symbol of the end of the text, behind those of code points.
    int end() {
        return cuts.length + 1;
    }

    boolean isWord(int symbol) {
        return isWord[symbol];
    }
}
