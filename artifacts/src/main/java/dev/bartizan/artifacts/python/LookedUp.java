package dev.bartizan.artifacts.python;

import dev.bartizan.artifacts.spi.Finds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Finds calls whose callee is not written down but looked up: `vars(os)["system"](…)`,
/// `getattr(__import__("so"[::-1]), …)(…)`, and functions that are handed to others which call
/// them. Follows each expression from its first word; what an unknown expression is stands as `?`.
final class LookedUp {
    private static final int DEEPEST = 12;
    private static final int MOST = 2_000;
    private static final int MOST_STEPS = 1_000_000;
    private static final String UNKNOWN = "?";

    /// Stands for a dictionary of the names of a module.
    private static final String NAMES = ".__dict__";

    private static final Pattern HINTS =
            Pattern.compile(
                    "(?<![\\w\\])])\\(\\s{0,9}[\\w.]{1,80}+\\s{0,9}\\)\\s{0,9}[.(\\\\]|__dict__|__builtins__|__globals__|__getattribute__|__import__|import_module|getattr|\\bvars\\b|\\bglobals\\b|\\blocals\\b|sys\\.modules|attrgetter|methodcaller|\\b(system|popen|exec|eval|Popen|check_output|getoutput|run|call|spawn\\w*|exec[lv]\\w*)\\s*[,)\\n]");

    private final List<Token> tokens;
    private final Folding folding;
    private final ToIntFunction<String> assigned;
    private final UnaryOperator<String> resolved;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> followed = new HashSet<>();
    private int steps;

    LookedUp(
            List<Token> tokens,
            Folding folding,
            ToIntFunction<String> assigned,
            UnaryOperator<String> resolved) {
        this.tokens = tokens;
        this.folding = folding;
        this.assigned = assigned;
        this.resolved = resolved;
    }

    /// A call.
    ///
    /// @param start the first token of the expression
    /// @param open the bracket in front of the arguments
    /// @param skipped how many of those are for the function that calls it
    record Found(String callee, int start, int open, int skipped, Call.Way way) {}

    /// What an expression names.
    ///
    /// @param isLookedUp whether a part of it is
    /// @param end the token behind it
    private record Named(String name, boolean isLookedUp, int end) {
        Named as(String other) {
            return new Named(other, true, end);
        }
    }

    /// Whether a source can have such calls at all.
    static boolean mayBe(String source) {
        return Finds.any(HINTS, source);
    }

    List<Found> calls() {
        for (int i = 0; i < tokens.size() && found.size() < MOST && steps < MOST_STEPS; i++) {
            Token token = tokens.get(i);
            boolean isFirst =
                    (token.kind() == Token.Kind.NAME || isAt(i, "(") || isAt(i, "["))
                            && (i == 0 || startsExpression(i));
            if (isFirst) {
                primary(i, 0, true);
            }
            if (isAt(i, "@") && (i == 0 || tokens.get(i - 1).kind() == Token.Kind.LINE)) {
                decorator(i);
            }
        }
        return found;
    }

    /// Whether no expression goes on at a token.
    private boolean startsExpression(int i) {
        Token before = tokens.get(i - 1);
        boolean isBehindName = before.kind() == Token.Kind.NAME && !isWord(before.text());
        boolean isName = tokens.get(i).kind() == Token.Kind.NAME;
        boolean isBehindBracket = before.is(")") || before.is("]");
        return !before.is(".")
                && (isName
                        || !(isBehindName
                                || isBehindBracket
                                || before.kind() == Token.Kind.STRING));
    }

    private static boolean isWord(String name) {
        return switch (name) {
            case "return",
                    "and",
                    "or",
                    "not",
                    "in",
                    "is",
                    "if",
                    "else",
                    "yield",
                    "await",
                    "lambda" ->
                    true;
            default -> false;
        };
    }

    private boolean isAt(int index, String operator) {
        return index < tokens.size() && tokens.get(index).is(operator);
    }

