package dev.bartizan.guard.training;

import dev.bartizan.guard.classify.Head;
import dev.bartizan.guard.classify.Heads;
import dev.bartizan.guard.classify.LinearModel;
import dev.bartizan.guard.classify.Reading;
import dev.bartizan.guard.classify.Trainer;
import dev.bartizan.guard.classify.Trainer.Example;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.training.Prepared.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Trains the heads that ship on everything but the reserved part of the corpora.
public final class TrainHeads {
    private static final long SEED = 20261128;
    private static final double HARMFUL_TARGET = 0.01;
    private static final float PER_DOUBLING = 0.25f;
    private static final int FOLDS = 3;

    /// Of the texts that set the threshold, one in so many is enough.
    private static final int THINNED = 2;

    private TrainHeads() {}

    /// Writes the heads.
    ///
    /// @param args folder of the corpus, file for the heads
    public static void main(String[] args) throws IOException {
        List<Prepared> all = prepare(Path.of(args[0]));
        Map<Head, LinearModel> models = new EnumMap<>(Head.class);
        for (Head head : Head.values()) {
            models.put(head, train(all, head, _ -> true));
        }
        Files.write(Path.of(args[1]), new Heads(models).toBytes());
    }

    /// What the classifier learns from, and sentences that are harmful requests or speak like them.
    static List<Prepared> prepare(Path corpus) {
        List<Prepared> all = new ArrayList<>(Evaluate.prepare(corpus));
        Reading.Reader reader = new Reading.Reader(Lexicon.shipped(), RulePack.shipped());
        all.addAll(Prepared.of(reader, new Grammar("heads.txt"), SEED));
        return all;
    }

    /// Trains one head. Its classes weigh the same; each source and language of a class counts by
    /// the square root of its size.
    private static LinearModel raw(List<Prepared> all, Head head, Predicate<Prepared> allowed) {
        List<Prepared> texts =
                all.stream()
                        .filter(allowed)
                        .filter(p -> p.use() == Use.TRAIN || p.isAttack())
                        .filter(p -> HeadLabels.of(p).is(head).isPresent())
                        .filter(p -> head == Head.HARMFUL || isEnough(p))
                        .toList();
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(p -> counts.merge(group(p, head), 1, Integer::sum));
        Map<Boolean, Double> mass = new HashMap<>();
        counts.forEach((name, n) -> mass.merge(name.startsWith("+"), Math.sqrt(n), Double::sum));
        List<Example> examples = new ArrayList<>();
        for (Prepared p : texts) {
            boolean is = HeadLabels.of(p).is(head).orElseThrow();
            double share = 1 / Math.sqrt(counts.getOrDefault(group(p, head), 1));
            double weight = texts.size() / 2.0 / mass.getOrDefault(is, 1.0) * share;
            examples.add(new Example(p.windows(), is, (float) weight));
        }
        return Trainer.train(examples, SEED);
    }

    /// Trains one head and sets its threshold.
    static LinearModel train(List<Prepared> all, Head head, Predicate<Prepared> allowed) {
        LinearModel raw = raw(all, head, allowed);
        return head == Head.HARMFUL ? raw.with(threshold(all, allowed), PER_DOUBLING) : raw;
    }

    /// Heads of attacks are asked only about what reads like an attack, so a quarter of the benign
    /// texts is enough for them.
    private static boolean isEnough(Prepared p) {
        return p.isAttack() || Hash.bucket(p.text() + "h", 4) == 0;
    }

    private static String group(Prepared p, Head head) {
        boolean is = HeadLabels.of(p).is(head).orElse(false);
        return (is ? "+" : "-") + p.source() + " " + p.language();
    }

    /// The threshold that one per cent of benign texts reach whose source was not learned from:
    /// every fold of the benign sources is scored by a model without it, and every source counts
    /// the same.
    private static float threshold(List<Prepared> all, Predicate<Prepared> allowed) {
        Map<String, List<Double>> scores = new TreeMap<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            LinearModel model =
                    raw(all, Head.HARMFUL, allowed.and(p -> !isBenign(p) || fold(p) != left))
                            .with(0, PER_DOUBLING);
            all.stream()
                    .filter(allowed)
                    .filter(p -> isBenign(p) && fold(p) == left && p.use() != Use.REPORT)
                    .filter(p -> Hash.bucket(p.text() + "t", THINNED) == 0)
                    .forEach(p ->
                            scores.computeIfAbsent(p.source(), _ -> new ArrayList<>())
                                    .add(p.score(model)));
        }
        List<double[]> weighed = new ArrayList<>();
        scores.values()
                .forEach(of ->
                        of.forEach(score ->
                                weighed.add(
                                        new double[] {
                                            score, Math.min(1, of.size() / 60.0) / of.size()
                                        })));
        weighed.sort((a, b) -> Double.compare(b[0], a[0]));
        double total = weighed.stream().mapToDouble(one -> one[1]).sum();
        double above = 0;
        for (double[] one : weighed) {
            above += one[1];
            if (above > HARMFUL_TARGET * total) {
                return (float) one[0] + 1e-4f;
            }
        }
        return 0;
    }

    private static boolean isBenign(Prepared p) {
        return HeadLabels.of(p).is(Head.HARMFUL).equals(Optional.of(false));
    }

    private static int fold(Prepared p) {
        return Hash.bucket(p.source() + "f", FOLDS);
    }
}
