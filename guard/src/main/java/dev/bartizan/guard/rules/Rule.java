package dev.bartizan.guard.rules;

import dev.bartizan.guard.regex.Expression;
import java.util.List;

/// One rule of a pack.
///
/// @param id stable name, never reused
/// @param type what a hit is called, such as `role-forgery`
/// @param score how sure a hit is, 0..1; from 0.5 on it flags
/// @param foreignOnly whether it speaks only of documents and tool results
/// @param near concepts that must occur close together; any alternative will do
/// @param literals texts one of which must occur before the expression is tried
/// @param expressions linear-time expressions tried around a literal
/// @param reason plain words
public record Rule(
        String id,
        String type,
        double score,
        boolean foreignOnly,
        List<Near> near,
        List<String> literals,
        List<Expression> expressions,
        String reason) {
    /// Copies the lists.
    public Rule {
        near = List.copyOf(near);
        literals = List.copyOf(literals);
        expressions = List.copyOf(expressions);
    }

    Rule from(String origin) {
        return new Rule(
                id,
                type,
                score,
                foreignOnly,
                near,
                literals,
                expressions,
                reason + " (pack " + origin + ")");
    }

    /// Concepts within a stretch.
    ///
    /// @param characters longest stretch that may hold them all
    /// @param concepts indices in the lexicon, in order of appearance
    public record Near(int characters, List<Integer> concepts) {
        /// Copies the list.
        public Near {
            concepts = List.copyOf(concepts);
        }
    }
}
