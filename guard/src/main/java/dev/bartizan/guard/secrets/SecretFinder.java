package dev.bartizan.guard.secrets;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.regex.Expression;
import dev.bartizan.guard.rules.AhoCorasick;
import dev.bartizan.guard.text.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds secrets: one pass for the keywords of all rules, then the expressions of those met, around
/// the places where they were met. Safe to share.
public final class SecretFinder implements Guard.Recogniser {
    private static final int BEFORE = 160;
    private static final int AFTER = 4200;
    private static final int SHORTEST = 14;
    private static final int NEARBY = 260;
    private static final Set<String> KNOWN_SAMPLES =
            Set.copyOf(Resources.lines(SecretFinder.class, "known-samples.txt"));
    private final List<SecretRule> rules;
    private final AhoCorasick keywords;
    private final List<int[]> rulesOf = new ArrayList<>();
    private final BitSet always = new BitSet();

    /// A finder for the rules.
    public SecretFinder(List<SecretRule> rules) {
        this.rules = List.copyOf(rules);
        Map<String, BitSet> byKeyword = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            int index = i;
            if (rules.get(i).keywords().isEmpty()) {
                always.set(i);
            }
            for (String keyword : rules.get(i).keywords()) {
                byKeyword.computeIfAbsent(keyword, _ -> new BitSet()).set(index);
            }
        }
        byKeyword.values().forEach(set -> rulesOf.add(set.stream().toArray()));
        keywords = new AhoCorasick(List.copyOf(byKeyword.keySet()));
    }

    /// The finder with the rules that ship.
    public static SecretFinder shipped() {
        return new SecretFinder(shippedRules());
    }

    /// The rules that ship.
    public static List<SecretRule> shippedRules() {
        String text =
                new String(
                        Resources.bytes(SecretFinder.class, "secrets.toml"),
                        StandardCharsets.UTF_8);
        return GitleaksRules.parse(text, "secrets.toml");
    }

    /// The finder with the rules that ship and those of a file in gitleaks form.
    ///
    /// @param text the file
    /// @param place its name, for messages
    /// @throws dev.bartizan.core.UserError when the file cannot be understood
    public static SecretFinder shippedWith(String text, String place) {
        List<SecretRule> all = new ArrayList<>(shippedRules());
        all.addAll(GitleaksRules.parse(text, place));
        return new SecretFinder(all);
    }

    @Override
    public List<Detection> find(String text) {
        Map<Integer, List<int[]>> places = places(text);
        if (places.isEmpty()) {
            return List.of();
        }
        List<Hit> found = new ArrayList<>();
        places.forEach((rule, ranges) -> {
            for (int[] range : ranges) {
                search(rules.get(rule), text, range[0], range[1], found);
            }
        });
        return detections(text, found);
    }

    private record Hit(String rule, int start, int end) {}

    private Map<Integer, List<int[]>> places(String text) {
        Map<Integer, List<int[]>> places = new LinkedHashMap<>();
        keywords.scan(
                new LowerCase(text),
                (pattern, start, end) -> {
                    for (int rule : rulesOf.get(pattern)) {
                        extend(places, rule, text, start, end);
                    }
                });
        always.stream().forEach(rule -> places.put(rule, List.of(new int[] {0, text.length()})));
        return places;
    }

    private void extend(
            Map<Integer, List<int[]>> places, int rule, String text, int start, int end) {
        SecretRule.Hint hint = rules.get(rule).hint();
        int from = Math.max(0, start - BEFORE);
        int to = Math.min(text.length(), end + AFTER);
        switch (hint) {
            case STARTS -> {
                boolean inside = start > 0 && isAlphanumeric(text.charAt(start - 1));
                List<int[]> before = places.get(rule);
                if (inside || (before != null && end + NEARBY < before.getLast()[1])) {
                    return;
                }
                from = Math.max(0, start - 1);
                to = Math.min(to, Surroundings.wordEnd(text, end) + 1);
                if (to - start < SHORTEST) {
                    return;
                }
            }
            case DIGIT_FOLLOWS, VALUE_BEHIND -> {
                if (!Surroundings.valueFollows(text, end)) {
                    return;
                }
                from = hint == SecretRule.Hint.VALUE_BEHIND ? start : from;
                to = Math.min(to, end + NEARBY);
            }
            case NONE -> {}
        }
        List<int[]> ranges = places.computeIfAbsent(rule, _ -> new ArrayList<>());
        if (!ranges.isEmpty() && from <= ranges.getLast()[1]) {
            ranges.getLast()[1] = Math.max(to, ranges.getLast()[1]);
        } else {
            ranges.add(new int[] {from, to});
        }
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }

    private static void search(SecretRule rule, String text, int from, int to, List<Hit> found) {
        Expression.Search search = rule.expression().in(text.substring(from, to));
        boolean more = search.find();
        while (more) {
            int tooLong = search.end() - search.start() - rule.longest();
            if (tooLong <= 0) {
                take(rule, search, from, found);
                more = search.find();
            } else {
                more = search.find(search.start() + tooLong);
            }
        }
    }

    private static void take(SecretRule rule, Expression.Search match, int from, List<Hit> found) {
        int group = group(rule, match);
        String secret = match.group(group);
        if (secret == null || secret.isEmpty() || isAllowed(rule, secret, match.text())) {
            return;
        }
        int start = from + match.start(group);
        found.add(new Hit(rule.id(), start, start + secret.length()));
    }

    /// The hits without those inside or beside others that overlap, in code points.
    private static List<Detection> detections(String text, List<Hit> hits) {
        hits.sort(Comparator.comparingInt(Hit::start).thenComparingInt(hit -> -hit.end()));
        List<Detection> out = new ArrayList<>();
        int at = 0;
        int points = 0;
        int covered = 0;
        for (Hit hit : hits) {
            if (hit.end() <= covered) {
                continue;
            }
            points += text.codePointCount(at, hit.start());
            at = hit.start();
            int length = text.codePointCount(hit.start(), hit.end());
            out.add(
                    new Detection(
                            "SECRET",
                            points,
                            points + length,
                            0.9,
                            "looks like a secret (" + hit.rule() + ")"));
            covered = hit.end();
        }
        return out;
    }

    private static int group(SecretRule rule, Expression.Search match) {
        if (rule.secretGroup() > 0 && rule.secretGroup() <= match.groups()) {
            return rule.secretGroup();
        }
        for (int i = 1; i <= match.groups(); i++) {
            String group = match.group(i);
            if (group != null && !group.isEmpty()) {
                return i;
            }
        }
        return 0;
    }

    private static boolean isAllowed(SecretRule rule, String secret, String match) {
        if (rule.entropy() > 0 && entropy(secret) <= rule.entropy()) {
            return true;
        }
        for (Expression allowed : rule.allowed()) {
            if (allowed.isIn(secret) || allowed.isWhole(match)) {
                return true;
            }
        }
        return KNOWN_SAMPLES.contains(digest(secret));
    }

    private static String digest(String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Bits per character.
    static double entropy(String text) {
        char[] signs = text.toCharArray();
        Arrays.sort(signs);
        double bits = 0;
        int from = 0;
        for (int i = 1; i <= signs.length; i++) {
            if (i == signs.length || signs[i] != signs[from]) {
                double share = (i - from) / (double) signs.length;
                bits -= share * Math.log(share) / Math.log(2);
                from = i;
            }
        }
        return bits;
    }
}
