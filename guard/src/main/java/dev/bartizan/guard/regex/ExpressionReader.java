package dev.bartizan.guard.regex;

import java.util.ArrayList;
import java.util.List;

/// Reads the part of RE2's syntax that rules use: literals, classes, groups, alternatives,
/// repetitions, the flags `i` and `s`, `^`, `$`, `\b`, `\B`, `\A`, `\z`, `\d`, `\s`, `\w`. What it
/// does not know it refuses, so that RE2/J is asked instead. The expression has been accepted by
/// RE2/J before, so mistakes in it need no message here.
final class ExpressionReader {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_REPEATS = 1000;
    private final String text;
    private int at;
    private boolean bothCases;
    private boolean dotIsAll;
    private int groups;

    private ExpressionReader(String text) {
        this.text = text;
    }

    /// The parts of an expression.
    ///
    /// @throws UnsupportedOperationException when it uses something else
    static Node read(String text) {
        ExpressionReader reader = new ExpressionReader(text);
        Node all = reader.either(0);
        if (reader.at < text.length()) {
            throw reader.unknown();
        }
        return all;
    }

    private Node either(int depth) {
        if (depth > MAX_DEPTH) {
            throw unknown();
        }
        List<Node> choices = new ArrayList<>();
        boolean both = bothCases;
        boolean all = dotIsAll;
        choices.add(sequence(depth));
        while (isNext('|')) {
            at++;
            choices.add(sequence(depth));
        }
        bothCases = both;
        dotIsAll = all;
        return choices.size() == 1 ? choices.getFirst() : new Node.Either(choices);
    }

