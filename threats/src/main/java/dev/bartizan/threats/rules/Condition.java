package dev.bartizan.threats.rules;

import java.util.List;
import java.util.Optional;

/// What must be known of an element for a rule to apply. Decided as true, false or unknown.
public sealed interface Condition {
    /// All hold. With no part it is true.
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// At least one holds. With no part it is false.
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /// It does not hold; unknown stays unknown.
    record Not(Condition part) implements Condition {}

    /// A fact has one of the values; unknown when nothing is known of it.
    record Is(String fact, List<String> values) implements Condition {
        public Is {
            values = List.copyOf(values);
        }
    }

    /// Nothing says that the fact has one of the values; never unknown.
    record IsNot(String fact, List<String> values) implements Condition {
        public IsNot {
            values = List.copyOf(values);
        }
    }

    /// Something is known under that name; never unknown.
    record Has(String fact) implements Condition {}

    /// Nothing is known under that name; never unknown.
    record Lacks(String fact) implements Condition {}

    /// A related element satisfies a condition; never unknown.
    record Related(Relation relation, Condition where) implements Condition {}

    /// How two elements are related.
    ///
    /// @param by a relation of the system file such as `serves`, `flow` for a declared flow, or
    ///   `path` for a chain of flows and relations along which data goes
    /// @param way whether the related element is the far or the near end
    /// @param carries what the flow carries, when it matters
    record Relation(String by, Way way, Optional<String> carries) {
        /// The name of a chain of flows and relations.
        public static final String PATH = "path";

        /// The name of a declared flow.
        public static final String FLOW = "flow";
    }

    /// Which end the related element is.
    enum Way {
        /// The element names the related one, or data goes to it.
        TO,
        /// The related element names this one, or data comes from it.
        FROM
    }
}
