package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Element;
import dev.bartizan.core.Threat;
import dev.bartizan.threats.Explanation.Decided;
import dev.bartizan.threats.rules.Condition;
import dev.bartizan.threats.rules.Condition.Relation;
import dev.bartizan.threats.rules.Condition.Way;
import dev.bartizan.threats.rules.Rule;
import dev.bartizan.threats.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells how the conditions of a rule were decided.
final class Explainer {
    private final AiSystem system;
    private final RuleBook rules;
    private final Evaluator evaluator;

    Explainer(AiSystem system, RuleBook rules, Evaluator evaluator) {
        this.system = system;
        this.rules = rules;
        this.evaluator = evaluator;
    }

    Explanation explain(Threat threat) {
        Optional<Rule> rule = rules.rule(threat.rule());
        Optional<Element> at = system.element(threat.at());
        if (rule.isEmpty() || at.isEmpty()) {
            Decided declared =
                    new Decided(
                            0,
                            "the system file declares it",
                            "yes",
                            threat.applicability().facts());
            return new Explanation(threat, List.of(declared), List.of());
        }
        List<Decided> decided = new ArrayList<>();
        decided.add(new Decided(0, "kind is " + at.get().kind().word(), "yes", List.of()));
        add(rule.get().appliesWhen(), at.get(), 0, decided);
        rule.get().forEach().ifPresent(each -> addForEach(each, threat, decided));
        List<String> controls =
                rule.get().unless().stream()
                        .flatMap(unless -> unless.kinds().stream())
                        .distinct()
                        .toList();
        return new Explanation(threat, decided, controls);
    }

    private void addForEach(Rule.ForEach each, Threat threat, List<Decided> decided) {
        Optional<Element> other =
                Optional.ofNullable(threat.roles().get(each.role())).flatMap(system::element);
        String text = words(each.relation()) + " (" + each.role() + ")";
        decided.add(new Decided(0, text, other.map(Element::id).orElse("no"), List.of()));
        other.ifPresent(element -> add(each.where(), element, 1, decided));
        if (threat.applicability() instanceof Applicability.DoesNotApply) {
            decided.add(new Decided(1, words(each.where()), "no such element", List.of()));
        }
    }

    private void add(Condition condition, Element at, int depth, List<Decided> decided) {
        Verdict verdict = evaluator.decide(condition, at);
        switch (condition) {
            case Condition.All all when depth == 0 ->
                    all.parts().forEach(part -> add(part, at, depth + 1, decided));
            case Condition.All all -> addGroup("all of", all.parts(), verdict, at, depth, decided);
            case Condition.Any any -> addGroup("any of", any.parts(), verdict, at, depth, decided);
            case Condition.Not not ->
                    addGroup("not", List.of(not.part()), verdict, at, depth, decided);
            case Condition.Is _,
                    Condition.IsNot _,
                    Condition.Has _,
                    Condition.Lacks _,
                    Condition.Related _ ->
                    decided.add(
                            new Decided(depth, words(condition), answer(verdict), verdict.facts()));
        }
    }

    private void addGroup(
            String text,
            List<Condition> parts,
            Verdict verdict,
            Element at,
            int depth,
            List<Decided> decided) {
        decided.add(new Decided(depth, text, answer(verdict), List.of()));
        parts.forEach(part -> add(part, at, depth + 1, decided));
    }

    private static String answer(Verdict verdict) {
        return switch (verdict.truth()) {
            case TRUE -> "yes";
            case FALSE -> "no";
            case UNKNOWN -> "unknown";
        };
    }

    /// A condition in words.
    static String words(Condition condition) {
        return switch (condition) {
            case Condition.All all -> joined(all.parts(), " and ");
            case Condition.Any any -> joined(any.parts(), " or ");
            case Condition.Not not -> "not (" + words(not.part()) + ")";
            case Condition.Is is -> is.fact() + " is " + String.join(" or ", is.values());
            case Condition.IsNot isNot ->
                    isNot.fact() + " is not known to be " + String.join(" or ", isNot.values());
            case Condition.Has has -> has.fact() + " is given";
            case Condition.Lacks lacks -> lacks.fact() + " is not given";
            case Condition.Related related -> {
                String where = words(related.where());
                yield words(related.relation()) + (where.isEmpty() ? "" : " where " + where);
            }
        };
    }

    private static String joined(List<Condition> parts, String word) {
        return String.join(word, parts.stream().map(Explainer::words).toList());
    }

    private static String words(Relation relation) {
        boolean isTo = relation.way() == Way.TO;
        return switch (relation.by()) {
            case Relation.PATH ->
                    isTo
                            ? "data can go from here to an element"
                            : "data can come here from an element";
            case Relation.FLOW ->
                    isTo ? "a flow goes to an element" : "a flow comes from an element";
            default ->
                    isTo
                            ? "\"" + relation.by() + "\" names an element"
                            : "an element names this one in \"" + relation.by() + "\"";
        };
    }
}
