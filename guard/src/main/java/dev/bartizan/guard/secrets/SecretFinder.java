package dev.bartizan.guard.secrets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.rules.AhoCorasick;
import dev.bartizan.guard.text.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds secrets: one pass for the keywords of all rules, then the expressions of those met, around
/// the places where they were met. Safe to share.
public final class SecretFinder implements Guard.Recogniser {
    private static final int BEFORE = 160;
    private static final int AFTER = 4200;
    private static final int MAX_PLACES = 24;
    private static final int MAX_PER_RULE = 200;
    private static final Set<String> KNOWN_SAMPLES =
            Set.copyOf(Resources.lines(SecretFinder.class, "known-samples.txt"));
    private final List<SecretRule> rules;
    private final AhoCorasick keywords;
    private final List<BitSet> rulesOf = new ArrayList<>();
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
        rulesOf.addAll(byKeyword.values());
        keywords = new AhoCorasick(List.copyOf(byKeyword.keySet()));
    }

    /// The finder with the rules that ship.
    public static SecretFinder shipped() {
        String text =
                new String(
                        Resources.bytes(SecretFinder.class, "secrets.toml"),
                        StandardCharsets.UTF_8);
        return new SecretFinder(GitleaksRules.parse(text, "secrets.toml"));
    }

    @Override
    public List<Detection> find(String text) {
        Map<Integer, List<int[]>> places = places(text);
        List<Detection> found = new ArrayList<>();
        places.forEach((rule, ranges) -> {
            for (int[] range : ranges) {
                search(rules.get(rule), text, range[0], range[1], found);
            }
        });
        return distinct(found);
    }

    private Map<Integer, List<int[]>> places(String text) {
        Map<Integer, List<int[]>> places = new LinkedHashMap<>();
        keywords.scan(
                lower(text),
                (pattern, start, end) ->
                        rulesOf.get(pattern).stream()
                                .forEach(rule -> extend(places, rule, text, start, end)));
        always.stream().forEach(rule -> places.put(rule, List.of(new int[] {0, text.length()})));
        return places;
    }

    private static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(Character.toLowerCase(text.charAt(i)));
        }
        return out.toString();
    }

    private static void extend(
            Map<Integer, List<int[]>> places, int rule, String text, int start, int end) {
        List<int[]> ranges = places.computeIfAbsent(rule, _ -> new ArrayList<>());
        int from = Math.max(0, start - BEFORE);
        int to = Math.min(text.length(), end + AFTER);
        if (!ranges.isEmpty() && from <= ranges.getLast()[1]) {
            ranges.getLast()[1] = to;
        } else if (ranges.size() < MAX_PLACES) {
            ranges.add(new int[] {from, to});
        }
    }

    private static void search(
            SecretRule rule, String text, int from, int to, List<Detection> found) {
        Matcher matcher = rule.pattern().matcher(text.substring(from, to));
        int count = 0;
        while (count++ < MAX_PER_RULE && matcher.find()) {
            int group = group(rule, matcher);
            String secret = matcher.group(group);
            if (secret == null || secret.isEmpty() || isAllowed(rule, secret, matcher.group())) {
                continue;
            }
            int start = text.codePointCount(0, from + matcher.start(group));
            found.add(
                    new Detection(
                            "SECRET",
                            start,
                            start + secret.codePointCount(0, secret.length()),
                            0.9,
                            "looks like a secret (" + rule.id() + ")"));
        }
    }

    private static int group(SecretRule rule, Matcher matcher) {
        if (rule.secretGroup() > 0 && rule.secretGroup() <= matcher.groupCount()) {
            return rule.secretGroup();
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
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
        if (KNOWN_SAMPLES.contains(digest(secret))) {
            return true;
        }
        String lower = secret.toLowerCase(Locale.ROOT);
        for (String stop : rule.stopWords()) {
            if (lower.contains(stop)) {
                return true;
            }
        }
        for (Pattern allowed : rule.allowed()) {
            if (allowed.matcher(secret).find() || allowed.matcher(match).matches()) {
                return true;
            }
        }
        return false;
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
        Map<Character, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < text.length(); i++) {
            counts.merge(text.charAt(i), 1, Integer::sum);
        }
        double bits = 0;
        for (int count : counts.values()) {
            double share = count / (double) text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    private static List<Detection> distinct(List<Detection> found) {
        Map<Integer, Detection> byStart = new LinkedHashMap<>();
        for (Detection one : found) {
            byStart.merge(one.start(), one, (a, b) -> b.end() > a.end() ? b : a);
        }
        return List.copyOf(byStart.values());
    }
}
