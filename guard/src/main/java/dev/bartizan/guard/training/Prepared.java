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
/// @param isHeldOut whether only calibration and measurement may see it
/// @param text the text
/// @param windows its features
record Prepared(
        String source,
        String language,
        boolean isAttack,
        boolean isHeldOut,
        String text,
        List<Window> windows) {
    static Prepared of(
            Reading.Reader reader,
            String source,
            String language,
            boolean isAttack,
            boolean isHeldOut,
            String text) {
        List<Window> windows = reader.read(text, Kind.UNKNOWN).windows();
        return new Prepared(source, language, isAttack, isHeldOut, text, windows);
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
