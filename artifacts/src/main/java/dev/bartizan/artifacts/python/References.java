package dev.bartizan.artifacts.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds the names that a source uses as values. What is only asked about (`isinstance`,
/// `hasattr`), replaced in a test, or named as a type is none; nor is a name given another one that
/// is only called, as those calls are judged.
final class References {
    private static final int MOST = 5_000;
    private static final int MOST_SHOWN = 160;
    private static final int MOST_PARAMETERS = 40;

    private final String source;
    private final List<Token> tokens;
    private final Folding folding;
    private final Function<String, List<String>> meanings;
    private final Predicate<String> isAssignedOnce;
    private final List<Reference> found = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final int[] open;
    private int depth;

    /// @param meanings the full names that a dotted name may have
    /// @param isAssignedOnce whether a name is assigned in one place only
    References(
            String source,
            List<Token> tokens,
            Folding folding,
            Function<String, List<String>> meanings,
            Predicate<String> isAssignedOnce) {
        this.source = source;
        this.tokens = tokens;
        this.folding = folding;
        this.meanings = meanings;
        this.isAssignedOnce = isAssignedOnce;
        this.open = new int[tokens.size()];
    }

    List<Reference> all() {
        countUses();
        boolean isImport = false;
        for (int i = 0; i < tokens.size() && found.size() < MOST; i++) {
            Token token = tokens.get(i);
            if (isAny(i, "(", "[", "{")) {
                open[depth++] = i;
            } else if (isAny(i, ")", "]", "}")) {
                depth = Math.max(0, depth - 1);
            } else if (token.kind() == Token.Kind.LINE || token.is(";")) {
                isImport = false;
            } else if (token.kind() == Token.Kind.NAME) {
                isImport |= isStatement(i) && (token.isName("import") || token.isName("from"));
                boolean isFirst = !isImport && (i == 0 || !isAny(i - 1, "."));
                if (isFirst) {
                    name(i);
                }
            }
        }
        return found;
    }

    private void countUses() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean mayName = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.STRING;
            if (mayName) {
                uses.merge(token.text(), 1, Integer::sum);
            }
            boolean isCalled =
                    token.kind() == Token.Kind.NAME
                            && isAny(i + 1, "(")
                            && (i == 0 || !isAny(i - 1, "."));
            if (isCalled) {
                calls.merge(token.text(), 1, Integer::sum);
            }
        }
    }

    private boolean isStatement(int i) {
        return i == 0
                || tokens.get(i - 1).kind() == Token.Kind.LINE
                || isAny(i - 1, ";")
                || (isAny(i - 1, ":") && depth == 0);
    }

    private boolean isAny(int index, String... operators) {
        if (index < 0 || index >= tokens.size()) {
            return false;
        }
        for (String operator : operators) {
            if (tokens.get(index).is(operator)) {
                return true;
            }
        }
        return false;
    }

    private void name(int start) {
        int end = start + 1;
        StringBuilder dotted = new StringBuilder(tokens.get(start).text());
        while (isAny(end, ".")
                && end + 1 < tokens.size()
                && tokens.get(end + 1).kind() == Token.Kind.NAME) {
            dotted.append('.').append(tokens.get(end + 1).text());
            end += 2;
        }
        String name = dotted.toString();
        boolean isValue = isValueBehind(start) && !isAsked(start) && isValueBefore(end);
        if (isAny(end, "(")) {
            if (isValue || isValueBehind(start)) {
                imported(name, start, end);
            }
            return;
        }
        if (!isValue || isPlainAlias(start, end)) {
            return;
        }
        for (String meaning : meanings.apply(name)) {
            boolean isType = meaning.endsWith(".Popen") && isTypePlace(start);
            if (!isType) {
                add(meaning, start);
            }
        }
    }

    /// A module that is fetched by its name, unless what is wanted is something in it.
    private void imported(String name, int start, int bracket) {
        boolean isImport =
                meanings.apply(name).stream()
                        .anyMatch(each -> each.matches("(.*\\.)?(__import__|import_module)"));
        int behind = folding.closing(bracket) + 1;
        if (isImport && !isAny(behind, ".")) {
            String module = folding.text(bracket + 1);
            if (module.matches("[A-Za-z_][\\w.]*")) {
                add(module, start);
            }
        }
    }

    private void add(String name, int start) {
        int offset = tokens.get(start).offset();
        int from = offset;
        while (from > Math.max(0, offset - MOST_SHOWN / 2) && source.charAt(from - 1) != '\n') {
            from--;
        }
        int to = offset;
        while (to < Math.min(source.length(), offset + MOST_SHOWN) && source.charAt(to) != '\n') {
            to++;
        }
        found.add(new Reference(name, source.substring(from, to).strip(), offset));
    }

    /// Whether what stands in front of a name makes it a value.
    private boolean isValueBehind(int start) {
        if (start == 0) {
            return false;
        }
        Token before = tokens.get(start - 1);
        if (before.kind() == Token.Kind.NAME) {
            return switch (before.text()) {
                case "return", "yield", "else", "in", "or", "and", "await", "match" -> true;
                default -> false;
            };
        }
        if (before.is(":")) {
            return (depth > 0 && tokens.get(open[depth - 1]).is("{")) || isOfLambda(start - 1);
        }
        return isAny(start - 1, "=", "(", ",", "[", "{", "*");
    }

    /// Whether a colon is the one of a function without a name.
    private boolean isOfLambda(int colon) {
        for (int i = colon - 1; i >= Math.max(0, colon - MOST_PARAMETERS); i--) {
            if (tokens.get(i).kind() == Token.Kind.LINE || isAny(i, ":", "{")) {
                return false;
            }
            if (tokens.get(i).isName("lambda")) {
                return true;
            }
        }
        return false;
    }

    private boolean isValueBefore(int end) {
        if (end >= tokens.size() || tokens.get(end).kind() == Token.Kind.LINE) {
            return true;
        }
        if (tokens.get(end).kind() == Token.Kind.NAME) {
            return switch (tokens.get(end).text()) {
                case "if", "else", "for", "or", "and", "async" -> true;
                default -> false;
            };
        }
        return isAny(end, ")", "]", "}", ",", ";", ":");
    }

    /// Whether the innermost call only asks or replaces, or a class is made of it.
    private boolean isAsked(int start) {
        if (depth == 0 || !tokens.get(open[depth - 1]).is("(") || open[depth - 1] == 0) {
            return false;
        }
        int bracket = open[depth - 1];
        Token callee = tokens.get(bracket - 1);
        if (callee.kind() != Token.Kind.NAME) {
            return false;
        }
        boolean isClass = bracket >= 2 && tokens.get(bracket - 2).isName("class");
        return isClass
                || callee.text().startsWith("assert")
                || switch (callee.text()) {
                    case "isinstance",
                            "issubclass",
                            "hasattr",
                            "callable",
                            "getattr",
                            "delattr",
                            "cast",
                            "print",
                            "id",
                            "type",
                            "repr",
                            "str",
                            "dir",
                            "vars",
                            "multiple",
                            "reload",
                            "getsource",
                            "getsourcefile",
                            "getfile",
                            "getmodule",
                            "getdoc",
                            "getmembers",
                            "signature",
                            "getfullargspec",
                            "ismodule",
                            "except" ->
                            true;
                    case "setattr", "object", "patch" -> start == bracket + 1;
                    default -> false;
                };
    }

    /// Whether a class stands where types do: in `Optional[…]`, as what a stand-in looks like.
    private boolean isTypePlace(int start) {
        boolean isSubscript =
                depth > 0
                        && tokens.get(open[depth - 1]).is("[")
                        && open[depth - 1] > 0
                        && tokens.get(open[depth - 1] - 1).kind() == Token.Kind.NAME;
        boolean isLikeness =
                start >= 2
                        && tokens.get(start - 1).is("=")
                        && tokens.get(start - 2).text().matches("\\w*(spec|type|bound|class)\\w*");
        return isSubscript || isLikeness;
    }

    /// Whether `name = …` gives it another name that is called and no more.
    private boolean isPlainAlias(int start, int end) {
        boolean isAssignment =
                depth == 0
                        && start >= 2
                        && tokens.get(start - 1).is("=")
                        && tokens.get(start - 2).kind() == Token.Kind.NAME
                        && isStatement(start - 2)
                        && (end >= tokens.size()
                                || tokens.get(end).kind() == Token.Kind.LINE
                                || tokens.get(end).is(";"));
        if (!isAssignment) {
            return false;
        }
        Token alias = tokens.get(start - 2);
        boolean isSpecial = alias.text().startsWith("__");
        boolean isAnnotated = isAny(start - 3, ":");
        if (isSpecial || isAnnotated) {
            return false;
        }
        int called = calls.getOrDefault(alias.text(), 0);
        boolean isAlways = uses.getOrDefault(alias.text(), 0) == called + 1;
        int offset = alias.offset();
        boolean isOwn = offset > 0 && " \t".indexOf(source.charAt(offset - 1)) >= 0;
        return isAssignedOnce.test(alias.text()) && isAlways && (called > 0 || isOwn);
    }
}
