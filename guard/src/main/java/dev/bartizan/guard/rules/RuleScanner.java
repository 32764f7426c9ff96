package dev.bartizan.guard.rules;

import dev.bartizan.guard.regex.Expression;
import dev.bartizan.guard.rules.Lexicon.Hit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the rules of a pack over readable text: one pass for all literals, then nearness of
/// concepts, then linear-time expressions around the literals found. Safe to share.
///
/// An expression is tried from 64 characters before a literal to 512 after it. A literal that a
/// window holds with 256 characters after it opens no other, so a text is read about twice by each
/// rule at most, however many literals stand in it.
public final class RuleScanner {
    private static final int BEFORE = 64;
    private static final int AFTER = 512;
    private final List<Rule> rules;
    private final AhoCorasick literals;
    private final List<List<Rule>> rulesOf = new ArrayList<>();

    /// A rule that fired.
    ///
    /// @param rule the rule
    /// @param start first character of the readable text
    /// @param end character after the last
    public record Fired(Rule rule, int start, int end) {}

    /// A scanner for a pack.
    public RuleScanner(RulePack pack) {
        rules = pack.rules();
        Map<String, List<Rule>> byLiteral = new LinkedHashMap<>();
        for (Rule rule : rules) {
            for (String literal : rule.literals()) {
                byLiteral.computeIfAbsent(literal, _ -> new ArrayList<>()).add(rule);
            }
        }
        rulesOf.addAll(byLiteral.values());
        literals = new AhoCorasick(List.copyOf(byLiteral.keySet()));
    }

    /// The rules that fire, at most one hit each.
    ///
    /// @param text folded lower-case text
    /// @param hits its concepts, by end
    /// @param isForeign whether it is a document or a tool result
    public List<Fired> scan(String text, List<Hit> hits, boolean isForeign) {
        Map<String, Fired> fired = new LinkedHashMap<>();
        IdentityHashMap<Rule, int[]> looked = new IdentityHashMap<>();
        literals.scan(
                text,
                (pattern, start, end) -> {
                    for (Rule rule : rulesOf.get(pattern)) {
                        if (isForeign || !rule.foreignOnly()) {
                            literal(rule, text, start, end, fired, looked);
                        }
                    }
                });
        BitSet met = new BitSet();
        hits.forEach(hit -> met.set(hit.concept()));
        for (Rule rule : rules) {
            for (Rule.Near near : rule.near()) {
                if (near.concepts().stream().allMatch(met::get)) {
                    nearness(rule, near, hits, fired);
                }
            }
        }
        return fired.values().stream().filter(f -> isForeign || !f.rule().foreignOnly()).toList();
    }

    private void literal(
            Rule rule,
            String text,
            int start,
            int end,
            Map<String, Fired> fired,
            IdentityHashMap<Rule, int[]> looked) {
        if (fired.containsKey(rule.id())) {
            return;
        }
        if (rule.expressions().isEmpty()) {
            fired.put(rule.id(), new Fired(rule, start, end));
            return;
        }
        int[] covered = looked.computeIfAbsent(rule, _ -> new int[1]);
        if (start < covered[0]) {
            return;
        }
        int from = Math.max(0, start - BEFORE);
        int to = Math.min(text.length(), end + AFTER);
        covered[0] = Math.max(start + 1, to - AFTER / 2);
        String window = text.substring(from, to);
        for (Expression expression : rule.expressions()) {
            Expression.Search match = expression.in(window);
            if (match.find()) {
                fired.put(rule.id(), new Fired(rule, from + match.start(), from + match.end()));
                return;
            }
        }
    }

    private static void nearness(
            Rule rule, Rule.Near near, List<Hit> hits, Map<String, Fired> fired) {
        if (fired.containsKey(rule.id())) {
            return;
        }
        int n = near.concepts().size();
        int[] starts = new int[n];
        java.util.Arrays.fill(starts, -1);
        int[] ends = new int[n];
        for (Hit hit : hits) {
            for (int i = n - 1; i >= 0; i--) {
                if (hit.concept() != near.concepts().get(i)) {
                    continue;
                }
                int begin = i == 0 ? hit.start() : starts[i - 1];
                if (begin < 0 || (i > 0 && hit.start() < ends[i - 1])) {
                    continue;
                }
                starts[i] = begin;
                ends[i] = hit.end();
                if (i == n - 1 && hit.end() - begin <= near.characters()) {
                    fired.put(rule.id(), new Fired(rule, begin, hit.end()));
                    return;
                }
            }
        }
    }
}