    /// A decorator is handed what it decorates.
    private void decorator(int at) {
        int end = at + 1;
        StringBuilder name = new StringBuilder();
        while (end < tokens.size() && tokens.get(end).kind() != Token.Kind.LINE) {
            name.append(tokens.get(end).text());
            end++;
        }
        if (name.toString().matches("[\\w.]++")) {
            note(resolved.apply(name.toString()), at + 1, end, Call.Way.LOOKED_UP, 0);
        }
    }

    private void note(String callee, int start, int open, Call.Way way, int skipped) {
        if (!callee.equals(UNKNOWN) && open < tokens.size()) {
            found.add(new Found(callee, start, open, skipped, way));
        }
    }

    private Named primary(int start, int depth, boolean isNoting) {
        Named named = atom(start, depth);
        while (named.end() < tokens.size() && depth < DEEPEST && steps++ < MOST_STEPS) {
            int at = named.end();
            if (isAt(at, ".") && at + 1 < tokens.size()) {
                String name = named.name() + "." + tokens.get(at + 1).text();
                named = new Named(plain(name), named.isLookedUp(), at + 2);
            } else if (isAt(at, "[")) {
                named = item(named, at);
            } else if (isAt(at, "(")) {
                named = called(named, start, at, depth, isNoting);
            } else {
                break;
            }
        }
        return named;
    }

    private Named atom(int start, int depth) {
        Token token = tokens.get(start);
        if (token.is("(") || token.is("[")) {
            int close = folding.closing(start);
            Named inner =
                    start + 1 < close && depth < DEEPEST && token.is("(")
                            ? primary(start + 1, depth + 1, false)
                            : new Named(UNKNOWN, false, close);
            boolean isWhole = inner.end() == close;
            return new Named(
                    isWhole ? inner.name() : UNKNOWN, isWhole && inner.isLookedUp(), close + 1);
        }
        if (token.kind() != Token.Kind.NAME) {
            return new Named(UNKNOWN, false, start + 1);
        }
        String name = token.text();
        int value = assigned.applyAsInt(name);
        boolean mayFollow = value >= 0 && value < tokens.size() && depth < DEEPEST;
        if (mayFollow && followed.add(name)) {
            Named stands = primary(value, depth + 1, false);
            followed.remove(name);
            if (!stands.name().startsWith(UNKNOWN)) {
                return new Named(stands.name(), stands.isLookedUp(), start + 1);
            }
        }
        return new Named(value >= 0 ? UNKNOWN : resolved.apply(name), false, start + 1);
    }

    /// The dictionaries of names among attributes.
    private static String plain(String name) {
        return name.endsWith(".__globals__") || name.endsWith(".f_globals")
                ? NAMES
                : name.endsWith(".__builtins__") ? "builtins" : name;
    }

    private Named item(Named of, int open) {
        int end = folding.closing(open) + 1;
        String name = of.name();
        String key = isNames(name) ? folding.text(open + 1) : "";
        return key.matches("[A-Za-z_][\\w.]*")
                ? new Named(entry(name, key), true, end)
                : new Named(UNKNOWN, of.isLookedUp(), end);
    }

    private static boolean isNames(String name) {
        return name.endsWith(NAMES)
                || name.equals("__builtins__")
                || name.equals("builtins")
                || name.equals("sys.modules");
    }

    private String entry(String name, String key) {
        String owner =
                name.endsWith(NAMES) ? name.substring(0, name.length() - NAMES.length()) : "";
        return owner.isEmpty() ? resolved.apply(key) : owner + "." + key;
    }

