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
    private final List<Catalogues> catalogues;
    private final Satisfiability satisfiability;
    private final Problems problems = new Problems();

    private RuleLint(Vocabulary vocabulary, List<Catalogues> catalogues) {
        this.vocabulary = vocabulary;
        this.catalogues = catalogues;
        this.satisfiability = new Satisfiability(vocabulary::isSingle);
    }

    /// What is wrong with the rules, in the order of their places; none when nothing is.
    ///
    /// @param vocabulary what a system file can say
    public static List<Problem> check(RuleBook book, Vocabulary vocabulary) {
        return check(book, RuleBook.of(List.of()), vocabulary, Catalogues.bundled());
    }

    /// What is wrong with rules and with those of one's own beside them.
    ///
    /// @param own rules that win over those of the same id
    /// @param imported catalogues that were imported; their ids are known too
    public static List<Problem> check(
            RuleBook book, RuleBook own, Vocabulary vocabulary, Catalogues imported) {
        RuleLint lint = new RuleLint(vocabulary, List.of(Catalogues.bundled(), imported));
        List<Rule> all = new ArrayList<>(book.rules());
        all.addAll(own.rules());
        all.forEach(lint::check);
        lint.checkTogether(all);
        lint.checkShadows(all);
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
                                .filter(id ->
                                        catalogues.stream()
                                                .allMatch(each ->
                                                        each.entry(catalogue, id).isEmpty()))
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
            if (!satisfiability.canHold(rule.appliesWhen(), Map.of())) {
                report(rule, "applies-when", "it can never apply.");
            }
            return;
        }
        for (var kind : rule.at()) {
            if (!satisfiability.canHold(rule.appliesWhen(), Map.of("kind", kind.word()))) {
                report(rule, kind.word(), "it can never apply at " + kind.word() + ".");
            }
        }
    }

    private void checkShadows(List<Rule> rules) {
        for (Rule narrow : rules) {
            for (Rule wide : rules) {
                boolean isOther = !wide.id().equals(narrow.id());
                boolean isMutual =
                        Shadow.covers(narrow, wide) && wide.id().compareTo(narrow.id()) > 0;
                if (isOther && Shadow.covers(wide, narrow) && !isMutual && !isTwin(wide, narrow)) {
                    report(
                            narrow,
                            narrow.id(),
                            "it adds nothing to "
                                    + wide.id()
                                    + ", which applies wherever it does, for the same claims.");
                }
            }
        }
    }

    /// Whether the check for duplicates speaks of the two.
    private static boolean isTwin(Rule one, Rule other) {
        return one.at().equals(other.at()) && one.appliesWhen().equals(other.appliesWhen());
    }

    private void checkTogether(List<Rule> rules) {
        Map<String, Place> ids = new HashMap<>();
        Map<String, String> shapes = new HashMap<>();
        Set<String> titles = new HashSet<>();
        for (Rule rule : rules) {
            Place first = ids.putIfAbsent(rule.id(), rule.place());
            if (first != null) {
                String where = first.file().equals(rule.place().file()) ? "" : " (" + first + ")";
                report(rule, rule.id(), "the id is given twice" + where + ".");
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
