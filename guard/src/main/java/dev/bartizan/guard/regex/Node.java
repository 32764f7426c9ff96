package dev.bartizan.guard.regex;

import java.util.List;

/// A part of an expression.
sealed interface Node {
    /// One code point of a set.
    record One(CodePoints of) implements Node {}

    /// Parts one after another; none is the empty text.
    record Sequence(List<Node> parts) implements Node {}

    /// The first alternative that leads to a match.
    record Either(List<Node> choices) implements Node {}

    /// A part several times.
    ///
    /// @param most most times; `ANY` for no bound
    /// @param isLazy whether fewer are better
    record Repeat(Node part, int least, int most, boolean isLazy) implements Node {
        static final int ANY = -1;
    }

    /// A part whose place is asked for.
    ///
    /// @param number from 1 on, in the order of their brackets
    record Group(int number, Node part) implements Node {}

    /// A place between code points.
    record Place(Edge edge) implements Node {}

    /// Kinds of places.
    enum Edge {
        START,
        END,
        WORD_EDGE,
        NO_WORD_EDGE
    }

    /// Whether the empty text matches.
    default boolean mayBeEmpty() {
        return switch (this) {
            case One _ -> false;
            case Sequence all -> all.parts().stream().allMatch(Node::mayBeEmpty);
            case Either any -> any.choices().stream().anyMatch(Node::mayBeEmpty);
            case Repeat repeat -> repeat.least() == 0 || repeat.part().mayBeEmpty();
            case Group group -> group.part().mayBeEmpty();
            case Place _ -> true;
        };
    }
}