    private Named called(Named callee, int start, int open, int depth, boolean isNoting) {
        int end = Math.min(tokens.size(), folding.closing(open) + 1);
        Named result = new Named(UNKNOWN, callee.isLookedUp(), end);
        String name = callee.name();
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.startsWith("attrgetter:")) {
            return result.as(argument(open, 0, depth) + "." + name.substring(11));
        }
        if (name.startsWith("methodcaller:")) {
            return result;
        }
        switch (last) {
            case "getattr", "__getattribute__" -> {
                boolean isMethod = last.equals("__getattribute__") && !name.startsWith("object.");
                String owner =
                        isMethod
                                ? name.substring(0, Math.max(0, name.lastIndexOf('.')))
                                : argument(open, 0, depth);
                return result.as(attribute(owner, text(open, isMethod ? 0 : 1)));
            }
            case "attrgetter" -> {
                return result.as("attrgetter:" + text(open, 0));
            }
            case "methodcaller" -> {
                if (isNoting) {
                    note(UNKNOWN + "." + text(open, 0), start, open, Call.Way.LOOKED_UP, 1);
                }
                return result.as("methodcaller:");
            }
            case "__import__", "import_module" -> {
                String module = text(open, 0);
                return module.matches("[A-Za-z_][\\w.]*") ? result.as(module) : result;
            }
            case "vars" -> {
                return result.as(argument(open, 0, depth) + NAMES);
            }
            case "globals", "locals" -> {
                return result.as(NAMES);
            }
            case "get", "__getitem__", "pop" -> {
                String from = name.substring(0, Math.max(0, name.lastIndexOf('.')));
                if (isNames(from)) {
                    String key = text(open, 0);
                    return key.matches("[A-Za-z_][\\w.]*") ? result.as(entry(from, key)) : result;
                }
            }
            default -> {}
        }
        if (isNoting) {
            boolean isBracketed = isAt(start, "(") && name.indexOf('.') > 0;
            if (callee.isLookedUp()) {
                note(name, start, open, Call.Way.LOOKED_UP, 0);
            } else if (isBracketed && !name.startsWith(UNKNOWN)) {
                note(name, start, open, Call.Way.NAMED, 0);
            }
            handed(start, open, depth);
        }
        return result;
    }

    /// Functions among the arguments.
    private void handed(int start, int open, int depth) {
        List<Integer> starts = starts(open);
        for (int i = 0; i < starts.size(); i++) {
            int at = starts.get(i);
            boolean isNamed = tokens.get(at).kind() == Token.Kind.NAME && isAt(at + 1, "=");
            int value = isNamed ? at + 2 : at;
            if (value >= tokens.size() || tokens.get(value).kind() != Token.Kind.NAME) {
                continue;
            }
            Named named = primary(value, depth + 1, false);
            boolean isWhole = isAt(named.end(), ",") || isAt(named.end(), ")");
            boolean isFunction =
                    named.name().matches("exec|eval")
                            || (named.name().indexOf('.') > 0 && !named.name().startsWith(UNKNOWN));
            if (isWhole && isFunction) {
                note(named.name(), start, open, Call.Way.HANDED, isNamed ? 0 : i + 1);
            }
        }
    }

    private String attribute(String owner, String name) {
        return owner + "." + (name.matches("[A-Za-z_]\\w*") ? name : UNKNOWN);
    }

    private String argument(int open, int index, int depth) {
        List<Integer> starts = starts(open);
        return index < starts.size()
                ? primary(starts.get(index), depth + 1, false).name()
                : UNKNOWN;
    }

    private String text(int open, int index) {
        List<Integer> starts = starts(open);
        return index < starts.size() ? folding.text(starts.get(index)) : UNKNOWN;
    }

    /// Where the first arguments start.
    private List<Integer> starts(int open) {
        List<Integer> starts = new ArrayList<>();
        int close = Math.min(folding.closing(open), tokens.size());
        int at = open + 1;
        while (at < close && starts.size() < 8) {
            starts.add(at);
            while (at < close && !isAt(at, ",")) {
                boolean isOpening = isAt(at, "(") || isAt(at, "[") || isAt(at, "{");
                at = isOpening ? folding.closing(at) + 1 : at + 1;
                steps++;
            }
            at++;
        }
        return starts;
    }
}
