package dev.bartizan.guard.classify;

import dev.bartizan.guard.classify.Features.Window;
import dev.bartizan.guard.text.Resources;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A linear model for each head, over the features of the classifier. Safe to share.
public final class Heads {
    private static final double STEEPNESS = 0.8;
    private static final double SAID = 0.5;
    private final Map<Head, LinearModel> models;

    /// What a head says.
    ///
    /// @param head the kind
    /// @param probability 0..1; 0.5 is its threshold
    public record Score(Head head, double probability) {}

    /// What one head says of a whole text.
    ///
    /// @param probability 0..1; 0.5 is its threshold
    /// @param from first character of the readable text that speaks for it most
    /// @param to character after the last
    public record Place(double probability, int from, int to) {}

    /// Heads of models.
    ///
    /// @param models one for each head; its threshold is where the head says yes
    public Heads(Map<Head, LinearModel> models) {
        this.models = new EnumMap<>(models);
        if (this.models.size() != Head.values().length) {
            throw new IllegalArgumentException("Each head has a model, given " + models.keySet());
        }
    }

    /// The heads that ship.
    public static Heads shipped() {
        ByteBuffer in = ByteBuffer.wrap(Resources.bytes(Heads.class, "heads.bin"));
        Map<Head, LinearModel> models = new EnumMap<>(Head.class);
        for (Head head : Head.values()) {
            byte[] bytes = new byte[in.getInt()];
            in.get(bytes);
            models.put(head, LinearModel.of(bytes));
        }
        return new Heads(models);
    }

    /// The file form: for each head the length of its model and the model.
    public byte[] toBytes() {
        List<byte[]> all = new ArrayList<>();
        for (Head head : Head.values()) {
            all.add(model(head).toBytes());
        }
        int size = all.stream().mapToInt(bytes -> bytes.length + Integer.BYTES).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        all.forEach(bytes -> out.putInt(bytes.length).put(bytes));
        return out.array();
    }

    private LinearModel model(Head head) {
        LinearModel model = models.get(head);
        if (model == null) {
            throw new IllegalStateException("No model of " + head);
        }
        return model;
    }

    /// The heads of attacks that say yes to a window, likeliest first; the likeliest alone when
    /// none does.
    public List<Score> attack(Window window) {
        List<Score> scores = new ArrayList<>();
        for (Head head : Head.values()) {
            if (head != Head.HARMFUL) {
                LinearModel model = model(head);
                double margin = model.score(window) - model.threshold();
                scores.add(new Score(head, probability(margin)));
            }
        }
        scores.sort(Comparator.comparingDouble(Score::probability).reversed());
        long said = scores.stream().filter(score -> score.probability() >= SAID).count();
        return List.copyOf(scores.subList(0, (int) Math.max(1, said)));
    }

    /// What the head of harmful requests says of a text.
    public Place harmful(List<Window> windows) {
        LinearModel model = model(Head.HARMFUL);
        Window top = windows.getFirst();
        double best = Double.NEGATIVE_INFINITY;
        for (Window window : windows) {
            double score = model.score(window);
            if (score > best) {
                best = score;
                top = window;
            }
        }
        double margin = best - model.correction(windows.size()) - model.threshold();
        return new Place(probability(margin), top.from(), top.to());
    }

    private static double probability(double margin) {
        return 1 / (1 + Math.exp(-STEEPNESS * margin));
    }
}
