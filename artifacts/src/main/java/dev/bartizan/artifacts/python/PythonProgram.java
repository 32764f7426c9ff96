package dev.bartizan.artifacts.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The calls of a Python source, with imports resolved and texts put together as far as the source
/// tells. Names that are assigned once stand for what they are assigned.
public final class PythonProgram {
    private static final int MOST_CALLS = 20_000;
    private static final int LONGEST_SOURCE = 1_000;
    private static final int MOST_BOUND_TOKENS = 60;

    private final String source;
    private int lineEnd;
    private final List<Token> tokens;
    private final Imports imports = new Imports();
    private final Map<String, int[]> assignments = new HashMap<>();
    private final Set<String> reassigned = new HashSet<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, String> bound = new HashMap<>();
    private List<Reference> values = List.of();

    private PythonProgram(String source) {
        this.source = source;
        this.tokens = Tokens.of(source);
    }

    /// Reads a source; what is no Python has few calls.
    public static PythonProgram of(String source) {
        PythonProgram program = new PythonProgram(source);
        program.names();
        program.findCalls();
        return program;
    }

    /// What was read.
    public String source() {
        return source;
    }

    /// The calls, in the order of the source.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// Whether all calls of the source are among them.
    public boolean isWhole() {
        return calls.size() < MOST_CALLS;
    }

    /// The functions and modules that the source uses as values, with modules that it imports by a
    /// text.
    public List<Reference> values() {
        return List.copyOf(values);
    }

    /// Whether a name is one that the source imports.
    public boolean isImported(String name) {
        return imports.has(name);
    }

    /// The strings of the source that are longer than a few letters.
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /// The source of what a name is assigned, when that happens once.
    public Optional<String> assigned(String name) {
        int[] range = assignments.get(name);
        return range == null || reassigned.contains(name)
                ? Optional.empty()
                : Optional.of(between(range[0], range[1]));
    }

    /// The source of where a name gets its values from: what it is assigned, the sequence it runs
    /// over, the file it is opened as.
    public Optional<String> origin(String name) {
        return assigned(name).or(() -> Optional.ofNullable(bound.get(name)));
    }

    /// Names written in letters that Python takes for ASCII ones (The Python Language Reference,
    /// 2.3: identifiers are normalised), as Python reads them.
    public List<String> disguised() {
        return tokens.stream()
                .filter(token -> token.kind() == Token.Kind.NAME)
                .filter(token -> source.codePointAt(token.offset()) > 0x7f)
                .map(Token::text)
                .filter(name -> name.chars().allMatch(c -> c <= 0x7f))
                .distinct()
                .toList();
    }

