package dev.bartizan.artifacts.template;

import java.util.List;

/// A piece of a Jinja template, in order; blocks are opened and closed by statements.
sealed interface Node {
    /// Text outside tags.
    record Literal(String text) implements Node {}

    /// `{{ expression }}`.
    record Output(Expr expression, int at) implements Node {}

    /// `{% word … %}` with the expressions in it.
    ///
    /// @param target name that `set` gives a value; empty otherwise
    record Statement(String word, String target, List<Expr> expressions, int at) implements Node {}
}
