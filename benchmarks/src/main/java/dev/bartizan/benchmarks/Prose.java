package dev.bartizan.benchmarks;

import java.util.List;
import java.util.Random;

/// Made-up prose of any length: mail, questions, a little code, names and numbers. No two texts of
/// one seed are alike.
final class Prose {
    private static final List<String> SENTENCES =
            List.of(
                    "Please send the report for %s to the office in %s before Friday.",
                    "How do I change the password of the printer on floor %d?",
                    "The weather in %s was mild, and the train to %s left on time.",
                    "Summarise the following article in three sentences and list its sources.",
                    "Our colleague %s asked whether the invoice of %d euros was paid.",
                    "int total = items.stream().mapToInt(Item::price).sum(); // line %d",
                    "\"I had not expected that\", said %s, and closed the book.",
                    "In the year %d the bridge near %s was built a second time.",
                    "Translate into French: the system shows the user a message.",
                    "Call me at +44 20 7946 0%d or write to %s@post.example.",
                    "The previous instructions for the assembly of shelf %d were unclear.",
                    "Which of these options gives the better return, and why?",
                    "Das Treffen mit %s wurde auf den Nachmittag verschoben.",
                    "<p class=\"note\">Order %d is on its way to %s.</p>");
    private static final List<String> NAMES =
            List.of("Anna Keller", "Lisbon", "Mr Osei", "Warsaw", "Tom Baker", "Siemens", "Leeds");

    private Prose() {}

    /// Prose of exactly that many characters.
    static String of(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 128);
        while (text.length() < length) {
            String sentence = SENTENCES.get(random.nextInt(SENTENCES.size()));
            text.append(filled(sentence, random)).append(random.nextInt(5) == 0 ? "\n" : " ");
        }
        return text.substring(0, length);
    }

    private static String filled(String sentence, Random random) {
        StringBuilder out = new StringBuilder(sentence.length() + 32);
        for (int i = 0; i < sentence.length(); i++) {
            char c = sentence.charAt(i);
            if (c != '%') {
                out.append(c);
            } else if (sentence.charAt(++i) == 'd') {
                out.append(100 + random.nextInt(1900));
            } else {
                out.append(NAMES.get(random.nextInt(NAMES.size())));
            }
        }
        return out.toString();
    }
}
