package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Plain;
import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Stack, marks and memo of the pickle machine (Python's `pickle` module, classes `_Unpickler` and
/// the C `Unpickler`), holding symbols. Breaking a rule that makes Python raise is a {@link
/// FormatException}.
final class Machine {
    static final int MOST_STACK = 2_000_000;
    static final int MOST_MEMO = 2_000_000;
    private static final long LARGEST_PLAIN_INDEX = 1L << 27;

    private final ArrayList<Value> stack = new ArrayList<>();
    private int[] marks = new int[16];
    private int markCount;
    private final Map<Long, Value> memo = new HashMap<>();
    private final Faults faults;

    Machine(Faults faults) {
        this.faults = faults;
    }

    void push(Value value, long at) throws FormatException {
        if (stack.size() >= MOST_STACK) {
            throw FormatException.limit(at, "The stack grows over " + MOST_STACK + " values");
        }
        stack.add(value);
    }

    Value pop(long at) throws FormatException {
        if (stack.size() <= floor()) {
            return faults.missing(at, "Takes a value from an empty stack");
        }
        return stack.removeLast();
    }

    Value top(long at) throws FormatException {
        if (stack.size() <= floor()) {
            return faults.missing(at, "Looks at a value on an empty stack");
        }
        return stack.getLast();
    }

    private int floor() {
        return markCount == 0 ? 0 : marks[markCount - 1];
    }

    void mark(long at) throws FormatException {
        if (markCount >= MOST_STACK) {
            throw FormatException.limit(at, "More than " + MOST_STACK + " marks");
        }
        if (markCount == marks.length) {
            marks = Arrays.copyOf(marks, markCount * 2);
        }
        marks[markCount++] = stack.size();
    }

    List<Value> popToMark(long at) throws FormatException {
        if (markCount == 0) {
            faults.fault(at, "Goes back to a mark that was never set");
            List<Value> all = List.copyOf(stack);
            stack.clear();
            return all;
        }
        List<Value> tail = stack.subList(marks[--markCount], stack.size());
        List<Value> copy = List.copyOf(tail);
        tail.clear();
        return copy;
    }

    /// POP: takes the mark when it is on top.
    void popAny(long at) throws FormatException {
        if (markCount > 0 && stack.size() == marks[markCount - 1]) {
            markCount--;
            return;
        }
        pop(at);
    }

    Group tuple(int size, long at) throws FormatException {
        if (stack.size() - floor() < size) {
            faults.fault(at, "A tuple needs more values than there are");
        }
        int there = Math.min(size, stack.size() - floor());
        List<Value> tail = stack.subList(stack.size() - there, stack.size());
        Group tuple = new Group(Group.Kind.TUPLE, tail);
        tail.clear();
        return tuple;
    }

    void put(long index, Value value, long at) throws FormatException {
        if (index < 0) {
            faults.fault(at, "Memo index " + index + " is out of range");
        }
        if (index > LARGEST_PLAIN_INDEX) {
            faults.odd(
                    at,
                    "Memo index "
                            + index
                            + " makes one unpickler reserve memory for as many values, another"
                            + " not");
        }
        if (memo.size() >= MOST_MEMO) {
            throw FormatException.limit(at, "The memo grows over " + MOST_MEMO + " values");
        }
        memo.put(index, value);
    }

    long memoSize() {
        return memo.size();
    }

    Value get(long index, long at) throws FormatException {
        Value value = memo.get(index);
        if (value == null) {
            return faults.missing(at, "Memo value " + index + " was never stored");
        }
        return value;
    }

    int depth() {
        return stack.size();
    }

    /// The object below items that stand on the stack, ready to take them.
    static boolean isPlain(Value value) {
        return value instanceof Group
                || value instanceof Plain
                || value instanceof Value.Text
                || value instanceof Value.Bytes
                || value instanceof Value.Whole;
    }
}
