package dev.bartizan.guard.training;

import dev.bartizan.guard.Kind;
import dev.bartizan.guard.classify.Features.Window;
import dev.bartizan.guard.classify.LinearModel;
import dev.bartizan.guard.classify.Reading;
import dev.bartizan.guard.classify.Trainer.Example;
import java.util.List;

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
