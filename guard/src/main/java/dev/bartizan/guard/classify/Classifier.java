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
    private final Lexicon lexicon;

    /// What the model says of a text.
    ///
    /// @param probability 0..1; 0.5 is the threshold set at the target error
    /// @param from first character of the readable text that speaks for it
    /// @param to character after the last
    /// @param type what it looks like most
    public record Opinion(double probability, int from, int to, String type) {}

    /// A classifier with a model.
    public Classifier(LinearModel model, Lexicon lexicon) {
        this.model = model;
        this.lexicon = lexicon;
    }

    /// The classifier that ships.
    public static Classifier shipped() {
        return new Classifier(
                LinearModel.of(Resources.bytes(Classifier.class, "model.bin")), Lexicon.shipped());
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
                1 / (1 + Math.exp(-STEEPNESS * margin)),
                place[0],
                place[1],
                type(reading.hits(), top));
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

    private String type(List<Hit> hits, Window window) {
        int[] counts = new int[lexicon.concepts().size()];
        for (Hit hit : hits) {
            if (hit.start() >= window.from() && hit.end() <= window.to()) {
                counts[hit.concept()]++;
            }
        }
        int override = Math.min(count(counts, "override-verb"), count(counts, "instruction-noun"));
        int persona =
                count(counts, "persona")
                        + count(counts, "unrestricted")
                        + count(counts, "refusal-ban");
        int extract = count(counts, "prompt-noun") + count(counts, "secret-noun");
        if (persona > 3 && persona > override * 2) {
            return "jailbreak";
        }
        if (override > 0) {
            return "override";
        }
        if (extract > 0 && count(counts, "reveal-verb") > 0) {
            return "prompt-extraction";
        }
        return persona > 1 ? "jailbreak" : "instruction-in-data";
    }

    private int count(int[] counts, String concept) {
        int at = lexicon.indexOf(concept);
        return at < 0 ? 0 : counts[at];
    }
}
