package dev.bartizan.guard.classify;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.classify.OwnClassifier.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A classifier of one's own as a stage: what it flags from which probability on.
///
/// @param classifier the classifier
/// @param threshold probability from which on a window is flagged, above 0 and at most 1
public record OwnStage(OwnClassifier classifier, double threshold) {
    /// Checks the range.
    public OwnStage {
        Thresholds.require(threshold);
    }

    /// What a text scores.
    ///
    /// @param score 0..1; 0.5 is the threshold
    /// @param findings one for each run of windows that one class flags
    public record Outcome(double score, List<Detection> findings) {
        /// Copies the list.
        public Outcome {
            findings = List.copyOf(findings);
        }
    }

    /// Judges a text.
    ///
    /// @throws StageFailedException when the classifier gives no answer
    public Outcome judge(String text) {
        List<Said> windows = classifier.read(text);
        List<Detection> findings = new ArrayList<>();
        double best = 0;
        int first = 0;
        while (first < windows.size()) {
            int last = first;
            while (last + 1 < windows.size() && isSame(windows.get(first), windows.get(last + 1))) {
                last++;
            }
            List<Said> run = windows.subList(first, last + 1);
            double highest = run.stream().mapToDouble(Said::probability).max().orElse(0);
            double score = Thresholds.toHalf(highest, threshold);
            best = Math.max(best, score);
            if (isFlagged(run.getFirst())) {
                findings.add(finding(run, highest, score));
            }
            first = last + 1;
        }
        return new Outcome(best, findings);
    }

    private boolean isFlagged(Said window) {
        return window.probability() >= threshold;
    }

    private boolean isSame(Said one, Said other) {
        return isFlagged(one) == isFlagged(other)
                && (!isFlagged(one) || one.label().equals(other.label()));
    }

    private Detection finding(List<Said> run, double highest, double score) {
        return new Detection(
                type(run.getFirst().label()),
                run.getFirst().start(),
                run.getLast().end(),
                score,
                String.format(
                        Locale.ROOT,
                        "the classifier %s says %s %.4f, its threshold is %.4f",
                        classifier.name(),
                        run.getFirst().label(),
                        highest,
                        threshold));
    }

    /// A label as the type of a finding: lower case with dashes, so that it names no personal data.
    private static String type(String label) {
        String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String bare = plain.replaceAll("^-+|-+$", "");
        return bare.isEmpty() ? "own-classifier" : bare;
    }
}
