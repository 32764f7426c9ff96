package dev.bartizan.guard.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the groups of a match whose start is known, by backtracking that visits each step at each
/// place once (the bit-state matcher of RE2), so in time linear in steps times length.
final class Groups {
    /// Most steps times characters of a match; longer ones are left to RE2/J.
    private static final int MAX_VISITS = 1 << 24;

    private static final int PUT_BACK = -1;
    private final Program program;
    private final int slots;

    Groups(Program program, int groups) {
        this.program = program;
        this.slots = 2 * groups + 2;
    }

    /// Start and end of each group of the match, -1 for those that took no part; null when it is
    /// too long. Of two ways to match, the preferred one is told.
    ///
    /// @param start where the match starts
    /// @param end where it ends
    int @Nullable [] of(String text, int start, int end) {
        int width = end - start + 1;
        if ((long) program.size() * width > MAX_VISITS) {
            return null;
        }
        return new Walk(text, start, width).run();
    }

    private final class Walk {
        private final String text;
        private final int origin;
        private final int width;
        private final long[] visited;
        private final int[] marks = new int[slots];
        private int[] stack = new int[96];
        private int top;

        Walk(String text, int origin, int width) {
            this.text = text;
            this.origin = origin;
            this.width = width;
            visited = new long[((program.size() * width) >> 6) + 1];
            Arrays.fill(marks, -1);
        }

        int @Nullable [] run() {
            push(program.start(), origin, 0);
            while (top > 0) {
                top -= 3;
                int step = stack[top];
                int at = stack[top + 1];
                if (step == PUT_BACK) {
                    marks[stack[top + 2]] = at;
                } else if (follow(step, at)) {
                    return marks;
                }
            }
            return null;
        }

        /// Follows the preferred ways from a step until one fails or matches.
        private boolean follow(int from, int place) {
            int step = from;
            int at = place;
            while (isNew(step, at)) {
                switch (program.kind(step)) {
                    case Program.MATCH -> {
                        marks[0] = origin;
                        marks[1] = at;
                        return true;
                    }
                    case Program.ONE -> {
                        if (at == text.length() || at - origin >= width - 1) {
                            return false;
                        }
                        int point = text.codePointAt(at);
                        if (!program.takes(step, program.symbol(point))) {
                            return false;
                        }
                        at += Character.charCount(point);
                    }
                    case Program.PLACE -> {
                        if (!program.holds(step, behind(at), ahead(at))) {
                            return false;
                        }
                    }
                    case Program.MARK -> {
                        int slot = program.slot(step);
                        push(PUT_BACK, marks[slot], slot);
                        marks[slot] = at;
                    }
                    default -> push(program.second(step), at, 0);
                }
                step = program.first(step);
            }
            return false;
        }

        private boolean isNew(int step, int at) {
            int bit = step * width + at - origin;
            boolean isNew = (visited[bit >> 6] & (1L << bit)) == 0;
            visited[bit >> 6] |= 1L << bit;
            return isNew;
        }

        private State.Behind behind(int at) {
            return at == 0
                    ? State.Behind.EDGE
                    : program.behind(program.symbol(text.codePointBefore(at)));
        }

        private int ahead(int at) {
            return at == text.length() ? program.end() : program.symbol(text.codePointAt(at));
        }

        private void push(int step, int at, int slot) {
            if (top + 3 > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            stack[top++] = step;
            stack[top++] = at;
            stack[top++] = slot;
        }
    }
}