    /// The names of functions that the source speaks of without calling them, imports resolved.
    public List<String> references() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < tokens.size() && found.size() < MOST_CALLS; i++) {
            boolean isFirst =
                    tokens.get(i).kind() == Token.Kind.NAME && (i == 0 || !isAt(i - 1, "."));
            if (!isFirst) {
                continue;
            }
            int end = i + 1;
            while (isAt(end, ".")
                    && end + 1 < tokens.size()
                    && tokens.get(end + 1).kind() == Token.Kind.NAME) {
                end += 2;
            }
            boolean isCalled = isAt(end, "(");
            boolean isImported =
                    imports.has(tokens.get(i).text())
                            && (i == 0 || !tokens.get(i - 1).text().matches("import|from|as|,"));
            if (!isCalled && isImported) {
                found.add(resolved(dotted(i, end)));
            }
        }
        return found;
    }

    private String dotted(int from, int to) {
        StringBuilder name = new StringBuilder();
        for (int i = from; i < to; i++) {
            name.append(tokens.get(i).text());
        }
        return name.toString();
    }

    private String between(int from, int to) {
        if (from >= tokens.size() || from >= to) {
            return "";
        }
        int end = to < tokens.size() ? tokens.get(to).offset() : source.length();
        int start = tokens.get(from).offset();
        return source.substring(start, Math.min(end, start + LONGEST_SOURCE)).strip();
    }

    private void names() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.STRING && token.text().length() > 3) {
                texts.add(token.text());
            }
            boolean startsHere = i == 0 || isStart(tokens.get(i - 1));
            if (startsHere && token.isName("import")) {
                imported("", i + 1);
            } else if (startsHere && token.isName("from")) {
                int end = i + 1;
                StringBuilder module = new StringBuilder();
                while (end < tokens.size()
                        && !tokens.get(end).isName("import")
                        && tokens.get(end).kind() != Token.Kind.LINE) {
                    module.append(tokens.get(end++).text());
                }
                imported(module + ".", end + 1);
            } else if (token.isName("for") || token.isName("with")) {
                bound(i);
            } else if (startsHere && token.kind() == Token.Kind.NAME && isAt(i + 1, "=")) {
                boolean isNew =
                        assignments.put(token.text(), new int[] {i + 2, lineEnd(i + 2)}) == null;
                if (!isNew) {
                    reassigned.add(token.text());
                }
            } else if ((token.isName("def") || token.isName("class")) && i + 1 < tokens.size()) {
                imports.define(tokens.get(i + 1).text());
            }
        }
    }

    /// The names of `for a, b in …` and `with … as a`.
    private void bound(int from) {
        int end = Math.min(tokens.size(), from + MOST_BOUND_TOKENS);
        boolean isLoop = tokens.get(from).isName("for");
        for (int i = from + 1; i < end; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.LINE) {
                return;
            }
            if (isLoop && token.isName("in")) {
                String over = between(i + 1, statementEnd(i + 1));
                for (int j = from + 1; j < i; j++) {
                    bind(tokens.get(j), over);
                }
                return;
            }
            if (!isLoop && token.isName("as") && i + 1 < end) {
                bind(tokens.get(i + 1), between(from + 1, i));
            }
        }
    }

    private void bind(Token name, String value) {
        if (name.kind() == Token.Kind.NAME) {
            bound.merge(
                    name.text(),
                    value,
                    (old, other) -> old.length() > LONGEST_SOURCE ? old : old + " , " + other);
        }
    }

    private int statementEnd(int from) {
        int end = from;
        while (end < tokens.size()
                && end < from + MOST_BOUND_TOKENS
                && tokens.get(end).kind() != Token.Kind.LINE) {
            end++;
        }
        return end;
    }

    private static boolean isStart(Token before) {
        return before.kind() == Token.Kind.LINE || before.is(";") || before.is(":");
    }

    private boolean isAt(int index, String operator) {
        return index < tokens.size() && tokens.get(index).is(operator);
    }

    /// The first token from there on that ends a statement; asked in the order of the source.
    private int lineEnd(int from) {
        lineEnd = Math.max(lineEnd, from);
        while (lineEnd < tokens.size()
                && tokens.get(lineEnd).kind() != Token.Kind.LINE
                && !tokens.get(lineEnd).is(";")) {
            lineEnd++;
        }
        return lineEnd;
    }

    /// `import a.b as c, d` and what follows `from a import`.
    private void imported(String prefix, int from) {
        int i = from;
        int end = lineEnd(from);
        while (i < end) {
            StringBuilder dotted = new StringBuilder();
            while (i < end
                    && (tokens.get(i).kind() == Token.Kind.NAME || isAt(i, ".") || isAt(i, "*"))
                    && !tokens.get(i).isName("as")) {
                dotted.append(tokens.get(i++).text());
            }
            String name = dotted.toString();
            String known =
                    prefix.isEmpty() && name.contains(".")
                            ? name.substring(0, name.indexOf('.'))
                            : name;
            String means = prefix.isEmpty() ? known : prefix + name;
            if (i + 1 < end && tokens.get(i).isName("as")) {
                known = tokens.get(i + 1).text();
                means = prefix + name;
                i += 2;
            }
            if (!known.isEmpty() && !prefix.startsWith(".")) {
                imports.add(known, means);
            }
            i++;
        }
    }

    private void findCalls() {
        Folding folding = new Folding(tokens, this::value, this::resolved);
        for (int i = 1; i < tokens.size() && calls.size() < MOST_CALLS; i++) {
            boolean isCall = tokens.get(i).is("(") && tokens.get(i - 1).kind() == Token.Kind.NAME;
            if (isCall) {
                int start = folding.startOfName(i - 1);
                boolean isDefinition =
                        start > 0
                                && (tokens.get(start - 1).isName("def")
                                        || tokens.get(start - 1).isName("class"));
                if (!isDefinition) {
                    add(call(folding, start, i), dotted(start, i));
                }
            }
        }
        if (LookedUp.mayBe(source)) {
            new LookedUp(tokens, folding, this::value, this::resolved)
                    .calls().stream()
                            .limit(MOST_CALLS)
                            .map(found -> call(found, arguments(folding, found.open())))
                            .forEach(calls::add);
        }
        values =
                new References(source, tokens, folding, this::meanings, name -> value(name) >= 0)
                        .all();
    }

    /// All full names that a dotted name may have.
    private List<String> meanings(String dotted) {
        List<String> all = new ArrayList<>(imports.others(dotted));
        all.add(resolved(dotted));
        return all;
    }

    /// A call, once for each function that it may be of.
    private void add(Call call, String written) {
        calls.add(call);
        for (String other : imports.others(written)) {
            calls.add(call.to(other));
        }
    }

    private Call call(Folding folding, int start, int open) {
        Folding.Arguments arguments = folding.arguments(open);
        return new Call(
                folding.callee(start, open),
                arguments.values(),
                arguments.named(),
                between(start, arguments.end()),
                arguments.names(),
                tokens.get(start).offset(),
                Call.Way.NAMED);
    }

    /// What a call hands over; nothing is known of that of a decorator, which has no brackets.
    private Folding.Arguments arguments(Folding folding, int open) {
        return isAt(open, "(")
                ? folding.arguments(open)
                : new Folding.Arguments(List.of(Value.unknown()), Map.of(), List.of(), open);
    }

    private Call call(LookedUp.Found found, Folding.Arguments arguments) {
        List<Value> values = arguments.values();
        return new Call(
                found.callee(),
                values.subList(Math.min(found.skipped(), values.size()), values.size()),
                arguments.named(),
                between(found.start(), arguments.end()),
                arguments.names(),
                tokens.get(found.start()).offset(),
                found.way());
    }

    /// The full name of a dotted name whose first part was imported.
    private String resolved(String dotted) {
        int dot = dotted.indexOf('.');
        String first = dot < 0 ? dotted : dotted.substring(0, dot);
        String means = imports.of(first).orElse(null);
        if (means == null && !reassigned.contains(first) && assignments.containsKey(first)) {
            int[] range = assignments.get(first);
            String same = between(range[0], range[1]);
            means =
                    same.matches("[A-Za-z_][\\w.]*") && !same.equals(first)
                            ? resolvedOnce(same)
                            : null;
        }
        return means == null ? dotted : means + (dot < 0 ? "" : dotted.substring(dot));
    }

    private String resolvedOnce(String dotted) {
        int dot = dotted.indexOf('.');
        String first = dot < 0 ? dotted : dotted.substring(0, dot);
        return imports.of(first).orElse(first) + (dot < 0 ? "" : dotted.substring(dot));
    }

    /// What a name stands for: where its only assignment starts, or -1.
    private int value(String name) {
        int[] range = assignments.get(name);
        return range == null || reassigned.contains(name) ? -1 : range[0];
    }
}
