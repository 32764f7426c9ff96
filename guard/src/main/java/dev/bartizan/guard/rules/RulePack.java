package dev.bartizan.guard.rules;

import com.google.re2j.PatternSyntaxException;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.regex.Expression;
import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.text.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A versioned set of rules, read from a text file of our own form and named by its digest.
///
/// A file starts with `pack: NAME` and `version: N`. A rule starts with `rule: ID` and has lines
/// `type:`, `score:`, `reason:`, optional `only: foreign`, and any number of `near: LENGTH concept
/// concept…`, `literal: TEXT` and `regex: EXPRESSION` (RE2 syntax; tried around the literals).
///
/// @param name name of the pack
/// @param version version of the pack
/// @param digest SHA-256 of the file, hexadecimal
/// @param rules the rules in order
public record RulePack(String name, String version, String digest, List<Rule> rules) {
    /// Most rules in a pack.
    public static final int MAX_RULES = 5_000;

    /// Copies the list.
    public RulePack {
        rules = List.copyOf(rules);
    }

    /// Reads a pack.
    ///
    /// @param bytes the file
    /// @param place its name, for messages
    /// @throws UserError when a line cannot be understood
    public static RulePack parse(byte[] bytes, String place, Lexicon lexicon) {
        Reader reader = new Reader(place, lexicon);
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            if (!line.isBlank() && line.charAt(0) != '#') {
                reader.line(number, line.strip());
            }
        }
        reader.endRule();
        return new RulePack(
                reader.header.getOrDefault("pack", place),
                reader.header.getOrDefault("version", "0"),
                sha256(bytes),
                reader.rules);
    }

    /// The pack that ships.
    public static RulePack shipped() {
        return parse(
                Resources.bytes(RulePack.class, "injection.rules"),
                "injection.rules",
                Lexicon.shipped());
    }

    /// Its name, version and digest, for people who look at what it found.
    public String origin() {
        return name + " " + version + ", sha256:" + digest;
    }

    /// The same with its origin in the reason of every rule.
    ///
    /// @throws UserError when it has no name of its own
    public RulePack signedOff(String place) {
        if (name.equals(place)) {
            throw new UserError(
                    "The pack has no name", place, "Start it with pack: NAME and version: N.");
        }
        return new RulePack(
                name, version, digest, rules.stream().map(rule -> rule.from(origin())).toList());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Reader {
        private final String place;
        private final Lexicon lexicon;
        private final Map<String, String> header = new TreeMap<>();
        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, String> fields = new TreeMap<>();
        private final List<Rule.Near> near = new ArrayList<>();
        private final List<String> literals = new ArrayList<>();
        private final List<Expression> expressions = new ArrayList<>();
        private int number;

        Reader(String place, Lexicon lexicon) {
            this.place = place;
            this.lexicon = lexicon;
        }

        void line(int lineNumber, String line) {
            number = lineNumber;
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw wrong("has no key", "Write `key: value`.");
            }
            String key = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            switch (key) {
                case "pack", "version" -> header.put(key, value);
                case "rule" -> {
                    endRule();
                    fields.put("rule", value);
                }
                case "type", "score", "reason", "only" -> fields.put(key, value);
                case "near" -> near.add(near(value));
                case "literal" -> literals.add(Normaliser.fold(value));
                case "regex" -> expressions.add(expression(value));
                default ->
                        throw wrong(
                                "has the unknown key `" + key + "`",
                                "Known keys: pack, version, rule, type, score, reason, only, near,"
                                        + " literal, regex.");
            }
        }

        private Rule.Near near(String value) {
            List<String> words = List.of(value.split(" +", -1));
            List<Integer> concepts = new ArrayList<>();
            for (String word : words.subList(1, words.size())) {
                int concept = lexicon.indexOf(word);
                if (concept < 0) {
                    throw wrong(
                            "names the unknown concept `" + word + "`",
                            "Known concepts: " + String.join(", ", lexicon.concepts()) + ".");
                }
                concepts.add(concept);
            }
            return new Rule.Near(integer(words.getFirst()), concepts);
        }

        private int integer(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw wrong("needs a number where `" + text + "` stands", "Give a length.");
            }
        }

        private Expression expression(String text) {
            try {
                return Expression.of("(?i)" + text);
            } catch (PatternSyntaxException e) {
                throw wrong("has a bad expression: " + e.getMessage(), "Use RE2 syntax.");
            }
        }

        void endRule() {
            if (fields.isEmpty()) {
                return;
            }
            if (rules.size() == MAX_RULES) {
                throw wrong("is one rule too many", "At most " + MAX_RULES + " rules in a pack.");
            }
            if (near.isEmpty() && literals.isEmpty()) {
                throw wrong(
                        "ends the rule `" + fields.get("rule") + "`, which can never fire",
                        "Give it a `near:` or a `literal:`; expressions are tried around literals.");
            }
            rules.add(
                    new Rule(
                            fields.getOrDefault("rule", "unnamed"),
                            fields.getOrDefault("type", "injection"),
                            score(),
                            "foreign".equals(fields.get("only")),
                            near,
                            literals,
                            expressions,
                            fields.getOrDefault("reason", "")));
            fields.clear();
            near.clear();
            literals.clear();
            expressions.clear();
        }

        private double score() {
            String text = fields.getOrDefault("score", "0.5");
            try {
                double score = Double.parseDouble(text);
                if (score >= 0 && score <= 1) {
                    return score;
                }
            } catch (NumberFormatException e) {
                throw wrong("has the score `" + text + "`", "Give a number from 0 to 1.");
            }
            throw wrong("has the score " + text, "Give a number from 0 to 1.");
        }

        private UserError wrong(String what, String mend) {
            return new UserError("A rule line " + what, place + ":" + number, mend);
        }
    }
}
