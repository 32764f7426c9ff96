package dev.bartizan.guard.training;

import dev.bartizan.guard.Kind;
import dev.bartizan.guard.classify.Features.Window;
import dev.bartizan.guard.classify.LinearModel;
import dev.bartizan.guard.classify.Reading;
import dev.bartizan.guard.classify.Trainer.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// A text with its features, ready to learn from or to be judged.
///
/// @param source data set or grammar family
/// @param language two letters, or `-`
/// @param isAttack its class
/// @param use whether it is learned from, sets the threshold, or is only measured
/// @param text the text
/// @param windows its features
record Prepared(
        String source,
        String language,
        boolean isAttack,
        Use use,
        String text,
        List<Window> windows) {
    /// Sentences made of each template, less those that come out the same.
    private static final int PER_TEMPLATE = 24;

    /// What a text is for.
    enum Use {
        /// Learned from.
        TRAIN,
        /// Sets the threshold.
        CALIBRATE,
        /// Only measured.
        REPORT
    }

    boolean isHeldOut() {
        return use != Use.TRAIN;
    }

    static Prepared of(
            Reading.Reader reader,
            String source,
            String language,
            boolean isAttack,
            Use use,
            String text) {
        List<Window> windows = reader.read(text, Kind.UNKNOWN).windows();
        return new Prepared(source, language, isAttack, use, text, windows);
    }

    /// Different sentences of each template of a grammar.
    static List<Prepared> of(Reading.Reader reader, Grammar grammar, long seed) {
        List<Prepared> all = new ArrayList<>();
        for (Grammar.Template template : grammar.templates()) {
            Random random = new Random(seed + Hash.of(template.text()));
            Set<String> texts = new TreeSet<>();
            for (int i = 0; i < PER_TEMPLATE; i++) {
                texts.add(grammar.expand(template, random));
            }
            for (String text : texts) {
                all.add(
                        of(
                                reader,
                                template.source(),
                                template.language(),
                                template.isAttack(),
                                template.use(),
                                text));
            }
        }
        return all;
    }

    Example example(double weight) {
        return new Example(windows, isAttack, (float) weight);
    }

    double score(LinearModel model) {
        double best = Double.NEGATIVE_INFINITY;
        for (Window window : windows) {
            best = Math.max(best, model.score(window));
        }
        return best - model.correction(windows.size());
    }
}
