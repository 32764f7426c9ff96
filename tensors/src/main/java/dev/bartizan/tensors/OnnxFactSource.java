package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.Spot;
import dev.bartizan.core.UnreadableTargetException;
import dev.bartizan.core.facts.ModelFacts;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.review.GraphReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads facts off ONNX files: what their headers say, and what a review of the graph sees.
public final class OnnxFactSource implements FactSource {
    private static final int MAX_VALUE_CHARACTERS = 400;

    /// Found by `ServiceLoader`.
    public OnnxFactSource() {}

    @Override
    public String id() {
        return "onnx-graph";
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return system.artifact(element).isPresent();
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) throws IOException {
        List<Fact> facts = new ArrayList<>();
        ModelFacts seen = new ModelFacts();
        for (Path path : files(system, element)) {
            String name = shown(system, element, path);
            OnnxModel model;
            try {
                model =
                        OnnxReader.read(
                                OnnxReader.bytes(path, OnnxLimits.DEFAULT), OnnxLimits.DEFAULT);
            } catch (IOException e) {
                throw new UnreadableTargetException(name + ": " + e.getMessage(), e);
            }
            header(element, model, name, facts);
            new GraphReview(name, seen).review(system, element, model, everything(model));
        }
        facts.addAll(seen.of(element, id()));
        return facts;
    }

    /// The file that the element names when it is an ONNX model, or those in the folder it names.
    private static List<Path> files(AiSystem system, Element element) throws IOException {
        Optional<Path> file = OnnxFile.path(system, element).filter(Files::isRegularFile);
        if (file.isPresent()) {
            return List.of(file.get());
        }
        Optional<Path> folder = system.artifact(element).filter(Files::isDirectory);
        return folder.isPresent() ? OnnxFile.below(folder.get()) : List.of();
    }

    private static String shown(AiSystem system, Element element, Path path) {
        String named = AiSystem.artifactName(element).orElse("");
        Path artifact = system.resolve(named);
        return path.equals(artifact)
                ? named
                : named.replaceFirst("/+$", "") + "/" + artifact.relativize(path);
    }

    private static GraphReview.Everything everything(OnnxModel model) {
        GraphTensors all = GraphTensors.of(model);
        Set<String> custom = Set.copyOf(CustomOperators.of(model));
        List<OnnxNode> needing =
                all.nodes().stream()
                        .filter(node -> custom.contains(node.domain() + ":" + node.opType()))
                        .toList();
        return new GraphReview.Everything(all.nodes(), needing, all.tensors());
    }

    private void header(Element element, OnnxModel model, String file, List<Fact> facts) {
        Header header = new Header(element, file, facts);
        CustomOperators.of(model)
                .forEach(operator -> header.add("onnx.custom-operator", operator, "graph.node"));
        header.add("onnx.inputs", ports(model.graph().requiredInputs()), "graph.input");
        header.add("onnx.outputs", ports(model.graph().outputs()), "graph.output");
        header.add("onnx.opset", Long.toString(model.standardOpset()), "opset_import");
        if (!model.producerName().isEmpty()) {
            header.add("onnx.producer", model.producerName(), "producer_name");
        }
        if (GraphTensors.of(model).tensors().stream()
                .anyMatch(tensor -> tensor.data() instanceof OnnxTensorData.External)) {
            header.add("onnx.external-data", "true", "graph.initializer");
        }
    }

    /// Where the facts of one header go.
    private final class Header {
        private final Element element;
        private final String file;
        private final List<Fact> facts;

        Header(Element element, String file, List<Fact> facts) {
            this.element = element;
            this.file = file;
            this.facts = facts;
        }

        void add(String name, String value, String field) {
            String brief =
                    value.length() <= MAX_VALUE_CHARACTERS
                            ? value
                            : value.substring(0, MAX_VALUE_CHARACTERS) + "…";
            Spot spot = new Spot(file, Spot.Part.FIELD, field);
            facts.add(new Fact(element.id(), name, brief, id() + " read " + spot, false, spot));
        }
    }

    private static String ports(List<OnnxValueInfo> ports) {
        return ports.stream()
                .map(port -> port.name() + " " + port.type())
                .collect(Collectors.joining("; "));
    }
}
