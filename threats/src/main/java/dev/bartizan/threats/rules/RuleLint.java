package dev.bartizan.threats.rules;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Place;
import dev.bartizan.knowledge.Catalogues;
import dev.bartizan.knowledge.Claims;
import dev.bartizan.threats.systemfile.Vocabulary;
import dev.bartizan.threats.yaml.Problem;
import dev.bartizan.threats.yaml.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds rules that are wrong in themselves: unknown claims, catalogue ids, facts, values,
/// relations and controls; ids and conditions given twice; conditions that can never hold.
public final class RuleLint {
    private static final Set<String> RELATIONS_BESIDES_KEYS =
            Set.of(Condition.Relation.PATH, Condition.Relation.FLOW);
    private static final int MIN_SENTENCE = 20;

    private final Vocabulary vocabulary;
    private final Claims claims = Claims.bundled();
    private final Catalogues catalogues = Catalogues.bundled();
    private final Problems problems = new Problems();

    private RuleLint(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// What is wrong with the rules, in the order of their places; none when nothing is.
    ///
    /// @param vocabulary what a system file can say
    public static List<Problem> check(RuleBook book, Vocabulary vocabulary) {
        RuleLint lint = new RuleLint(vocabulary);
        book.rules().forEach(lint::check);
        lint.checkTogether(book.rules());
        return lint.problems.isEmpty() ? List.of() : lint.problems.inOrder();
    }

    private void report(Rule rule, String key, String message) {
        problems.add(rule.place(), key, rule.id() + ": " + message, "");
    }

    private void check(Rule rule) {
        checkTexts(rule);
        List<Claim> named = new ArrayList<>(rule.confirmedBy());
        named.addAll(rule.refutedBy());
        named.stream()
                .filter(claim -> claims.card(claim).isEmpty())
                .forEach(claim -> report(rule, claim.name(), "unknown claim " + claim + "."));
        rule.refutedBy().stream()
                .filter(claim -> !rule.confirmedBy().contains(claim))
                .forEach(claim ->
                        report(rule, claim.name(), claim + " refutes and never confirms."));
        rule.mappings()
                .forEach((catalogue, ids) ->
                        ids.stream()
                                .filter(id -> catalogues.entry(catalogue, id).isEmpty())
                                .forEach(id ->
                                        report(
                                                rule,
                                                id,
                                                "unknown " + catalogue + " id " + id + ".")));
        rule.unless().stream()
                .flatMap(unless -> unless.kinds().stream())
                .filter(kind -> !vocabulary.controlKinds().contains(kind))
                .forEach(kind -> report(rule, kind, "unknown control kind " + kind + "."));
        checkCondition(rule, rule.appliesWhen());
        rule.forEach()
                .ifPresent(each ->
                        checkCondition(rule, new Condition.Related(each.relation(), each.where())));
        checkCanFire(rule);
    }

    private void checkTexts(Rule rule) {
        if (rule.why().length() < MIN_SENTENCE || rule.mend().length() < MIN_SENTENCE) {
            report(rule, "why", "why and mend are sentences.");
        }
        if (rule.confirmedBy().isEmpty() || rule.refutedBy().isEmpty()) {
            report(rule, "confirmed-by", "nothing can confirm or refute it.");
        }
        if (!rule.title().contains("{at}")) {
            report(rule, "title", "the title does not name {at}.");
        }
        if (!rule.mappings().containsKey("stride")) {
            report(rule, "map", "no mapping to STRIDE.");
        }
    }

    private void checkCondition(Rule rule, Condition condition) {
        switch (condition) {
            case Condition.All all -> all.parts().forEach(part -> checkCondition(rule, part));
            case Condition.Any any -> any.parts().forEach(part -> checkCondition(rule, part));
            case Condition.Not not -> checkCondition(rule, not.part());
            case Condition.Is is -> checkFact(rule, is.fact(), is.values());
            case Condition.IsNot isNot -> checkFact(rule, isNot.fact(), isNot.values());
            case Condition.Has has -> checkFact(rule, has.fact(), List.of());
            case Condition.Lacks lacks -> checkFact(rule, lacks.fact(), List.of());
            case Condition.Related related -> {
                String by = related.relation().by();
                if (!RELATIONS_BESIDES_KEYS.contains(by) && !vocabulary.relations().contains(by)) {
                    report(rule, by, "unknown relation " + by + ".");
                }
                checkCondition(rule, related.where());
            }
        }
    }

    private void checkFact(Rule rule, String fact, List<String> values) {
        if (!vocabulary.knows(fact)) {
            report(rule, fact, "no system file can say " + fact + ".");
            return;
        }
        Set<String> possible = vocabulary.values(fact);
        values.stream()
                .filter(value -> !possible.isEmpty() && !possible.contains(value))
                .forEach(value -> report(rule, value, fact + " is never " + value + "."));
    }

    private void checkCanFire(Rule rule) {
        if (rule.at().isEmpty()) {
            if (!Satisfiability.canHold(rule.appliesWhen(), Map.of())) {
                report(rule, "applies-when", "it can never apply.");
            }
            return;
        }
        for (var kind : rule.at()) {
            if (!Satisfiability.canHold(rule.appliesWhen(), Map.of("kind", kind.word()))) {
                report(rule, kind.word(), "it can never apply at " + kind.word() + ".");
            }
        }
    }

    private void checkTogether(List<Rule> rules) {
        Map<String, Place> ids = new HashMap<>();
        Map<String, String> shapes = new HashMap<>();
        Set<String> titles = new HashSet<>();
        for (Rule rule : rules) {
            if (ids.putIfAbsent(rule.id(), rule.place()) != null) {
                report(rule, rule.id(), "the id is given twice.");
            }
            if (!titles.add(rule.title())) {
                report(rule, "title", "another rule has the same title.");
            }
            String shape =
                    rule.at().stream().map(Enum::name).sorted().collect(Collectors.joining(","))
                            + rule.appliesWhen()
                            + rule.forEach()
                            + rule.confirmedBy();
            String twin = shapes.putIfAbsent(shape, rule.id());
            if (twin != null) {
                report(
                        rule,
                        rule.id(),
                        "it fires exactly when " + twin + " does, for the same claims.");
            }
        }
    }
}
