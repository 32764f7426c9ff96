package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.rules.Condition;
import dev.bartizan.threats.rules.Condition.Relation;
import dev.bartizan.threats.rules.Condition.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Decides conditions of rules over one system. Searches are kept, so that a path condition costs
/// one search whatever the number of elements. For one thread.
final class Evaluator {
    private final AiSystem system;
    private final SystemGraph graph;
    private final FactBase facts;
    private final IdentityHashMap<Condition.Related, Paths> searches = new IdentityHashMap<>();
    private final Map<String, Map<String, Set<String>>> namedBy = new HashMap<>();

    Evaluator(AiSystem system, SystemGraph graph, FactBase facts) {
        this.system = system;
        this.graph = graph;
        this.facts = facts;
    }

    /// Decides a condition at an element.
    Verdict decide(Condition condition, Element at) {
        return switch (condition) {
            case Condition.All all ->
                    Verdict.all(all.parts().stream().map(part -> decide(part, at)).toList());
            case Condition.Any any ->
                    Verdict.any(any.parts().stream().map(part -> decide(part, at)).toList());
            case Condition.Not not -> decide(not.part(), at).negated();
            case Condition.Is is -> decideIs(is, at);
            case Condition.IsNot isNot -> {
                List<Fact> against = with(isNot.fact(), isNot.values(), at);
                yield against.isEmpty()
                        ? Verdict.of(true, facts.of(at.id(), isNot.fact()))
                        : Verdict.of(false, against);
            }
            case Condition.Has has -> {
                List<Fact> found = facts.positive(at.id(), has.fact());
                yield Verdict.of(!found.isEmpty(), found);
            }
            case Condition.Lacks lacks -> {
                List<Fact> found = facts.positive(at.id(), lacks.fact());
                yield found.isEmpty()
                        ? Verdict.of(true, facts.of(at.id(), lacks.fact()))
                        : Verdict.of(false, found);
            }
            case Condition.Related related -> decideRelated(related, at);
        };
    }

    private Verdict decideIs(Condition.Is is, Element at) {
        List<Fact> known = facts.of(at.id(), is.fact());
        if (known.isEmpty()) {
            return Verdict.unknown(is.fact());
        }
        List<Fact> found = with(is.fact(), is.values(), at);
        return found.isEmpty() ? Verdict.of(false, known) : Verdict.of(true, found);
    }

    private List<Fact> with(String name, List<String> values, Element at) {
        return facts.of(at.id(), name).stream()
                .filter(fact -> values.contains(fact.value()))
                .toList();
    }

    private Verdict decideRelated(Condition.Related related, Element at) {
        if (related.relation().by().equals(Relation.PATH)) {
            return decidePath(related, at);
        }
        List<Verdict> decided = new ArrayList<>();
        for (Step step : near(related.relation(), at)) {
            Verdict where = decide(related.where(), step.element());
            List<Fact> why = new ArrayList<>(named(related.relation(), at, step.element()));
            why.addAll(where.facts());
            decided.add(
                    where.isTrue()
                            ? new Verdict(where.truth(), why, step.path(), List.of())
                            : where);
        }
        Verdict any = Verdict.any(decided);
        return any.isTrue() ? any : Verdict.of(false, any.facts());
    }

    private List<Fact> named(Relation relation, Element at, Element other) {
        Element namer = relation.way() == Way.TO ? at : other;
        Element named = relation.way() == Way.TO ? other : at;
        return with(relation.by(), List.of(named.id()), namer);
    }

    private Verdict decidePath(Condition.Related related, Element at) {
        Paths paths =
                searches.computeIfAbsent(
                        related,
                        key -> {
                            Set<String> ends = satisfying(key.where());
                            return key.relation().way() == Way.FROM
                                    ? graph.pathsFrom(ends)
                                    : graph.pathsTo(ends);
                        });
        if (!paths.has(at.id())) {
            return Verdict.of(false, List.of());
        }
        List<Flow> path = paths.of(at.id());
        Element end = endOf(path, related.relation().way(), at);
        return new Verdict(
                Verdict.Truth.TRUE, decide(related.where(), end).facts(), path, List.of());
    }

    private Element endOf(List<Flow> path, Way way, Element at) {
        if (path.isEmpty()) {
            return at;
        }
        String id = way == Way.FROM ? path.getFirst().from() : path.getLast().to();
        return system.element(id).orElse(at);
    }

    private Set<String> satisfying(Condition where) {
        Set<String> ids = new HashSet<>();
        for (Element element : system.elements().values()) {
            if (decide(where, element).isTrue()) {
                ids.add(element.id());
            }
        }
        return ids;
    }

    /// The elements that a relation leads to from one element, by id, each with its path.
    List<Step> related(Relation relation, Element at) {
        if (!relation.by().equals(Relation.PATH)) {
            return near(relation, at);
        }
        boolean isFrom = relation.way() == Way.FROM;
        Paths paths = isFrom ? graph.pathsTo(Set.of(at.id())) : graph.pathsFrom(Set.of(at.id()));
        return system.elements().values().stream()
                .filter(other -> !other.id().equals(at.id()) && paths.has(other.id()))
                .sorted(java.util.Comparator.comparing(Element::id))
                .map(other -> new Step(other, paths.of(other.id())))
                .toList();
    }

    private List<Step> near(Relation relation, Element at) {
        Map<String, List<Flow>> found = new TreeMap<>();
        if (relation.by().equals(Relation.FLOW)) {
            for (Flow flow : graph.declaredAt(at.id(), relation.way())) {
                if (relation.carries().isEmpty()
                        || flow.carries().contains(relation.carries().get())) {
                    String other = relation.way() == Way.TO ? flow.to() : flow.from();
                    found.putIfAbsent(other, List.of(flow));
                }
            }
        } else if (relation.way() == Way.TO) {
            Relations.of(at, relation.by()).forEach(id -> found.put(id, List.of()));
        } else {
            namers(relation.by())
                    .getOrDefault(at.id(), Set.of())
                    .forEach(id -> found.put(id, List.of()));
        }
        List<Step> steps = new ArrayList<>();
        found.forEach((id, path) ->
                system.element(id).ifPresent(other -> steps.add(new Step(other, path))));
        return steps;
    }

    private Map<String, Set<String>> namers(String relation) {
        return namedBy.computeIfAbsent(
                relation,
                name -> {
                    Map<String, Set<String>> by = new HashMap<>();
                    for (Element element : system.elements().values()) {
                        for (String other : Relations.of(element, name)) {
                            by.computeIfAbsent(other, _ -> new TreeSet<>()).add(element.id());
                        }
                    }
                    return by;
                });
    }

    /// A related element and the way to it.
    record Step(Element element, List<Flow> path) {}
}
