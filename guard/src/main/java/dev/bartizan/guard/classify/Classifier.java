package dev.bartizan.guard.classify;

import dev.bartizan.core.Digest;
import dev.bartizan.guard.classify.Features.Window;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.Lexicon.Hit;
import dev.bartizan.guard.text.Resources;
import java.util.List;
import java.util.Set;

/// The learned detector: how likely a text attacks the model, and where. Safe to share.
public final class Classifier {
    private static final double STEEPNESS = 0.8;
    private static final Set<String> TELLING =
            Set.of(
                    "override-verb",
                    "instruction-noun",
                    "prior",
                    "reveal-verb",
                    "prompt-noun",
                    "secret-noun",
                    "game",
                    "persona",
                    "unrestricted",
                    "refusal-ban",
                    "role-mark",
                    "new-task",
                    "authority",
                    "secrecy");
    private final LinearModel model;
    private final Heads heads;
    private final Lexicon lexicon;

    /// What the model says of a text.
    ///
    /// @param probability 0..1; 0.5 is the threshold set at the target error
    /// @param from first character of the readable text that speaks for it
    /// @param to character after the last
    /// @param heads the kinds of attack that it looks like, likeliest first, at least one
    public record Opinion(double probability, int from, int to, List<Heads.Score> heads) {
        /// Copies the list.
        public Opinion {
            heads = List.copyOf(heads);
        }
    }

    /// A classifier with a model.
    ///
    /// @param model tells attacks from the rest
    /// @param heads tell what kind they are of
    public Classifier(LinearModel model, Heads heads, Lexicon lexicon) {
        this.model = model;
        this.heads = heads;
        this.lexicon = lexicon;
    }

    /// The classifier that ships.
    public static Classifier shipped() {
        return new Classifier(
                LinearModel.of(Resources.bytes(Classifier.class, "model.bin")),
                Heads.shipped(),
                Lexicon.shipped());
    }

    /// The digest of the model that ships: what was measured with it is old when it changes.
    public static Digest shippedDigest() {
        return Digest.of(Resources.bytes(Classifier.class, "model.bin"));
    }

    /// Judges a reading.
    public Opinion judge(Reading reading) {
        Window top = reading.windows().getFirst();
        double best = Double.NEGATIVE_INFINITY;
        for (Window window : reading.windows()) {
            double score = model.score(window);
            if (score > best) {
                best = score;
                top = window;
            }
        }
        double margin = best - model.correction(reading.windows().size()) - model.threshold();
        int[] place = narrow(reading.hits(), top);
        return new Opinion(
                1 / (1 + Math.exp(-STEEPNESS * margin)), place[0], place[1], heads.attack(top));
    }

    /// Whether a text asks for help with harm, which is no attack on the model.
    public Heads.Place harmful(Reading reading) {
        return heads.harmful(reading.windows());
    }

    private int[] narrow(List<Hit> hits, Window window) {
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (Hit hit : hits) {
            boolean inside = hit.start() >= window.from() && hit.end() <= window.to();
            if (inside && TELLING.contains(lexicon.concepts().get(hit.concept()))) {
                from = Math.min(from, hit.start());
                to = Math.max(to, hit.end());
            }
        }
        return to > from ? new int[] {from, to} : new int[] {window.from(), window.to()};
    }
}
