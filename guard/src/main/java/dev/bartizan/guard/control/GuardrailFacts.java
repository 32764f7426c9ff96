package dev.bartizan.guard.control;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import java.util.List;

/// That an element stands behind a guardrail whose policy can be measured. Reads no file.
public final class GuardrailFacts implements FactSource {
    /// Of every element with such a control.
    public GuardrailFacts() {}

    @Override
    public String id() {
        return "guardrail-control";
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return !system.controls().isEmpty();
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) {
        return Guardrail.at(system, element).stream()
                .map(one ->
                        new Fact(
                                element.id(),
                                "guardrail.policy",
                                one.policy(),
                                id() + " " + one.id(),
                                false))
                .toList();
    }
}
