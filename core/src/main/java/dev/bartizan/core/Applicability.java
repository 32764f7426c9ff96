package dev.bartizan.core;

import java.util.List;

/// Whether a rule applies at an element, with the facts that decided it.
public sealed interface Applicability {
    /// The facts that decided it.
    List<Fact> facts();

    /// It applies.
    record Applies(List<Fact> facts) implements Applicability {
        public Applies {
            facts = List.copyOf(facts);
        }
    }

    /// It would apply, and a declared control stands against it.
    record Mitigated(List<Fact> facts, List<String> controls) implements Applicability {
        public Mitigated {
            facts = List.copyOf(facts);
            controls = List.copyOf(controls);
        }
    }

    /// It does not apply.
    record DoesNotApply(List<Fact> facts, String reason) implements Applicability {
        public DoesNotApply {
            facts = List.copyOf(facts);
        }
    }
}
