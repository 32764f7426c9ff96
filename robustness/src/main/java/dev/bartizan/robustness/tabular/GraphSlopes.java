package dev.bartizan.robustness.tabular;

import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.gradient.Objective;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Slopes from the gradient graph of an ONNX network.
final class GraphSlopes implements Slopes {
    private final GradientGraph graph;
    private final InferenceSession session;

    private GraphSlopes(GradientGraph graph, InferenceSession session) {
        this.graph = graph;
        this.session = session;
    }

    /// Prepares a model; empty when it has no gradient that is known, and then a search without
    /// gradients is what is left.
    ///
    /// @throws InterruptedException when cancelled
    static Optional<Slopes> of(OnnxModel model, int columns) throws InterruptedException {
        try {
            GradientGraph graph =
                    GradientGraph.of(model, List.of((long) columns), Preprocessing.NONE);
            OnnxModel gradient = graph.gradient(Objective.MARGIN);
            return Optional.of(
                    new GraphSlopes(
                            graph,
                            InferenceSession.open(
                                    OnnxWriter.bytes(gradient), InferenceLimits.DEFAULT)));
        } catch (GradientException | InferenceException _) {
            return Optional.empty();
        }
    }

    @Override
    public double[] at(double[] row, int label) throws InferenceException, InterruptedException {
        float[] values = new float[row.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) row[i];
        }
        Map<String, DenseTensor> given = new LinkedHashMap<>();
        given.put(graph.input(), DenseTensor.ofFloats(List.of(1L, (long) row.length), values));
        given.put(GradientGraph.LABELS, DenseTensor.ofLongs(List.of(1L), new long[] {label}));
        DenseTensor gradient = session.run(given).get(GradientGraph.GRADIENT);
        if (gradient == null) {
            throw new IllegalStateException("No gradient was returned");
        }
        double[] slopes = new double[row.length];
        for (int i = 0; i < slopes.length; i++) {
            double slope = gradient.number(i);
            slopes[i] = Double.isFinite(slope) ? slope : 0;
        }
        return slopes;
    }

    @Override
    public void close() {
        session.close();
    }
}
