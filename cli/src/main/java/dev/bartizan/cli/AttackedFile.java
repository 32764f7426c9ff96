package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.AttackChoice;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.MinimalEvasion;
import dev.bartizan.robustness.MinimalResult;
import dev.bartizan.robustness.SecurityCurve;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.ScoreOutput;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A model file with the examples it is attacked on. What cannot be attacked is told as a mistake
/// of the user.
///
/// @param path of the model
/// @param model the file
/// @param data examples in its layout
/// @param device what computes
record AttackedFile(Path path, DeployedModel model, AttackData data, Device device) {
    /// Examples together where a run keeps how far it is; fewer, so that less is lost.
    private static final int ROWS_BETWEEN_KEEPING = 64;

    /// A file with what it is attacked on, and the labels that lay beside the examples.
    record Opened(AttackedFile file, Optional<NpyArray> labels) {}

    static Opened open(Path path, ScoreOutput scores, AttackInputs inputs, Device device)
            throws IOException {
        DeployedModel model = DeployedModel.read(path).scoredBy(scores);
        LabelledArray given = inputs.read();
        AttackData data =
                AttackData.of(model.model(), given.inputs(), inputs.count(), inputs.scaling());
        return new Opened(new AttackedFile(path, model, data, device), given.labels());
    }

    /// The task of attacking it.
    ///
    /// @param labels beside the examples
    /// @param target the only wrong answer that counts
    /// @throws UserError when the file, the labels or the class cannot be used
    EvasionTask task(
            AttackOutput.Settings settings,
            AttackInputs inputs,
            Optional<NpyArray> labels,
            @Nullable Integer target,
            boolean keeps)
            throws IOException, InterruptedException {
        try {
            return new EvasionTask(
                    model,
                    data.rowDims(),
                    data.preprocessing(),
                    examples(inputs, labels, target),
                    data.ball(settings.norm(), settings.eps(), inputs.scaling()),
                    settings.seed(),
                    keeps ? ROWS_BETWEEN_KEEPING : EvasionTask.ROWS_AT_ONCE,
                    device,
                    Optional.empty());
        } catch (GradientException e) {
            throw unfit(e);
        } catch (InferenceException e) {
            throw broken(e);
        }
    }

    private Examples examples(
            AttackInputs inputs, Optional<NpyArray> inside, @Nullable Integer target)
            throws IOException, InterruptedException {
        try (AttackedModel asked =
                AttackedModel.open(model, data.rowDims(), data.preprocessing(), device)) {
            int classes = asked.classes();
            requireClass(target, classes);
            Optional<NpyArray> given = inputs.labels().or(() -> inside);
            int[] labels =
                    given.isPresent()
                            ? Labels.of(given.get(), data.rows(), classes, inputs.labelsFrom())
                            : asked.answers(data.values());
            return new Examples(
                    data.values(),
                    labels,
                    target == null ? OptionalInt.empty() : OptionalInt.of(target));
        }
    }

    /// @throws UserError when a class is wanted that is not told apart
    static void requireClass(@Nullable Integer target, int classes) {
        if (target != null && (target < 0 || target >= classes)) {
            throw new UserError(
                    "There is no class " + target + "; the model tells " + classes + " apart",
                    "--target " + target,
                    "Give a number from 0 to " + (classes - 1) + ".");
        }
    }

    /// What an attack found.
    ///
    /// @param result within the budget
    /// @param smallest changes; empty when they were not looked for
    /// @param curve points by budget; empty when not asked for
    record Attacked(
            EvasionResult result,
            Optional<MinimalResult> smallest,
            List<SecurityCurve.Point> curve) {}

    /// Attacks.
    ///
    /// @param earlier what was found for the first examples
    /// @throws UserError when the model cannot be attacked so
    Attacked attack(
            EvasionTask task,
            AttackChoice choice,
            Optional<EvasionResult> earlier,
            EvasionListener listener,
            boolean hasCurve,
            float eps)
            throws IOException, InterruptedException {
        try {
            if (choice.isMinimal()) {
                MinimalResult smallest =
                        new MinimalEvasion(choice.attacks()).run(task, earlier, listener);
                return new Attacked(smallest.within(eps), Optional.of(smallest), List.of());
            }
            Evasion evasion = new Evasion(choice.attacks());
            EvasionResult result = evasion.run(task, earlier, listener);
            return new Attacked(
                    result,
                    Optional.empty(),
                    hasCurve ? SecurityCurve.of(evasion, task, result) : List.of());
        } catch (GradientException e) {
            throw unfit(e);
        } catch (InferenceException e) {
            throw broken(e);
        }
    }

    private UserError unfit(GradientException e) {
        return new UserError(
                String.valueOf(e.getMessage()),
                path.toString(),
                "Give a classifier with one input of numbers and scores by class; where only the"
                        + " gradient is missing, --tier blackbox works.",
                e);
    }

    private UserError broken(InferenceException e) {
        return new UserError(
                "ONNX Runtime does not run the model on these examples: " + e.getMessage(),
                path.toString(),
                String.valueOf(e.getMessage()).contains("not a registered function/op")
                        ? "It needs operators that ONNX Runtime does not have; export it with"
                                + " standard ones."
                        : "Check the shape of the examples against the model's input.",
                e);
    }
}
