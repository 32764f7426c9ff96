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

    /// `from:to:step` in brackets; what is left out is {@link Nothing}.
    record Slice(Expr from, Expr to, Expr step) implements Expr {}

    /// What is left out.
    record Nothing() implements Expr {}

    /// `of(arguments)`.
    record Call(Expr of, List<Expr> arguments) implements Expr {}

    /// `of|name(arguments)`.
    record Filter(Expr of, String name, List<Expr> arguments) implements Expr {}

    /// `left operator right`; the operator `=` names an argument.
    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /// `-of`.
    record Negative(Expr of) implements Expr {}

    /// A list or a tuple.
    record Listing(List<Expr> items) implements Expr {}

    /// A dictionary; keys and values take turns.
    record Dictionary(List<Expr> pairs) implements Expr {}

    /// `then if condition else otherwise`.
    record Choice(Expr then, Expr condition, Expr otherwise) implements Expr {}

    /// A test, a negation, or anything else made of parts.
    record Parts(List<Expr> parts) implements Expr {}
}
