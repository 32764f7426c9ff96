package dev.bartizan.threats;

import dev.bartizan.core.Applicability;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Why a threat applies, is mitigated, or does not apply.
///
/// @param threat the threat
/// @param conditions the rule's conditions as decided, outer ones first
/// @param controls kinds of control that would stand against it
public record Explanation(Threat threat, List<Decided> conditions, List<String> controls) {
    public Explanation {
        conditions = List.copyOf(conditions);
        controls = List.copyOf(controls);
    }

    /// A condition and how it was decided.
    ///
    /// @param depth how deep it is nested, from 0
    /// @param text the condition in words
    /// @param answer `yes`, `no` or `unknown`
    /// @param facts what decided it
    public record Decided(int depth, String text, String answer, List<Fact> facts) {
        public Decided {
            facts = List.copyOf(facts);
        }
    }

    /// The explanation as lines of text.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(threat.id() + "  " + threat.title());
        lines.add(
                "rule "
                        + threat.rule()
                        + ", severity "
                        + threat.severity().word()
                        + ", "
                        + outcome());
        lines.add("Conditions:");
        for (Decided decided : conditions) {
            String indent = "  ".repeat(decided.depth() + 1);
            lines.add(
                    String.format(
                            Locale.ROOT, "%s%s: %s", indent, decided.text(), decided.answer()));
            decided.facts().forEach(fact -> lines.add(indent + "  because " + fact));
        }
        if (!threat.path().isEmpty()) {
            lines.add("Path: " + route(threat.path()));
        }
        if (!controls.isEmpty()) {
            lines.add("Controls that would stand against it: " + String.join(", ", controls));
        }
        lines.add("Confirmed by: " + claims(threat.confirmedBy()));
        lines.add("Refuted by: " + claims(threat.refutedBy()));
        lines.add("Why it matters: " + threat.why());
        lines.add("How to mend it: " + threat.mend());
        return List.copyOf(lines);
    }

    private static String claims(List<?> claims) {
        return claims.isEmpty()
                ? "no check yet"
                : String.join(", ", claims.stream().map(Object::toString).toList());
    }

    private String outcome() {
        return switch (threat.applicability()) {
            case Applicability.Applies _ -> "applies";
            case Applicability.Mitigated mitigated ->
                    "mitigated as declared by " + String.join(", ", mitigated.controls());
            case Applicability.DoesNotApply not -> "does not apply: " + not.reason();
        };
    }

    /// A path in words, such as `claimant -> intake-api -> fraud-model`; it has at least one flow.
    public static String route(List<Flow> path) {
        StringBuilder text = new StringBuilder(path.getFirst().from());
        path.forEach(flow -> text.append(" -> ").append(flow.to()));
        return text.toString();
    }
}
