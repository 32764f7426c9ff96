package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.robustness.smoothing.SmoothedModel;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.inference.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/// Wraps a classifier into its vote under noise and counts what is answered rightly before and
/// after.
final class HardenSmoothing {
    private final AttackInputs inputs;
    private final SmoothedModel.Noise noise;
    private final int count;

    /// @param count examples that are counted
    HardenSmoothing(AttackInputs inputs, SmoothedModel.Noise noise, int count) {
        this.inputs = inputs;
        this.noise = noise;
        this.count = Math.min(count, inputs.count());
    }

    /// Right answers.
    record Counts(int rows, int before, int after) {}

    void run(DeployedModel net, Path out, Consumer<Counts> done)
            throws IOException, InterruptedException {
        LabelledArray given = inputs.read();
        AttackData data = AttackData.of(net.model(), given.inputs(), count, inputs.scaling());
        try {
            GradientGraph graph = GradientGraph.of(net.model(), data.rowDims());
            int width = data.values().length / data.rows();
            OnnxModel smoothed =
                    SmoothedModel.of(net.model(), graph, data.preprocessing().units(width), noise);
            int[] before = answers(net, data);
            int[] labels = before;
            Optional<NpyArray> named = inputs.labels().or(given::labels);
            if (named.isPresent()) {
                labels = Labels.of(named.get(), data.rows(), graph.classes(), inputs.labelsFrom());
            }
            int[] after = answers(DeployedModel.of(smoothed), data);
            write(smoothed, out);
            done.accept(new Counts(labels.length, same(labels, before), same(labels, after)));
        } catch (GradientException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    net.path().toString(),
                    "Smooth a classifier with one input of floats and an output of scores by class.",
                    e);
        }
    }

    private static int[] answers(DeployedModel net, AttackData data)
            throws IOException, InterruptedException {
        try (AttackedModel asked =
                AttackedModel.open(net, data.rowDims(), data.preprocessing(), Device.CPU)) {
            return asked.answers(data.values());
        }
    }

    private static int same(int[] first, int[] second) {
        int same = 0;
        for (int i = 0; i < first.length; i++) {
            same += first[i] == second[i] ? 1 : 0;
        }
        return same;
    }

    /// Writes a model whole or not at all.
    static void write(OnnxModel model, Path out) throws IOException {
        Path part = out.resolveSibling("." + out.getFileName() + ".part");
        Files.write(part, OnnxWriter.bytes(model));
        Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
    }
}
