package dev.bartizan.guard.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression in RE2's syntax with RE2/J's matches, in time linear in the text. Safe to
/// share.
///
/// An automaton finds the end of a match, another, backwards, its start. What the automata do not
/// know, or would need too many states for, is left to RE2/J.
public final class Expression {
    private final Pattern pattern;
    private final String text;
    private volatile @Nullable Automata automata;

    private Expression(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /// An expression.
    ///
    /// @throws PatternSyntaxException when it is not RE2, or RE2/J would not stop compiling it
    public static Expression of(String text) {
        if (EndlessFolds.mayBe(text)) {
            throw new PatternSyntaxException("letters U+1C80 to U+1C88 in either case", text);
        }
        return new Expression(text, Pattern.compile(text));
    }

    /// The expression as it was written.
    public String text() {
        return text;
    }

    /// Whether the text has a match.
    public boolean isIn(String input) {
        Automaton forwards = automata().forwards();
        int end = forwards == null ? Automaton.GAVE_UP : forwards.end(input, 0, true);
        return end == Automaton.GAVE_UP ? pattern.matcher(input).find() : end >= 0;
    }

    /// Whether the whole text is a match.
    public boolean isWhole(String input) {
        Automaton whole = automata().whole();
        int end = whole == null ? Automaton.GAVE_UP : whole.end(input, 0, false);
        return end == Automaton.GAVE_UP ? pattern.matcher(input).matches() : end >= 0;
    }

    /// The matches in a text, one after another.
    public Search in(String input) {
        return new Search(input);
    }

    private Automata automata() {
        Automata known = automata;
        if (known == null) {
            known = Automata.of(text, pattern.groupCount());
            automata = known;
        }
        return known;
    }

    /// What is made of an expression; all null where its syntax is not known.
    private record Automata(
            @Nullable Automaton forwards,
            @Nullable Automaton backwards,
            @Nullable Automaton whole,
            @Nullable Groups groups) {
        static Automata of(String expression, int groups) {
            try {
                Node node = ExpressionReader.read(expression);
                Node whole =
                        new Node.Sequence(
                                List.of(
                                        new Node.Place(Node.Edge.START),
                                        node,
                                        new Node.Place(Node.Edge.END)));
                return new Automata(
                        new Automaton(new Program(node, Program.Purpose.END), false),
                        new Automaton(new Program(node, Program.Purpose.START), true),
                        new Automaton(new Program(whole, Program.Purpose.WHOLE), true),
                        new Groups(new Program(node, Program.Purpose.GROUPS), groups));
            } catch (UnsupportedOperationException e) {
                return new Automata(null, null, null, null);
            }
        }
    }

    /// Goes through the matches of one text. Not safe to share.
    public final class Search {
        private final String input;
        private final Automata known = automata();
        private @Nullable Matcher matcher;
        private int @Nullable [] places;
        private int start = -1;
        private int end;

        private Search(String input) {
            this.input = input;
        }

        /// Goes on to the next match behind the last; false when there is none.
        public boolean find() {
            int from = start == end ? end + 1 : end;
            return from <= input.length() && find(from);
        }

        /// Goes on to the first match that starts at `from` or behind it; false when there is none.
        public boolean find(int from) {
            places = null;
            if (known.forwards() == null || known.backwards() == null) {
                return read(from);
            }
            int last = known.forwards().end(input, from, false);
            if (last == Automaton.NONE) {
                return false;
            }
            int first = last < 0 ? last : known.backwards().start(input, from, last);
            if (first < 0) {
                return read(from);
            }
            start = first;
            end = last;
            return true;
        }

        /// Lets RE2/J find.
        private boolean read(int from) {
            Matcher reader = matcher;
            if (reader == null) {
                reader = pattern.matcher(input);
                matcher = reader;
            }
            if (!reader.find(from)) {
                return false;
            }
            start = reader.start();
            end = reader.end();
            int[] all = new int[2 * reader.groupCount() + 2];
            for (int i = 0; i < all.length; i++) {
                all[i] = i % 2 == 0 ? reader.start(i / 2) : reader.end(i / 2);
            }
            places = all;
            return true;
        }

        /// First character of the match.
        public int start() {
            return start;
        }

        /// Character after the last.
        public int end() {
            return end;
        }

        /// The text of the match.
        public String text() {
            return input.substring(start, end);
        }

        /// How many groups the expression has.
        public int groups() {
            return pattern.groupCount();
        }

        /// The start of a group of the match, in characters; -1 when it took no part.
        public int start(int group) {
            return places()[2 * group];
        }

        /// The text of a group of the match; null when it took no part.
        public @Nullable String group(int group) {
            int[] all = places();
            int from = all[2 * group];
            return from < 0 ? null : input.substring(from, all[2 * group + 1]);
        }

        private int[] places() {
            if (places == null && known.groups() != null) {
                places = known.groups().of(input, start, end);
            }
            if (places == null) {
                read(start);
            }
            int[] all = places;
            if (all == null) {
                throw new IllegalStateException("no match");
            }
            return all;
        }
    }
}
