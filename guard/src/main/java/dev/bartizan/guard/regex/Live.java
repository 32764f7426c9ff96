package dev.bartizan.guard.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Steps that are alive together, in the order of preference, each once.
final class Live {
    private final Program program;
    private final int[] order;
    private final boolean[] isIn;
    private final int[] seen;
    private int seenCount;
    private final int[] stack;
    private int size;

    Live(Program program) {
        this.program = program;
        order = new int[program.size()];
        isIn = new boolean[program.size()];
        seen = new int[program.size()];
        stack = new int[2 * program.size() + 1];
    }

    void clear() {
        for (int i = 0; i < seenCount; i++) {
            isIn[seen[i]] = false;
        }
        seenCount = 0;
        size = 0;
    }

    int size() {
        return size;
    }

    int get(int i) {
        return order[i];
    }

    int[] steps() {
        return Arrays.copyOf(order, size);
    }

    /// Adds a step and those that splits lead to; a place stays, to be decided later.
    void add(int step) {
        add(step, null, 0);
    }

    /// Adds a step and those that splits and places lead to.
    ///
    /// @param behind what was read last; null when places stay
    /// @param symbol what comes next
    void add(int step, State.@Nullable Behind behind, int symbol) {
        int top = 0;
        stack[top++] = step;
        while (top > 0) {
            int one = stack[--top];
            if (isIn[one]) {
                continue;
            }
            isIn[one] = true;
            seen[seenCount++] = one;
            int kind = program.kind(one);
            if (kind == Program.SPLIT) {
                stack[top++] = program.second(one);
                stack[top++] = program.first(one);
            } else if (kind == Program.PLACE && behind != null) {
                if (program.holds(one, behind, symbol)) {
                    stack[top++] = program.first(one);
                }
            } else {
                order[size++] = one;
            }
        }
    }
}
