package dev.bartizan.guard.tools;

import java.util.List;

/// Tells a sentence that asks for something, or says that something changed, from one that states
/// what is. Only words decide, of some thirty languages; what no word tells is a statement.
final class Demand {
    private static final Vocabulary WORDS = Vocabulary.of("demand words");
    private static final Vocabulary VERBS = Vocabulary.of("demand verbs");
    private static final Vocabulary ORDERS = Vocabulary.of("content orders");

    private Demand() {}

    /// Whether the lower-case sentence asks for something or announces a change.
    static boolean isIn(String sentence) {
        List<String> words = Texts.words(sentence);
        return WORDS.isIn(sentence, words) || VERBS.hasAny(words);
    }

    /// Whether the lower-case sentence says what a text should hold.
    static boolean ordersContent(String sentence) {
        return ORDERS.isIn(sentence) && isIn(sentence);
    }
}
