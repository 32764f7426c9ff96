package dev.bartizan.guard.tools;

import java.util.List;
import java.util.regex.Pattern;

/// Tells a sentence that asks for something, or says that something changed, from one that states
/// what is. Only words and their places decide, of some thirty languages; what no word tells is a
/// statement. A word that is a noun as well counts where it stands as a verb: `order 40` and
/// `transfer it`, not `your order`, `the transfer` or `Order number: 7`.
final class Demand {
    private static final Vocabulary WORDS = Vocabulary.of("demand words");
    private static final Vocabulary VERBS = Vocabulary.of("demand verbs");
    private static final Vocabulary OPENING = Vocabulary.of("opening verbs");
    private static final Vocabulary OPENERS = Vocabulary.of("openers");
    private static final Vocabulary NOUNS = Vocabulary.of("nouns that are verbs");
    private static final Vocabulary BEFORE_NOUNS = Vocabulary.of("determiners");
    private static final Vocabulary BEHIND_NOUNS = Vocabulary.of("nouns behind");
    private static final Vocabulary ORDERS = Vocabulary.of("content orders");
    private static final Pattern CLAUSE = Pattern.compile("[:：,;()\"“”]|\\s[-–—]\\s");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[\\w.+-]{1,64}@[\\w.-]{1,100}|\\b(?:https?|ftp|s3|git)://[^\\s)\\]>\"']{1,300}");
    private static final Pattern OBJECT =
            Pattern.compile(
                    "the|rid|an?|this|that|these|those|all|it|them|to|your|my|our|every|any|only|both|everything|with|him|her|me|us|no|as|at|up|off|out|over|.*\\d.*");

    private Demand() {}

    /// Whether the lower-case sentence asks for something or announces a change. The words inside
    /// of addresses count for nothing: `post` of `ann@post.example`.
    static boolean isIn(String text) {
        String sentence = ADDRESS.matcher(text).replaceAll(" ");
        List<String> words = Texts.words(sentence);
        return WORDS.isIn(sentence, words) || hasVerb(sentence, words) || opens(sentence);
    }

    /// Whether the lower-case sentence says what a text should hold.
    static boolean ordersContent(String sentence) {
        return ORDERS.isIn(sentence) && isIn(sentence);
    }

    /// Whether the word is a verb that may command.
    static boolean isVerb(String word) {
        return VERBS.hasExactly(word) || OPENING.hasExactly(word);
    }

    /// Whether a clause of the lower-case sentence begins with a verb that commands.
    static boolean opens(String sentence) {
        for (String clause : CLAUSE.split(sentence, -1)) {
            List<String> words = Texts.words(clause);
            int at = 0;
            while (at < words.size() && OPENERS.has(words.get(at))) {
                at++;
            }
            if (at + 1 < words.size() && isCommand(words.get(at), words.get(at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCommand(String word, String next) {
        if (BEHIND_NOUNS.has(next)) {
            return false;
        }
        boolean isVerb = OPENING.has(word) || VERBS.has(word);
        return isVerb && (!NOUNS.has(word) || OBJECT.matcher(next).matches());
    }

    private static boolean hasVerb(String sentence, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean isName = i == 0 && isLabel(sentence, word);
            boolean isNoun = isName || (NOUNS.has(word) && isNoun(sentence, words, i));
            if (VERBS.hasExactly(word) && !isNoun) {
                return true;
            }
        }
        return false;
    }

    /// Whether the word is the name of what follows: `donate: …`.
    private static boolean isLabel(String sentence, String word) {
        return sentence.contains(word + ":");
    }

    private static boolean isNoun(String sentence, List<String> words, int at) {
        boolean isLabel = isLabel(sentence, words.get(at)) || at + 1 == words.size();
        boolean isDetermined = at > 0 && BEFORE_NOUNS.has(words.get(at - 1));
        boolean isCompound = at + 1 < words.size() && BEHIND_NOUNS.has(words.get(at + 1));
        boolean isBeforeLink = words.get(at).equals("link") && sentence.contains("link http");
        return isLabel || isDetermined || isCompound || isBeforeLink;
    }
}
