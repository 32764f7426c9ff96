package dev.bartizan.robustness;

import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.inference.Device;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is attacked, within which budget.
///
/// @param model the file that is deployed
/// @param rowDims sizes of one example, as the model takes it
/// @param preprocessing what happens to an example before the model sees it
/// @param examples in the units of the budget
/// @param ball how far each may be moved
/// @param seed of all randomness
/// @param rowsAtOnce examples that are held in memory and attacked together
/// @param device what computes
/// @param time after which no further examples are begun
public record EvasionTask(
        DeployedModel model,
        List<Long> rowDims,
        Preprocessing preprocessing,
        Examples examples,
        Ball ball,
        long seed,
        int rowsAtOnce,
        Device device,
        Optional<Duration> time) {
    /// Examples attacked together unless said otherwise.
    public static final int ROWS_AT_ONCE = 256;

    public EvasionTask {
        rowDims = List.copyOf(rowDims);
        if (rowsAtOnce < 1) {
            throw new IllegalArgumentException("At least one row at once, not " + rowsAtOnce);
        }
    }

    /// A task without preprocessing and without a limit of time.
    public static EvasionTask of(
            DeployedModel model, List<Long> rowDims, Examples examples, Ball ball, long seed) {
        return new EvasionTask(
                model,
                rowDims,
                Preprocessing.NONE,
                examples,
                ball,
                seed,
                ROWS_AT_ONCE,
                Device.CPU,
                Optional.empty());
    }

    /// What is to be done, apart from what it is done to.
    public Work work() {
        return new Work(examples, ball, seed, rowsAtOnce, time);
    }

    /// The same with another budget.
    public EvasionTask within(Ball other) {
        return new EvasionTask(
                model, rowDims, preprocessing, examples, other, seed, rowsAtOnce, device, time);
    }

    /// The same for another model that takes the same inputs.
    public EvasionTask of(DeployedModel other) {
        return new EvasionTask(
                other, rowDims, preprocessing, examples, ball, seed, rowsAtOnce, device, time);
    }

    /// The same for some of the examples.
    EvasionTask of(Examples some) {
        return new EvasionTask(
                model, rowDims, preprocessing, some, ball, seed, rowsAtOnce, device, time);
    }
}
