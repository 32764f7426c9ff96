package dev.bartizan.tensors.review;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Spot;
import dev.bartizan.core.facts.Capacity;
import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.core.facts.ModelFacts;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.util.List;

/// Reviews the architecture of an ONNX model: adds what it sees, with the node or tensor.
public final class GraphReview {
    private final String file;
    private final ModelFacts facts;

    /// @param file path of the model as reports show it
    /// @param facts collects what is seen
    public GraphReview(String file, ModelFacts facts) {
        this.file = file;
        this.facts = facts;
    }

    /// Reviews one model of an element.
    public void review(AiSystem system, Element element, OnnxModel model, Everything everything) {
        GraphView graph = new GraphView(model.graph());
        everything.custom().forEach(node -> add(ModelFact.CUSTOM_OPERATOR, operator(node), node));
        new InputReview(graph, this).review();
        new OutputReview(graph, this).review();
        new ExitReview(graph, this).review();
        new VocabularyReview(graph, this).review(model, everything);
        new WeightsReview(this).review(everything);
        long parameters = parameters(everything.tensors());
        if (parameters > 0) {
            Spot spot = new Spot(file, Spot.Part.FIELD, "graph.initializer");
            Capacity.add(system, element, parameters, InputReview.width(graph), spot, facts);
        }
    }

    /// What is in a model at any depth.
    ///
    /// @param nodes steps
    /// @param custom steps whose operators need native code
    /// @param tensors constants
    public record Everything(
            List<OnnxNode> nodes, List<OnnxNode> custom, List<OnnxTensor> tensors) {
        public Everything {
            nodes = List.copyOf(nodes);
            custom = List.copyOf(custom);
            tensors = List.copyOf(tensors);
        }
    }

    private static String operator(OnnxNode node) {
        return node.domain() + ":" + node.opType();
    }

    /// Trained numbers: constants of floats and rounded ones that are no shapes.
    private static long parameters(List<OnnxTensor> tensors) {
        long all = 0;
        for (OnnxTensor tensor : tensors) {
            boolean isWeight =
                    switch (tensor.elementType()) {
                        case UNDEFINED, STRING, BOOL, INT64, INT32, UINT64, UINT32 -> false;
                        default -> !(tensor.data() instanceof OnnxTensorData.Texts);
                    };
            if (isWeight) {
                all = Math.addExact(all, Math.min(elements(tensor), Long.MAX_VALUE >> 20));
            }
        }
        return all;
    }

    private static long elements(OnnxTensor tensor) {
        try {
            return Math.max(0, tensor.elements());
        } catch (ArithmeticException e) {
            return 0; // no tensor has as many: the checks say that the shape is broken
        }
    }

    void add(ModelFact name, String value, OnnxNode node) {
        facts.add(name, value, new Spot(file, Spot.Part.NODE, GraphView.label(node)));
    }

    void addTensor(ModelFact name, String value, String tensor) {
        facts.add(name, value, new Spot(file, Spot.Part.TENSOR, tensor));
    }

    void addField(ModelFact name, String value, String field) {
        facts.add(name, value, new Spot(file, Spot.Part.FIELD, field));
    }
}
