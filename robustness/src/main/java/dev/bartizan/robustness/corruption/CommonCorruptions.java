package dev.bartizan.robustness.corruption;

import dev.bartizan.robustness.DecisionSource;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.OriginalFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Counts how many answers stay right when nobody attacks but images are noisy, blurred, dark,
/// compressed or partly hidden: what an attack's result is compared with.
public final class CommonCorruptions {
    private final Box box;

    /// @param box ends of valid numbers
    public CommonCorruptions(Box box) {
        this.box = box;
    }

    /// Ends of valid numbers.
    ///
    /// @param low black
    /// @param high white
    public record Box(float low, float high) {}

    /// Hears how far it is.
    public interface Progress {
        /// A corruption is looked at.
        ///
        /// @param corruption that is looked at now
        /// @param done of all corruptions
        void began(Corruption corruption, int done);
    }

    /// Counts on a file, asked for one example at a time.
    ///
    /// @throws dev.bartizan.core.UserError when the examples are no images of one or three channels
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public CorruptionResult run(EvasionTask task, Progress progress)
            throws IOException, InterruptedException {
        try (OriginalFile file = OriginalFile.open(task)) {
            return run(file, task.examples(), task.seed(), progress);
        }
    }

    /// Counts on whatever answers.
    ///
    /// @throws dev.bartizan.core.UserError when the examples are no images of one or three channels
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    public CorruptionResult run(
            DecisionSource model, Examples examples, long seed, Progress progress)
            throws IOException, InterruptedException {
        ImagePlanes planes = ImagePlanes.of(model.rowDims());
        float[] values = examples.values();
        int clean = right(model.answers(values), examples);
        List<CorruptionResult.Count> counts = new ArrayList<>();
        for (Corruption corruption : Corruption.values()) {
            progress.began(corruption, counts.size());
            List<Integer> right = new ArrayList<>();
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                float[] corrupted = corrupted(values, planes, corruption, severity, seed);
                right.add(right(model.answers(corrupted), examples));
            }
            counts.add(new CorruptionResult.Count(corruption, right));
        }
        return new CorruptionResult(examples.rows(), clean, counts);
    }

    private static int right(int[] answers, Examples examples) {
        int right = 0;
        for (int row = 0; row < answers.length; row++) {
            right += answers[row] == examples.label(row) ? 1 : 0;
        }
        return right;
    }

    /// Rows as the corruption leaves them; the same for the same seed.
    float[] corrupted(
            float[] values, ImagePlanes planes, Corruption corruption, int severity, long seed)
            throws IOException {
        float[] corrupted = values.clone();
        double side = (double) box.high() - box.low();
        for (int row = 0; row < values.length / planes.width(); row++) {
            SplittableRandom random =
                    new SplittableRandom(
                            seed * 31 + (row * 64L + corruption.word().hashCode()) * 8 + severity);
            float[][] image = planes.read(values, row, value -> (value - box.low()) / side);
            new CorruptedImage(image, planes.high(), planes.wide(), random)
                    .corrupt(corruption, severity);
            planes.write(image, corrupted, row, value -> box.low() + side * value);
        }
        return corrupted;
    }
}
