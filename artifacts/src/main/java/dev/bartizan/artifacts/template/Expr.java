package dev.bartizan.artifacts.template;

import java.util.List;

/// An expression of a Jinja template.
sealed interface Expr {
    /// A variable.
    record Name(String name) implements Expr {}

    /// A string.
    record Text(String value) implements Expr {}

    /// A number.
    record Numeral(String written) implements Expr {}

    /// `of.name`.
    record Attribute(Expr of, String name) implements Expr {}

    /// `of[key]`.
    record Item(Expr of, Expr key) implements Expr {}

    /// `of(arguments)`.
    record Call(Expr of, List<Expr> arguments) implements Expr {}

    /// `of|name(arguments)`.
    record Filter(Expr of, String name, List<Expr> arguments) implements Expr {}

    /// `left operator right`; the operator `=` names an argument.
    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /// A list, tuple, dictionary, slice, condition, or anything else made of parts.
    record Parts(List<Expr> parts) implements Expr {}
}
