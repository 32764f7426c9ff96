package dev.bartizan.threats;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Threat;
import dev.bartizan.knowledge.CatalogueChange;
import dev.bartizan.knowledge.CatalogueEntry;
import dev.bartizan.threats.rules.Rule;
import dev.bartizan.threats.rules.RuleBook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a new release of ATLAS means at home.
///
/// @param touched threats of the user's systems that map to a technique that changed
/// @param rulesToWrite techniques that came in and that no rule maps to
/// @param checksMissing techniques that came in or matured, are mapped, and that no check can test
/// @param priorsThatMove threats of the user's systems whose technique is now known to be done
public record CatalogueImpact(
        List<Touched> touched,
        List<CatalogueEntry> rulesToWrite,
        List<Untestable> checksMissing,
        List<Touched> priorsThatMove) {
    private static final List<String> LADDER = List.of("", "feasible", "demonstrated", "realized");
    private static final String ATLAS = "atlas";

    public CatalogueImpact {
        touched = List.copyOf(touched);
        rulesToWrite = List.copyOf(rulesToWrite);
        checksMissing = List.copyOf(checksMissing);
        priorsThatMove = List.copyOf(priorsThatMove);
    }

    /// A threat of a system that a change bears on.
    ///
    /// @param system name of the system
    /// @param threat the threat
    /// @param technique id of the technique
    /// @param what what happened to it, a few words
    public record Touched(String system, Threat threat, String technique, String what) {}

    /// A technique whose rules name only claims that no check speaks to.
    ///
    /// @param technique the technique
    /// @param rules ids of the rules
    /// @param claims names of the claims
    public record Untestable(CatalogueEntry technique, List<String> rules, List<String> claims) {
        public Untestable {
            rules = List.copyOf(rules);
            claims = List.copyOf(claims);
        }
    }

    /// Finds out.
    ///
    /// @param changes of ATLAS
    /// @param models threat models by name of the system
    /// @param rules the rules in force
    /// @param testable base names of the claims that some check speaks to
    public static CatalogueImpact of(
            List<CatalogueChange> changes,
            Map<String, ThreatModel> models,
            RuleBook rules,
            Set<String> testable) {
        Map<String, List<Rule>> mapped = mapped(rules);
        List<Touched> touched = new ArrayList<>();
        List<Touched> priors = new ArrayList<>();
        List<CatalogueEntry> unwritten = new ArrayList<>();
        List<Untestable> untestable = new ArrayList<>();
        for (CatalogueChange change : changes) {
            CatalogueEntry entry = change.entry();
            if (!entry.kind().endsWith("technique")) {
                continue;
            }
            models.forEach((name, model) -> {
                List<Touched> here = touched(name, model, change);
                touched.addAll(here);
                if (hasRisen(change)) {
                    priors.addAll(here);
                }
            });
            List<Rule> of = mapped.getOrDefault(entry.id(), List.of());
            boolean isNews = change instanceof CatalogueChange.Added || hasRisen(change);
            if (change instanceof CatalogueChange.Added && of.isEmpty()) {
                unwritten.add(entry);
            } else if (isNews
                    && !of.isEmpty()
                    && of.stream().noneMatch(r -> canTest(r, testable))) {
                untestable.add(untestable(entry, of));
            }
        }
        return new CatalogueImpact(touched, unwritten, untestable, priors);
    }

    private static Map<String, List<Rule>> mapped(RuleBook rules) {
        Map<String, List<Rule>> mapped = new TreeMap<>();
        for (Rule rule : rules.rules()) {
            rule.mappings()
                    .getOrDefault(ATLAS, List.of())
                    .forEach(id -> mapped.computeIfAbsent(id, _ -> new ArrayList<>()).add(rule));
        }
        return mapped;
    }

    private static List<Touched> touched(String name, ThreatModel model, CatalogueChange change) {
        CatalogueEntry entry = change.entry();
        // What just came in is mapped by no rule yet; it bears on threats of what it belongs under.
        Set<String> ids = new LinkedHashSet<>(List.of(entry.id()));
        if (change instanceof CatalogueChange.Added) {
            ids.addAll(entry.parents());
        }
        return model.threats().stream()
                .filter(threat ->
                        threat.mappings().getOrDefault(ATLAS, List.of()).stream()
                                .anyMatch(ids::contains))
                .map(threat -> new Touched(name, threat, entry.id(), what(change)))
                .toList();
    }

    private static boolean canTest(Rule rule, Set<String> testable) {
        return rule.confirmedBy().stream().map(Claim::base).anyMatch(testable::contains);
    }

    private static Untestable untestable(CatalogueEntry entry, List<Rule> rules) {
        Set<String> claims = new TreeSet<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Rule rule : rules) {
            ids.add(rule.id());
            rule.confirmedBy().forEach(claim -> claims.add(claim.base()));
        }
        return new Untestable(entry, List.copyOf(ids), List.copyOf(claims));
    }

    private static boolean hasRisen(CatalogueChange change) {
        return change instanceof CatalogueChange.Matured matured
                && LADDER.indexOf(matured.entry().maturity()) > LADDER.indexOf(matured.before());
    }

    /// What happened, in a few words.
    public static String what(CatalogueChange change) {
        return switch (change) {
            case CatalogueChange.Added _ -> "came in";
            case CatalogueChange.Removed _ -> "is gone";
            case CatalogueChange.Renamed renamed -> "was called \"" + renamed.before() + "\"";
            case CatalogueChange.Moved moved ->
                    "moved from "
                            + (moved.before().isEmpty()
                                    ? "the top"
                                    : String.join(", ", moved.before()));
            case CatalogueChange.TacticsChanged tactics ->
                    "served " + String.join(", ", tactics.before());
            case CatalogueChange.Matured matured ->
                    "went from " + matured.before() + " to " + matured.entry().maturity();
        };
    }
}
