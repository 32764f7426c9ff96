package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.List;
import java.util.Set;

/// Calls that harm by nothing but their arguments: of harmless functions that take all memory or do
/// not come to an end.
final class Exhaustion {
    /// From so many bytes or elements on no honest object is made by a call.
    private static final long MOST = 1L << 30;

    private static final long MOST_ELEMENTS = 1L << 34;
    private static final long MOST_EXPONENT = 1L << 24;
    private static final int DEEPEST = 4;

    /// Take everything out of what they are given.
    private static final Set<String> DRAIN =
            Set.of(
                    "builtins.list",
                    "builtins.tuple",
                    "builtins.set",
                    "builtins.frozenset",
                    "builtins.dict",
                    "builtins.bytes",
                    "builtins.bytearray",
                    "builtins.sorted",
                    "builtins.sum",
                    "builtins.max",
                    "builtins.min",
                    "collections.deque",
                    "collections.Counter",
                    "collections.OrderedDict",
                    "array.array",
                    "numpy.array",
                    "numpy.fromiter");

    /// Give on what they are given, one by one.
    private static final Set<String> PASS_ON =
            Set.of(
                    "builtins.enumerate",
                    "builtins.iter",
                    "builtins.map",
                    "builtins.filter",
                    "builtins.reversed",
                    "itertools.chain",
                    "itertools.accumulate",
                    "itertools.tee");

    /// Make arrays of a shape.
    private static final LazyPattern FILLS =
            LazyPattern.of(
                    "(?:numpy|torch|jax|tensorflow)(?:\\.\\w{1,20}+){0,3}?\\.(?:ones|zeros|empty|full|arange|eye|identity|rand|randn|range)");

    private static final LazyPattern HUGE_EXPONENT = LazyPattern.of("[eE][+-]?\\d{6,}");
    private static final LazyPattern HUGE_WIDTH = LazyPattern.of("\\d{9,}");

    private Exhaustion() {}

    /// Whether a call does not come to an end within reason.
    static boolean isBy(Name function, Value arguments) {
        List<Value> given = arguments instanceof Group group ? group.items() : List.of();
        if (given.isEmpty()) {
            return false;
        }
        Value first = given.getFirst();
        Value second = given.size() > 1 ? given.get(1) : first;
        String name = function.dotted();
        return switch (name) {
            case "builtins.pow", "operator.pow", "_operator.pow" ->
                    given.size() == 2 && isAtLeast(second, MOST_EXPONENT) && !isSmall(first);
            case "operator.lshift", "_operator.lshift" -> isAtLeast(second, MOST);
            case "operator.mul", "_operator.mul", "operator.imul", "_operator.imul" ->
                    isRepeated(first, second) || isRepeated(second, first);
            case "fractions.Fraction" ->
                    first instanceof Text text && HUGE_EXPONENT.matcher(text.value()).find();
            case "builtins.format" ->
                    second instanceof Text text && HUGE_WIDTH.matcher(text.value()).find();
            case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
                    elements(second) > MOST_ELEMENTS;
            default ->
                    (isMemory(name) && isAtLeast(first, MOST))
                            || (DRAIN.contains(name)
                                    && given.stream().anyMatch(each -> isEndless(each, 0)))
                            || (elements(first) > MOST_ELEMENTS && FILLS.matcher(name).matches());
        };
    }

    private static boolean isMemory(String name) {
        return name.equals("builtins.bytes") || name.equals("builtins.bytearray");
    }

    private static boolean isAtLeast(Value value, long least) {
        return value instanceof Whole whole && whole.value() >= least;
    }

    /// Whether its powers stay small.
    private static boolean isSmall(Value base) {
        return !(base instanceof Whole whole) || Math.abs(whole.value()) < 2;
    }

    private static boolean isRepeated(Value what, Value times) {
        long bytes =
                switch (what) {
                    case Text text -> text.dataBytes();
                    case Bytes bytesThere -> bytesThere.dataBytes();
                    case Group group -> group.count();
                    default -> 0;
                };
        return bytes > 0 && times instanceof Whole whole && whole.value() >= MOST / bytes;
    }

    private static boolean isEndless(Value value, int depth) {
        if (!(value instanceof Made made)
                || !(made.callable instanceof Imported imported)
                || !(made.arguments instanceof Group group)
                || depth > DEEPEST) {
            return false;
        }
        List<Value> given = group.items();
        String name = imported.what().plain().dotted();
        return switch (name) {
            case "itertools.count" -> true;
            case "itertools.cycle" -> !given.isEmpty();
            case "itertools.repeat" -> given.size() < 2 || isAtLeast(given.get(1), MOST);
            case "builtins.range" -> length(given) >= MOST;
            default ->
                    PASS_ON.contains(name)
                            && given.stream().anyMatch(each -> isEndless(each, depth + 1));
        };
    }

    /// How many numbers a range has, at least, by its ends.
    private static double length(List<Value> ends) {
        double from = ends.size() > 1 ? number(ends.get(0), 0) : 0;
        double to = ends.size() > 1 ? number(ends.get(1), from) : number(ends.getFirst(), 0);
        double step = ends.size() > 2 ? number(ends.get(2), 1) : 1;
        return step == 0 ? 0 : (to - from) / step;
    }

    private static double number(Value value, double other) {
        return value instanceof Whole whole ? whole.value() : other;
    }

    private static double elements(Value shape) {
        if (shape instanceof Group group) {
            double product = 1;
            for (Value each : group.items()) {
                product *= number(each, 1);
            }
            return product;
        }
        return number(shape, 0);
    }
}
