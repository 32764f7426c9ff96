package dev.bartizan.formats.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model as its file says it: `ModelProto`.
///
/// @param irVersion version of the file format
/// @param producerName tool that wrote it; empty when not given
/// @param producerVersion version of that tool
/// @param domain reverse-DNS name of its owner
/// @param modelVersion version the owner gives it
/// @param docString documentation
/// @param graph what is computed
/// @param opsets operator sets imported
/// @param metadata further properties, in the file's order
/// @param functions operators that the model defines itself
public record OnnxModel(
        long irVersion,
        String producerName,
        String producerVersion,
        String domain,
        long modelVersion,
        String docString,
        OnnxGraph graph,
        List<OnnxOpset> opsets,
        Map<String, String> metadata,
        List<OnnxFunction> functions) {
    public OnnxModel {
        opsets = List.copyOf(opsets);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        functions = List.copyOf(functions);
    }

    /// A model of standard operators with nothing else said of it.
    public static OnnxModel of(long irVersion, long opset, String producerName, OnnxGraph graph) {
        return new OnnxModel(
                irVersion,
                producerName,
                "",
                "",
                0,
                "",
                graph,
                List.of(new OnnxOpset("", opset)),
                Map.of(),
                List.of());
    }

    /// The same model with another graph.
    public OnnxModel withGraph(OnnxGraph other) {
        return new OnnxModel(
                irVersion,
                producerName,
                producerVersion,
                domain,
                modelVersion,
                docString,
                other,
                opsets,
                metadata,
                functions);
    }

    /// Version of the standard operators; 1 when the file imports none.
    public long standardOpset() {
        return opsets.stream()
                .filter(OnnxOpset::isStandard)
                .mapToLong(OnnxOpset::version)
                .max()
                .orElse(1);
    }
}
