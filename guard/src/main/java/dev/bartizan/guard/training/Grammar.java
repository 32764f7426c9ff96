package dev.bartizan.guard.training;

import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The hand-written sentences that balance the corpora: languages, trades and document kinds that
/// they lack, for both classes.
final class Grammar {
    private static final int MAX_DEPTH = 8;
    private final Map<String, List<String>> lists = new HashMap<>();
    private final List<Template> templates = new ArrayList<>();

    /// One line of the grammar.
    ///
    /// @param isAttack its class
    /// @param family what sort of text
    /// @param language two letters
    /// @param text with choices
    record Template(boolean isAttack, String family, String language, String text) {
        /// Whether the template belongs to the third that is never trained on when measuring.
        boolean isHeldOut() {
            return Hash.bucket(text, 3) == 0;
        }

        /// What its sentences are for: of what is held out one half sets the threshold, and only
        /// the other is reported.
        Prepared.Use use() {
            if (!isHeldOut()) {
                return Prepared.Use.TRAIN;
            }
            return Hash.bucket(text + "r", 2) == 0 ? Prepared.Use.CALIBRATE : Prepared.Use.REPORT;
        }

        String source() {
            return (isAttack ? "made-attack-" : "made-benign-") + family;
        }
    }

    /// The sentences that the classifier learns from.
    Grammar() {
        this("grammar.txt");
    }

    /// The sentences of a file.
    Grammar(String resource) {
        for (String line : Resources.lines(Grammar.class, resource)) {
            if (line.charAt(0) == '@') {
                int equals = line.indexOf('=');
                lists.put(
                        line.substring(1, equals),
                        List.of(line.substring(equals + 1).split(";", -1)));
            } else {
                String[] parts = line.split("\\|", 4);
                templates.add(
                        new Template(parts[0].equals("attack"), parts[1], parts[2], parts[3]));
            }
        }
    }

    List<Template> templates() {
        return List.copyOf(templates);
    }

    /// One sentence of a template.
    String expand(Template template, Random random) {
        return expand(template.text(), random, 0).replace("\\n", "\n");
    }

    private String expand(String text, Random random, int depth) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '|') {
                out.append('|');
                i += 2;
                continue;
            }
            int close = c == '{' ? matching(text, i) : c == '<' ? text.indexOf('>', i) : -1;
            if (close < 0 || depth > MAX_DEPTH) {
                out.append(c);
                i++;
                continue;
            }
            String inner = text.substring(i + 1, close);
            out.append(c == '{' ? choice(inner, random, depth) : listed(inner, random, depth));
            i = close + 1;
        }
        return out.toString();
    }

    private String choice(String inner, Random random, int depth) {
        List<String> choices = new ArrayList<>();
        int level = 0;
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            level += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '|' && level == 0 && (i == 0 || inner.charAt(i - 1) != '\\')) {
                choices.add(inner.substring(from, i));
                from = i + 1;
            }
        }
        choices.add(inner.substring(from));
        String chosen = expand(choices.get(random.nextInt(choices.size())), random, depth + 1);
        return choices.size() == 1 ? "{" + chosen + "}" : chosen;
    }

    private String listed(String name, Random random, int depth) {
        if (name.equals("gibberish")) {
            return gibberish(random);
        }
        List<String> list = lists.get(name);
        return list == null
                ? "<" + expand(name, random, depth + 1) + ">"
                : expand(list.get(random.nextInt(list.size())), random, depth + 1);
    }

    private static int matching(String text, int open) {
        int level = 0;
        for (int i = open; i < text.length(); i++) {
            level += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (level == 0) {
                return i;
            }
        }
        return -1;
    }

    /// A tail as token search produces it: pieces of words, signs and capitals without sense.
    private static String gibberish(Random random) {
        String[] pieces = {
            "describing",
            ".\\",
            " +",
            "similarly",
            "Now",
            " write",
            " oppos",
            "itely",
            ".]",
            "(",
            " Me",
            "giving",
            "**",
            "ONE",
            " please",
            "?",
            " revert",
            " with",
            "\\!",
            "--",
            "Two",
            " tutorial",
            "\"",
            "{[",
            "%=",
            " surely",
            "Sure",
            "))",
            "}}",
            " representing",
            "Teams",
            "!!",
            " ==",
            "interface",
            "Manuel",
            "WIN",
            " sentences",
            "()",
            "steps",
            "`;",
            " formatting",
            "ully",
            "::",
            "Here",
            " Table",
            "/**",
            "{$",
            " byte",
            "lower",
            "Case",
            " repeat",
            " newline",
            "([",
            "\\_",
            "ipsum",
            " Begin",
            "zn",
            "prevent",
            " Cri",
            "@@"
        };
        StringBuilder out = new StringBuilder();
        int count = 12 + random.nextInt(16);
        for (int i = 0; i < count; i++) {
            out.append(pieces[random.nextInt(pieces.length)]);
        }
        return out.toString();
    }
}
