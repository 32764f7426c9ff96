package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ThreatId;
import dev.bartizan.threats.rules.Harm;
import dev.bartizan.threats.rules.Rule;
import dev.bartizan.threats.rules.Rule.ForEach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Applies rules to the elements of one system.
final class Derivation {
    private final AiSystem system;
    private final Evaluator evaluator;
    private final Safeguards safeguards;
    private final HarmsDone harms;
    private final List<Threat> threats = new ArrayList<>();
    private final List<Threat> notApplicable = new ArrayList<>();

    Derivation(AiSystem system, Evaluator evaluator) {
        this.system = system;
        this.evaluator = evaluator;
        this.safeguards = new Safeguards(system);
        this.harms = new HarmsDone(evaluator);
    }

    List<Threat> threats() {
        return threats;
    }

    List<Threat> notApplicable() {
        return notApplicable;
    }

    void apply(Rule rule) {
        for (Element at : system.elements().values()) {
            if (rule.at().isEmpty() || rule.at().contains(at.kind())) {
                apply(rule, at);
            }
        }
    }

    private void apply(Rule rule, Element at) {
        Verdict verdict = evaluator.decide(rule.appliesWhen(), at);
        if (!verdict.isTrue()) {
            notApplicable.add(notApplicable(rule, at, verdict));
            return;
        }
        if (rule.forEach().isEmpty()) {
            threats.add(threat(rule, at, Optional.empty(), verdict));
            return;
        }
        ForEach forEach = rule.forEach().get();
        int before = threats.size();
        for (Evaluator.Step step : evaluator.related(forEach.relation(), at)) {
            Verdict where = evaluator.decide(forEach.where(), step.element());
            if (where.isTrue()) {
                Verdict both = Verdict.all(List.of(verdict, where));
                List<Flow> path = step.path().isEmpty() ? both.path() : step.path();
                Verdict found = new Verdict(both.truth(), both.facts(), path, List.of());
                threats.add(threat(rule, at, Optional.of(step.element()), found));
            }
        }
        if (threats.size() == before) {
            Verdict none = Verdict.of(false, verdict.facts());
            notApplicable.add(notApplicable(rule, at, none));
        }
    }

    private Threat notApplicable(Rule rule, Element at, Verdict verdict) {
        String reason =
                verdict.truth() == Verdict.Truth.UNKNOWN
                        ? "Nothing is known of " + String.join(", ", verdict.missing())
                        : "Its conditions do not hold";
        SortedMap<String, String> roles = roles(rule, at, Optional.empty());
        return build(
                rule,
                at,
                Optional.empty(),
                roles,
                new Applicability.DoesNotApply(verdict.facts(), reason),
                List.of());
    }

    private Threat threat(Rule rule, Element at, Optional<Element> other, Verdict verdict) {
        List<Control> controls = safeguards.against(rule, at, other, verdict.path());
        Set<Fact> facts = new LinkedHashSet<>(verdict.facts());
        controls.forEach(control -> facts.add(Safeguards.fact(control)));
        List<String> full = controls.stream().filter(Safeguards::isFull).map(Control::id).toList();
        Applicability applicability =
                full.isEmpty()
                        ? new Applicability.Applies(List.copyOf(facts))
                        : new Applicability.Mitigated(List.copyOf(facts), full);
        return build(rule, at, other, roles(rule, at, other), applicability, verdict.path());
    }

    private static SortedMap<String, String> roles(Rule rule, Element at, Optional<Element> other) {
        SortedMap<String, String> roles = new TreeMap<>();
        roles.put("at", at.id());
        rule.forEach()
                .ifPresent(
                        each -> other.ifPresent(element -> roles.put(each.role(), element.id())));
        return roles;
    }

    private Threat build(
            Rule rule,
            Element at,
            Optional<Element> other,
            SortedMap<String, String> roles,
            Applicability applicability,
            List<Flow> path) {
        boolean isThere = !(applicability instanceof Applicability.DoesNotApply);
        List<Harm> done = isThere ? harms.of(rule, at, other) : List.of();
        return new Threat(
                ThreatId.of(rule.id(), roles),
                rule.id(),
                title(rule, at, other),
                rule.severity(),
                roles,
                applicability,
                rule.confirmedBy(),
                rule.refutedBy(),
                HarmsDone.why(rule, done),
                rule.mend(),
                HarmsDone.mappings(rule, done),
                path,
                rule.tolerance());
    }

    private static String title(Rule rule, Element at, Optional<Element> other) {
        String title = rule.title().replace("{at}", at.label());
        if (rule.forEach().isEmpty()) {
            return title;
        }
        String role = rule.forEach().get().role();
        return title.replace("{" + role + "}", other.map(Element::label).orElse("a " + role));
    }
}
