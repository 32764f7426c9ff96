package dev.bartizan.artifacts.spi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads from an expression what its matches begin with. What it does not understand it takes for
/// anything, so that no match is lost.
///
/// @see <a href="https://swtch.com/~rsc/regexp/regexp4.html">Cox: Regular Expression Matching with
///   a Trigram Index</a>, for the idea of reading words from expressions
final class BeginningsReader {
    private static final int MOST_WORDS = 400;

    /// Words as long as this are worth to be made longer only when they stay few.
    private static final int ENOUGH = 3;

    private static final int MANY_WORDS = 40;
    private static final int MOST_OF_CLASS = 16;
    private static final int LONGEST_WORD = 16;

    /// What `\s` stands for.
    private static final Set<String> SPACES = Set.of(" ", "\t", "\n", "\r", "\f", "\u000b");

    /// What stands between the start of a line and its first word.
    private static final Set<String> BLANKS =
            Set.of(" ", "\\t", "\\s", "[ ]", "[ \\t]", "[\\t ]", "[ \\t\\f]");

    /// Letters of ASCII to which others are alike, when cases of all letters are.
    private static final String HAS_FOREIGN_CASE = "iks";

    private final String regex;
    private boolean isMultiline;
    private boolean isAnyCase;
    private boolean isUnicodeCase;
    private int at;

    private BeginningsReader(Pattern pattern) {
        this.regex = pattern.pattern();
        this.isMultiline = (pattern.flags() & Pattern.MULTILINE) != 0;
        this.isAnyCase = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
        this.isUnicodeCase = (pattern.flags() & Pattern.UNICODE_CASE) != 0;
    }

    /// What a part of an expression begins with.
    ///
    /// @param words one of these; the empty one stands for anything
    /// @param isWhole whether the words are all that the part matches
    /// @param atLines as in {@link Beginnings}
    private record Part(
            Set<String> words, boolean isWhole, Set<String> atLines, boolean isAtStart) {
        static final Part NOTHING = of(Set.of(""), true);
        static final Part ANYTHING = of(Set.of(""), false);
        static final Part LINE = new Part(Set.of(), false, Set.of(""), false);
        static final Part START = new Part(Set.of(), false, Set.of(), true);

        static Part of(Set<String> words, boolean isWhole) {
            return new Part(words, isWhole, Set.of(), false);
        }

        static Part of(char c) {
            return c < 0x80
                    ? of(Set.of(String.valueOf(c).toLowerCase(Locale.ROOT)), true)
                    : ANYTHING;
        }

        private Part beginning() {
            return new Part(words, false, atLines, isAtStart);
        }

        Part then(Part next) {
            if (!isWhole || next.equals(NOTHING)) {
                return this;
            }
            if (words.equals(NOTHING.words)) {
                return next;
            }
            boolean isPlace = !next.atLines.isEmpty() || next.isAtStart;
            int most =
                    words.stream().allMatch(word -> word.length() >= ENOUGH)
                            ? MANY_WORDS
                            : MOST_WORDS;
            if (isPlace || words.size() * next.words.size() > most) {
                return beginning();
            }
            Set<String> all = new LinkedHashSet<>();
            for (String word : words) {
                for (String other : next.words) {
                    all.add(word + other);
                }
            }
            Set<String> cut = shortened(all, LONGEST_WORD);
            return of(cut, next.isWhole && cut.equals(all));
        }

        Part or(Part other) {
            Set<String> all = either(words, other.words);
            Set<String> few = all;
            for (int length = LONGEST_WORD; few.size() > MOST_WORDS; length /= 2) {
                few = shortened(few, length);
            }
            return new Part(
                    few,
                    isWhole && other.isWhole && few.equals(all),
                    either(atLines, other.atLines),
                    isAtStart || other.isAtStart);
        }

        /// The same behind the start of a line and blanks.
        Part atLine() {
            boolean isKnown =
                    atLines.isEmpty()
                            && !isAtStart
                            && words.stream()
                                    .noneMatch(word -> word.isEmpty() || word.charAt(0) <= ' ');
            return isKnown ? new Part(Set.of(), false, words, false) : LINE;
        }

        private static Set<String> either(Set<String> some, Set<String> others) {
            Set<String> all = new LinkedHashSet<>(some);
            all.addAll(others);
            return all;
        }

        private static Set<String> shortened(Set<String> words, int length) {
            Set<String> shorter = new LinkedHashSet<>();
            words.forEach(word -> shorter.add(word.substring(0, Math.min(length, word.length()))));
            return shorter;
        }
    }

