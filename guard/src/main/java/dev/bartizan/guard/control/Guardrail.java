package dev.bartizan.guard.control;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A guardrail of this guard that a system file declares at an element.
///
/// @param id name of the control
/// @param policy path of its policy file as the system file writes it
/// @param policyFile that path, resolved
/// @param samples path of the system's own labelled texts, as written; empty when there are none
/// @param samplesFile that path, resolved
record Guardrail(
        String id,
        String policy,
        Path policyFile,
        Optional<String> samples,
        Optional<Path> samplesFile) {
    private static final String KIND = "guardrail";

    /// The guardrails at an element that name a policy, and so can be measured.
    static List<Guardrail> at(AiSystem system, Element element) {
        return system.controls().stream()
                .filter(control -> control.at().equals(element.id()) && control.kind().equals(KIND))
                .filter(control -> control.attributes().text("policy").isPresent())
                .map(control -> of(system, control))
                .toList();
    }

    private static Guardrail of(AiSystem system, Control control) {
        String policy = control.attributes().text("policy").orElseThrow();
        Optional<String> samples = control.attributes().text("samples");
        return new Guardrail(
                control.id(),
                policy,
                system.resolve(policy),
                samples,
                samples.map(system::resolve));
    }
}
