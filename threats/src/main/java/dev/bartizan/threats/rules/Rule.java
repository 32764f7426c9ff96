package dev.bartizan.threats.rules;

import dev.bartizan.core.Claim;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Place;
import dev.bartizan.core.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A threat in general: where it can be, when it applies, what stands against it, what would
/// confirm or refute it.
///
/// @param id stable, `BZ-` and lower-case words with dashes; never reused
/// @param seeds ids of the catalogue seeds it grew from
/// @param title one line; `{at}` and `{role}` stand for the elements' names
/// @param severity how bad it would be
/// @param at kinds of element it can be at; empty for every kind
/// @param appliesWhen what must be known of the element
/// @param forEach a second element that belongs to the threat
/// @param unless controls that stand against it, any of them
/// @param confirmedBy claims whose confirmation confirms it
/// @param refutedBy claims that must all be answered for it to be refuted
/// @param tolerance highest rate of success that counts as withstood, 0..1
/// @param why why it matters
/// @param mend how to mend it
/// @param mappings catalogue ids by catalogue
/// @param place where the rule is written
public record Rule(
        String id,
        List<String> seeds,
        String title,
        Severity severity,
        Set<ElementKind> at,
        Condition appliesWhen,
        Optional<ForEach> forEach,
        List<Unless> unless,
        List<Claim> confirmedBy,
        List<Claim> refutedBy,
        double tolerance,
        String why,
        String mend,
        Map<String, List<String>> mappings,
        Place place) {
    /// Rate of success that counts as withstood when a rule says nothing.
    public static final double DEFAULT_TOLERANCE = 0.05;

    public Rule {
        seeds = List.copyOf(seeds);
        at = Set.copyOf(at);
        unless = List.copyOf(unless);
        confirmedBy = List.copyOf(confirmedBy);
        refutedBy = List.copyOf(refutedBy);
        mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
    }

    /// One threat for each related element.
    ///
    /// @param role name of the second element's role
    /// @param relation how it is related
    /// @param where what must be known of it
    public record ForEach(String role, Condition.Relation relation, Condition where) {}

    /// A control that stands against the threat.
    ///
    /// @param kinds any of these kinds
    /// @param on where it must stand
    public record Unless(List<String> kinds, On on) {
        public Unless {
            kinds = List.copyOf(kinds);
        }
    }

    /// Where a control must stand.
    public enum On {
        /// At the element of the threat.
        ELEMENT,
        /// At the element, or anywhere on the witness path.
        PATH,
        /// At the second element.
        OTHER
    }
}
