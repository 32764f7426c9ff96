package dev.bartizan.guard.output;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.text.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells whether an answer gives the system prompt away, by runs of characters that both share.
///
/// Both texts go through the normaliser, so an encoded or disguised leak counts; only letters and
/// digits are compared, so spaces, signs and line breaks between the parts do not hide it. What was
/// said in earlier answers of a conversation counts too (`Conversation`): a prompt given away in
/// pieces is found once the pieces are enough. A paraphrase is not found: no words are left to
/// compare.
///
/// @see Conversation
public final class PromptLeak {
    /// Letters and digits of one run that is compared.
    static final int RUN = 24;

    private static final int LONGEST_PROMPT = 256 * 1024;
    private static final double SHARE = 0.2;
    private static final int CERTAIN = 160;
    private static final int LEAST = 40;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private final Normaliser normaliser = new Normaliser();
    private final Map<Long, Integer> runs = new HashMap<>();
    private final int letters;

    /// A check for a system prompt; what lies beyond 256 K characters is not compared.
    public PromptLeak(String systemPrompt) {
        String prompt =
                systemPrompt.length() > LONGEST_PROMPT
                        ? systemPrompt.substring(0, LONGEST_PROMPT)
                        : systemPrompt;
        Squeezed squeezed = new Squeezed(normaliser.normalise(prompt).plain());
        letters = squeezed.count;
        for (int i = 0; i + RUN <= squeezed.count; i++) {
            runs.putIfAbsent(squeezed.hash(i), i);
        }
    }

    /// The leak in one answer, if it gives away a fifth of the prompt or 160 letters of it.
    public Optional<Detection> find(String answer) {
        return new Conversation(this).next(answer);
    }

    /// The answers of one conversation, in order. Not safe to share.
    public static final class Conversation {
        private final PromptLeak leak;
        private final BitSet said = new BitSet();

        /// A conversation in which nothing was said.
        public Conversation(PromptLeak leak) {
            this.leak = leak;
        }

        /// The leak that the conversation amounts to with this answer, at the place in this answer;
        /// nothing when the answer adds nothing to it.
        public Optional<Detection> next(String answer) {
            return leak.judge(answer, said);
        }
    }

    private Optional<Detection> judge(String answer, BitSet said) {
        View view = normaliser.normalise(answer).plain();
        Squeezed squeezed = new Squeezed(view);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + RUN <= squeezed.count; i++) {
            Integer at = runs.get(squeezed.hash(i));
            if (at != null) {
                places.add(i);
                said.set(at, at + RUN);
            }
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int shared = said.cardinality();
        double share = shared / (double) letters;
        if (shared < LEAST || (share < SHARE && shared < CERTAIN)) {
            return Optional.empty();
        }
        View.Span span =
                view.span(
                        squeezed.places[places.getFirst()],
                        squeezed.places[places.getLast() + RUN - 1] + 1);
        return Optional.of(
                new Detection(
                        "prompt-leak",
                        span.start(),
                        span.end(),
                        Math.min(1, 0.5 + share / 2),
                        "gives away " + Math.round(100 * share) + " % of the system prompt"));
    }

    /// Letters and digits of a view with their places, and hashes of runs of them.
    private static final class Squeezed {
        private final int[] places;
        private final long[] sums;
        private final long power;
        private int count;

        Squeezed(View view) {
            String text = view.text();
            places = new int[text.length()];
            sums = new long[text.length() + 1];
            long product = 1;
            for (int i = 0; i < RUN; i++) {
                product *= BASE;
            }
            power = product;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isLetterOrDigit(c)) {
                    places[count] = i;
                    sums[count + 1] = sums[count] * BASE + c + 1;
                    count++;
                }
            }
        }

        /// Rabin-Karp over 64 bits: the run of `RUN` letters from `from` on.
        long hash(int from) {
            return sums[from + RUN] - sums[from] * power;
        }
    }
}
