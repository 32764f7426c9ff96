package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads facts off ONNX files: operators that need native code, inputs, outputs, operator set,
/// producer, external weights. Silent about files that are missing or broken: the checks speak of
/// those.
public final class OnnxFactSource implements FactSource {
    private static final int MAX_VALUE_CHARACTERS = 400;

    /// Found by `ServiceLoader`.
    public OnnxFactSource() {}

    @Override
    public String id() {
        return "onnx-header";
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) {
        Optional<Path> path = OnnxFile.path(system, element).filter(Files::isRegularFile);
        if (path.isEmpty()) {
            return List.of();
        }
        try {
            OnnxModel model =
                    OnnxReader.read(
                            OnnxReader.bytes(path.get(), OnnxLimits.DEFAULT), OnnxLimits.DEFAULT);
            return facts(element, model);
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<Fact> facts(Element element, OnnxModel model) {
        List<Fact> facts = new ArrayList<>();
        CustomOperators.of(model)
                .forEach(operator -> facts.add(fact(element, "onnx.custom-operator", operator)));
        facts.add(fact(element, "onnx.inputs", ports(model.graph().requiredInputs())));
        facts.add(fact(element, "onnx.outputs", ports(model.graph().outputs())));
        facts.add(fact(element, "onnx.opset", Long.toString(model.standardOpset())));
        if (!model.producerName().isEmpty()) {
            facts.add(fact(element, "onnx.producer", model.producerName()));
        }
        if (GraphTensors.of(model).tensors().stream()
                .anyMatch(tensor -> tensor.data() instanceof OnnxTensorData.External)) {
            facts.add(fact(element, "onnx.external-data", "true"));
        }
        return facts;
    }

    private Fact fact(Element element, String name, String value) {
        String brief =
                value.length() <= MAX_VALUE_CHARACTERS
                        ? value
                        : value.substring(0, MAX_VALUE_CHARACTERS) + "…";
        return new Fact(element.id(), name, brief, id(), false);
    }

    private static String ports(List<OnnxValueInfo> ports) {
        return ports.stream()
                .map(port -> port.name() + " " + port.type())
                .collect(Collectors.joining("; "));
    }
}