    private Node sequence(int depth) {
        List<Node> parts = new ArrayList<>();
        while (at < text.length() && !isNext('|') && !isNext(')')) {
            if (text.startsWith("(?", at) && flags()) {
                continue;
            }
            parts.add(repeated(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    /// Reads flags for the rest of the group, such as `(?i)`; false when a group starts here.
    private boolean flags() {
        int end = at + 2;
        while (end < text.length() && "is".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end == at + 2 || end >= text.length() || text.charAt(end) != ')') {
            return false;
        }
        set(text.substring(at + 2, end));
        at = end + 1;
        return true;
    }

    private void set(String flags) {
        bothCases |= flags.indexOf('i') >= 0;
        dotIsAll |= flags.indexOf('s') >= 0;
    }

    private Node repeated(int depth) {
        Node part = atom(depth);
        if (at >= text.length()) {
            return part;
        }
        int least;
        int most;
        switch (text.charAt(at)) {
            case '*' -> {
                least = 0;
                most = Node.Repeat.ANY;
                at++;
            }
            case '+' -> {
                least = 1;
                most = Node.Repeat.ANY;
                at++;
            }
            case '?' -> {
                least = 0;
                most = 1;
                at++;
            }
            case '{' -> {
                at++;
                least = number();
                most = least;
                if (isNext(',')) {
                    at++;
                    most = isNext('}') ? Node.Repeat.ANY : number();
                }
                expect('}');
            }
            default -> {
                return part;
            }
        }
        boolean isLazy = isNext('?');
        at += isLazy ? 1 : 0;
        boolean isRepeatedAgain = at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0;
        if (isRepeatedAgain || most == 0 || part.mayBeEmpty()) {
            throw unknown();
        }
        return new Node.Repeat(part, least, most, isLazy);
    }

    private int number() {
        int value = 0;
        int from = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && value <= MAX_REPEATS) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at == from || value > MAX_REPEATS) {
            throw unknown();
        }
        return value;
    }

    private Node atom(int depth) {
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> new Node.One(set());
            case '.' -> {
                at++;
                yield new Node.One(dotIsAll ? CodePoints.ALL : CodePoints.LINE);
            }
            case '^' -> place(1, Node.Edge.START);
            case '$' -> place(1, Node.Edge.END);
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw unknown();
            default -> {
                int point = text.codePointAt(at);
                at += Character.charCount(point);
                yield new Node.One(cased(CodePoints.one(point)));
            }
        };
    }

    private Node place(int length, Node.Edge edge) {
        at += length;
        return new Node.Place(edge);
    }

    private Node group(int depth) {
        at++;
        boolean both = bothCases;
        boolean all = dotIsAll;
        int number = 0;
        if (!isNext('?') || text.startsWith("?P<", at) || text.startsWith("?<", at)) {
            number = ++groups;
        }
        if (isNext('?')) {
            int named = text.startsWith("?P<", at) ? 3 : 2;
            boolean hasName = named == 3 || text.startsWith("?<", at);
            int end = text.indexOf(hasName ? '>' : ':', at);
            if (end < 0) {
                throw unknown();
            }
            String flags = hasName ? "" : text.substring(at + 1, end);
            if (!flags.matches("[is]*")) {
                throw unknown();
            }
            set(flags);
            at = end + 1;
        }
        Node inside = either(depth + 1);
        expect(')');
        bothCases = both;
        dotIsAll = all;
        return number > 0 ? new Node.Group(number, inside) : inside;
    }

    private Node escape() {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        return switch (kind) {
            case 'b' -> place(2, Node.Edge.WORD_EDGE);
            case 'B' -> place(2, Node.Edge.NO_WORD_EDGE);
            case 'A' -> place(2, Node.Edge.START);
            case 'z' -> place(2, Node.Edge.END);
            default -> new Node.One(cased(escaped()));
        };
    }

    /// What an escape stands for, in or outside a class.
    private CodePoints escaped() {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        at += 2;
        return switch (kind) {
            case 'd' -> CodePoints.DIGIT;
            case 'D' -> CodePoints.DIGIT.others();
            case 'w' -> CodePoints.WORD;
            case 'W' ->
                    bothCases ? CodePoints.WORD.ofBothCases().others() : CodePoints.WORD.others();
            case 's' -> CodePoints.SPACE;
            case 'S' -> CodePoints.SPACE.others();
            case 't' -> CodePoints.one('\t');
            case 'n' -> CodePoints.one('\n');
            case 'r' -> CodePoints.one('\r');
            case 'f' -> CodePoints.one('\f');
            case 'x' -> CodePoints.one(hexadecimal());
            default -> {
                if (kind == 0 || kind > 0x7e || Character.isLetterOrDigit(kind)) {
                    throw unknown();
                }
                yield CodePoints.one(kind);
            }
        };
    }

    private int hexadecimal() {
        int from = isNext('{') ? at + 1 : at;
        int end = isNext('{') ? text.indexOf('}', at) : at + 2;
        if (end < 0 || end > text.length() || end - from > 6) {
            throw unknown();
        }
        at = isNext('{') ? end + 1 : end;
        return Integer.parseInt(text, from, end, 16);
    }

    private CodePoints set() {
        at++;
        boolean isOthers = isNext('^');
        at += isOthers ? 1 : 0;
        CodePoints all = new CodePoints();
        boolean first = true;
        while (first || !isNext(']')) {
            first = false;
            all = all.and(member());
        }
        at++;
        return isOthers ? all.others() : all;
    }

    /// One member of a class: a code point, a range or an escape.
    private CodePoints member() {
        CodePoints low = point();
        boolean isRange = isNext('-') && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!isRange) {
            return cased(low);
        }
        at++;
        CodePoints high = point();
        if (!low.isOne() || !high.isOne()) {
            throw unknown();
        }
        return cased(new CodePoints(low.edges()[0], high.edges()[0]));
    }

    private CodePoints point() {
        if (at >= text.length() || text.startsWith("[:", at)) {
            throw unknown();
        }
        if (isNext('\\')) {
            return escaped();
        }
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return CodePoints.one(point);
    }

    /// Both cases of what is written, where the flag says so; classes such as `\W` have theirs.
    private CodePoints cased(CodePoints set) {
        return bothCases && !set.hasAllAbove() ? set.ofBothCases() : set;
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw unknown();
        }
        at++;
    }

    private UnsupportedOperationException unknown() {
        return new UnsupportedOperationException("at " + at + " of " + text);
    }
}
