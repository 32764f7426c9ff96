package dev.bartizan.artifacts.python;

/// A word of Python source (The Python Language Reference, chapter 2).
///
/// @param text a name, an operator, or what a string says, with {@link Value#HOLE} where an
///   f-string puts something in
/// @param offset where it starts, in UTF-16 units
record Token(Kind kind, String text, int offset) {
    enum Kind {
        NAME,
        STRING,
        NUMBER,
        OPERATOR,
        /// The end of a line that is inside no bracket.
        LINE
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
