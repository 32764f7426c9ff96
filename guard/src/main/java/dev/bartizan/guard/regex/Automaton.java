package dev.bartizan.guard.regex;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// A deterministic automaton whose states are made when a text needs them (Thompson 1968; Cox,
/// *Regular Expression Matching in the Wild*, 2010), with the preferences of RE2: the first match,
/// and of those that start there the one that a backtracking matcher would take. Safe to share.
///
/// Texts can be made for which nearly every character needs a new state. A run that makes more than
/// one state for each sixteen characters gives up.
final class Automaton {
    /// No match.
    static final int NONE = -1;

    /// Not known: too many states.
    static final int GAVE_UP = -2;

    private static final int MAX_STATES = 2000;
    private static final int FREE_STATES = 64;
    private static final int CHARACTERS_A_STATE = 16;
    private final Program program;
    private final boolean isLongest;
    private final Map<State, State> states = new HashMap<>();
    private volatile Map<State.Behind, State> roots = Map.of();
    private final Live live;
    private final Live resolved;

    /// An automaton.
    ///
    /// @param isLongest whether of two matches the longer is taken, not the preferred
    Automaton(Program program, boolean isLongest) {
        this.program = program;
        this.isLongest = isLongest;
        live = new Live(program);
        resolved = new Live(program);
    }

    /// The end of the first match that starts at `from` or behind it; `NONE` or `GAVE_UP`.
    ///
    /// @param isAny whether any end will do
    int end(String text, int from, boolean isAny) {
        State state = root(from == 0 ? NONE : text.codePointBefore(from));
        int budget = budget(text.length() - from);
        int found = NONE;
        int at = from;
        while (true) {
            int symbol;
            int width = 1;
            if (at == text.length()) {
                symbol = program.end();
            } else {
                int c = text.charAt(at);
                if (Character.isHighSurrogate((char) c)) {
                    c = text.codePointAt(at);
                    width = Character.charCount(c);
                }
                symbol = program.symbol(c);
            }
            State next = state.next[symbol];
            if (next == null) {
                if (--budget < 0) {
                    return GAVE_UP;
                }
                next = make(state, symbol);
            }
            state = next;
            if (state.isMatch) {
                found = at;
            }
            if (at == text.length() || state.isDead() || (isAny && found >= 0)) {
                return found;
            }
            at += width;
        }
    }

    /// The first start, not before `least`, of a match that ends at `end`; `NONE` or `GAVE_UP`. The
    /// program must read backwards.
    int start(String text, int least, int end) {
        State state = root(end == text.length() ? NONE : text.codePointAt(end));
        int budget = budget(end - least);
        int found = NONE;
        int at = end;
        while (true) {
            int point = at == 0 ? NONE : text.codePointBefore(at);
            if (at == least + 1 && point > Character.MAX_VALUE) {
                point = text.charAt(least); // a reader who starts inside a pair sees its half
            }
            int symbol = at == 0 ? program.end() : program.symbol(point);
            State next = state.next[symbol];
            if (next == null) {
                if (--budget < 0) {
                    return GAVE_UP;
                }
                next = make(state, symbol);
            }
            state = next;
            if (state.isMatch) {
                found = at;
            }
            if (at <= least || state.isDead()) {
                return found;
            }
            at -= Character.charCount(point);
        }
    }

    private static int budget(int characters) {
        return FREE_STATES + characters / CHARACTERS_A_STATE;
    }

    private State root(int point) {
        State.Behind behind =
                point == NONE ? State.Behind.EDGE : program.behind(program.symbol(point));
        State known = roots.get(behind);
        return known != null ? known : makeRoot(behind);
    }

    private synchronized State makeRoot(State.Behind behind) {
        live.clear();
        live.add(program.start());
        State root = kept(new State(live.steps(), behind, false, program.end() + 1));
        Map<State.Behind, State> all = new EnumMap<>(State.Behind.class);
        all.putAll(roots);
        all.put(behind, root);
        roots = all;
        return root;
    }

    /// The state behind a symbol: places between code points are decided now that both sides are
    /// known, then each step that takes the symbol goes on.
    private synchronized State make(State state, int symbol) {
        resolved.clear();
        for (int step : state.steps) {
            resolved.add(step, state.behind, symbol);
        }
        live.clear();
        boolean isMatch = false;
        for (int i = 0; i < resolved.size(); i++) {
            int step = resolved.get(i);
            if (program.kind(step) == Program.MATCH) {
                isMatch = true;
                if (!isLongest) {
                    break;
                }
            } else if (program.kind(step) == Program.ONE && program.takes(step, symbol)) {
                live.add(program.first(step));
            }
        }
        int[] steps = live.steps();
        if (isLongest) {
            Arrays.sort(steps);
        }
        State next = kept(new State(steps, program.behind(symbol), isMatch, program.end() + 1));
        state.next[symbol] = next;
        return next;
    }

    private State kept(State state) {
        State known = states.get(state);
        if (known != null) {
            return known;
        }
        if (states.size() >= MAX_STATES) {
            states.clear();
            roots = Map.of();
        }
        states.put(state, state);
        return state;
    }
}