    /// How often a part stands there.
    private enum Times {
        ONCE,
        MAYBE_ONCE,
        MANY,
        ANY
    }

    static Beginnings read(Pattern pattern) {
        if ((pattern.flags() & (Pattern.LITERAL | Pattern.COMMENTS | Pattern.CANON_EQ)) != 0) {
            return Beginnings.ANYWHERE;
        }
        BeginningsReader reader = new BeginningsReader(pattern);
        Part all = reader.alternatives();
        boolean isPlace = !all.atLines().isEmpty() || all.isAtStart();
        boolean isTelling =
                reader.at == reader.regex.length()
                        && (isPlace || !all.words().isEmpty())
                        && all.words().stream().noneMatch(String::isEmpty);
        return isTelling
                ? new Beginnings(all.words(), all.atLines(), all.isAtStart())
                : Beginnings.ANYWHERE;
    }

    private boolean take(char c) {
        boolean isNext = at < regex.length() && regex.charAt(at) == c;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private Part alternatives() {
        Part all = sequence();
        while (take('|')) {
            all = all.or(sequence());
        }
        return all;
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        List<Times> times = new ArrayList<>();
        boolean isLine = false;
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            int from = at;
            Part part = part();
            boolean isBlank = isLine && BLANKS.contains(regex.substring(from, at));
            Times time = times();
            boolean isFirst = parts.isEmpty();
            if (isFirst && part.equals(Part.LINE) && time == Times.ONCE) {
                isLine = true;
            } else if (!part.equals(Part.NOTHING) && !(isFirst && isBlank)) {
                parts.add(part);
                times.add(time);
            }
        }
        Part rest = Part.NOTHING;
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            rest =
                    switch (times.get(i)) {
                        case ONCE -> part.then(rest);
                        case MAYBE_ONCE -> part.then(rest).or(rest);
                        case MANY -> part.beginning();
                        case ANY -> part.beginning().or(rest);
                    };
        }
        return isLine ? rest.atLine() : rest;
    }

    private Part part() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> ofClass();
            case '\\' -> escape();
            case '^' -> isMultiline ? Part.LINE : Part.START;
            case '$' -> Part.NOTHING;
            case '.' -> Part.ANYTHING;
            default -> letter(c);
        };
    }

    private Part letter(char c) {
        boolean isForeign =
                isAnyCase && isUnicodeCase && HAS_FOREIGN_CASE.indexOf(AsciiCase.lower(c)) >= 0;
        return isForeign || Character.isSurrogate(c) ? Part.ANYTHING : Part.of(c);
    }

    private Times times() {
        Times times = Times.ONCE;
        if (take('?')) {
            times = Times.MAYBE_ONCE;
        } else if (take('*')) {
            times = Times.ANY;
        } else if (take('+')) {
            times = Times.MANY;
        } else if (take('{')) {
            int close = regex.indexOf('}', at);
            String between = regex.substring(at, close);
            at = close + 1;
            times =
                    between.equals("1")
                            ? Times.ONCE
                            : between.startsWith("0") ? Times.ANY : Times.MANY;
        } else {
            return times;
        }
        if (!take('?')) { // as few or as many as there are: of no account
            take('+');
        }
        return times;
    }

    /// Flags that are set within brackets hold until these close.
    private Part group() {
        boolean multiline = isMultiline;
        boolean anyCase = isAnyCase;
        boolean unicodeCase = isUnicodeCase;
        boolean isAround = false;
        if (take('?')) {
            if (take('<')) {
                isAround = take('=') || take('!');
                at = isAround ? at : regex.indexOf('>', at) + 1;
            } else if (take('=') || take('!')) {
                isAround = true;
            } else if (!take('>') && isFlagsAlone()) {
                return Part.NOTHING;
            }
        }
        Part inner = alternatives();
        isMultiline = multiline;
        isAnyCase = anyCase;
        isUnicodeCase = unicodeCase;
        take(')');
        return isAround ? Part.NOTHING : inner;
    }

    /// Reads flags up to `:` or `)`, and whether it is the latter: then they hold from there on.
    private boolean isFlagsAlone() {
        boolean isOn = true;
        for (; at < regex.length(); at++) {
            switch (regex.charAt(at)) {
                case '-' -> isOn = false;
                case 'm' -> isMultiline = isOn;
                case 'i' -> isAnyCase = isOn;
                case 'u', 'U' -> isUnicodeCase = isOn;
                case ':', ')' -> {
                    return regex.charAt(at++) == ')';
                }
                default -> {}
            }
        }
        return true;
    }

    private Part escape() {
        char c = regex.charAt(at++);
        return switch (c) {
            case 'b', 'B', 'z', 'Z', 'G' -> Part.NOTHING;
            case 'A' -> Part.START;
            case 'n' -> Part.of('\n');
            case 'r' -> Part.of('\r');
            case 't' -> Part.of('\t');
            case 'd' -> digits();
            case 's' -> Part.of(SPACES, true);
            case 'x', 'u', 'p', 'P', 'N', 'k', 'c', '0', 'Q' -> longEscape(c);
            default -> Character.isLetterOrDigit(c) ? Part.ANYTHING : Part.of(c);
        };
    }

    private static Part digits() {
        Part all = Part.of('0');
        for (char digit = '1'; digit <= '9'; digit++) {
            all = all.or(Part.of(digit));
        }
        return all;
    }

    /// Escapes with an argument, which is passed over.
    private Part longEscape(char c) {
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            at = end < 0 ? regex.length() : end + 2;
        } else if (at < regex.length() && regex.charAt(at) == '{') {
            at = regex.indexOf('}', at) + 1;
        } else if (c == 'k') {
            at = regex.indexOf('>', at) + 1;
        } else {
            int length = c == 'x' ? 2 : c == 'u' ? 4 : c == '0' ? 0 : 1;
            at = Math.min(regex.length(), at + length);
        }
        return Part.ANYTHING;
    }

    /// A class of characters; one of a few letters of ASCII is known by these.
    private Part ofClass() {
        boolean isKnown = !take('^');
        Set<String> letters = new LinkedHashSet<>();
        int depth = 1;
        for (boolean isFirst = true; depth > 0 && at < regex.length(); isFirst = false) {
            char c = regex.charAt(at++);
            switch (c) {
                case '[' -> depth++;
                case ']' -> {
                    depth -= isFirst ? 0 : 1;
                    isKnown &= !isFirst;
                }
                case '\\' -> {
                    Part escaped = escape();
                    isKnown &= escaped.isWhole() && !escaped.words().contains("");
                    letters.addAll(escaped.words());
                }
                default -> {
                    Part letter = letter(c);
                    boolean isRange =
                            (at < regex.length() && regex.charAt(at) == '-')
                                    || c == '-'
                                    || c == '&';
                    isKnown &= letter.isWhole() && (!isRange || isLonely(c));
                    letters.addAll(letter.words());
                }
            }
            isKnown &= depth <= 1;
        }
        return isKnown && !letters.isEmpty() && letters.size() <= MOST_OF_CLASS
                ? Part.of(letters, true)
                : Part.ANYTHING;
    }

    /// Whether a sign that could be part of a range stands for itself, before the closing bracket.
    private boolean isLonely(char c) {
        boolean isBeforeEnd = at < regex.length() && regex.charAt(at) == ']';
        boolean isBeforeLastDash = regex.startsWith("-]", at);
        boolean isSign = c == '-' || c == '&';
        return isSign ? isBeforeEnd : isBeforeLastDash;
    }
}
