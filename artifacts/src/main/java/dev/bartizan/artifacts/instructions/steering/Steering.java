package dev.bartizan.artifacts.instructions.steering;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Tells by a linear model whether a passage steers an agent against its user. It sees what no
/// expression was written for, and is less sure of it. What it was taught by lies in the resources
/// of the tests; `scripts/teach-steering` teaches it again.
public final class Steering {
    private static final int MOST_SENTENCES = 3;
    private static final int MOST_WORDS = 90;
    private static final int FEWEST_WORDS = 6;

    /// Windows of a text so short that none speaks for an attack by chance.
    private static final int FEW = 6;

    private static final float GROWTH = 0.4f;

    /// What any passage speaks of.
    private static final long ANYTHING = -1L;

    /// Speaks of assistants, agents or language models.
    private static final long OF_AGENTS = Lexicon.of("llms") & ~Lexicon.of("model");

    private static final BitSet INITIALS = Lexicon.initials(OF_AGENTS);
    private static final int LONGEST_WORD = 20;

    /// Characters around a word that speaks of agents, which are judged.
    private static final int AROUND = 1_200;

    private Steering() {}

    /// A passage and how much it speaks for an attack.
    ///
    /// @param start its first character
    /// @param end behind its last character
    /// @param score the logarithm of the odds that it is an attack
    public record Passage(int start, int end, float score) {}

    /// The passages of a text that speak at least so much for an attack, and more where there are
    /// many.
    public static List<Passage> passages(String text, float least) {
        return passages(text, least, ANYTHING);
    }

    /// Those of them that speak of assistants, agents or language models.
    public static List<Passage> passagesOfAgents(String text, float least) {
        return passages(text, least, OF_AGENTS);
    }

    private static List<Passage> passages(String text, float least, long concepts) {
        List<Passage> passages = new ArrayList<>();
        int[] judged = {0};
        windows(
                text,
                concepts,
                window -> {
                    judged[0]++;
                    float score = LinearModel.own().score(window);
                    if (score >= least) {
                        passages.add(new Passage(window.start(), window.end(), score));
                    }
                });
        float more = byChance(judged[0]);
        return passages.stream().filter(passage -> passage.score() >= least + more).toList();
    }

    /// By how much the best of so many windows is higher than that of a few, though none is an
    /// attack: as extremes of a distribution with an exponential tail grow.
    static float byChance(int windows) {
        return windows <= FEW ? 0 : GROWTH * (float) Math.log((double) windows / FEW);
    }

    /// Hands over all windows of one to three sentences that follow each other.
    static void windows(String text, Consumer<Window> each) {
        windows(text, ANYTHING, each);
    }

    private static void windows(String text, long concepts, Consumer<Window> each) {
        if (concepts != ANYTHING && next(text, 0) < 0) {
            return;
        }
        String prose = Prose.of(text);
        if (concepts == ANYTHING) {
            windows(Words.of(prose, 0, prose.length()), concepts, each);
            return;
        }
        int done = 0;
        for (int at = next(prose, 0); at >= 0; at = next(prose, done)) {
            int from = Math.max(done, start(prose, at - AROUND));
            done = Math.min(prose.length(), at + AROUND);
            windows(Words.of(prose, from, done), concepts, each);
        }
    }

    /// Where the next word stands that speaks of agents, or -1.
    private static int next(String prose, int from) {
        int at = from;
        while (at < prose.length()) {
            int end = at;
            while (end < prose.length() && Character.isLetter(prose.charAt(end))) {
                end++;
            }
            boolean isWord =
                    end - at > 1
                            && end - at < LONGEST_WORD
                            && INITIALS.get(Character.toLowerCase(prose.charAt(at)));
            if (isWord
                    && (Lexicon.of(prose.substring(at, end).toLowerCase(Locale.ROOT)) & OF_AGENTS)
                            != 0) {
                return at;
            }
            at = end + 1;
        }
        return -1;
    }

    /// Where a line or a sentence starts, not far behind a place.
    private static int start(String prose, int at) {
        for (int i = Math.max(0, at); i < Math.min(prose.length(), at + AROUND / 2); i++) {
            if (i == 0 || (prose.charAt(i) == ' ' && ".\n".indexOf(prose.charAt(i - 1)) >= 0)) {
                return i;
            }
        }
        return Math.max(0, at);
    }

    private static void windows(Words words, long concepts, Consumer<Window> each) {
        int from = 0;
        while (from < words.count()) {
            int next = words.count();
            int sentences = 0;
            boolean isWanted = concepts == ANYTHING;
            for (int to = from; to < words.count() && to - from < MOST_WORDS; to++) {
                isWanted |= (words.concepts(to) & concepts) != 0;
                if (!words.isLast(to) && to < words.count() - 1) {
                    continue;
                }
                next = sentences == 0 ? to + 1 : next;
                sentences++;
                if (isWanted && to + 1 - from >= FEWEST_WORDS) {
                    each.accept(Window.of(words, from, to + 1));
                }
                if (sentences == MOST_SENTENCES) {
                    break;
                }
            }
            from = next;
        }
    }
}
