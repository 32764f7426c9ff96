package dev.bartizan.tensors;

import dev.bartizan.formats.onnx.OnnxModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The operators of a model that ONNX Runtime has only with a library of native code.
final class CustomOperators {
    private static final Set<String> BUILT_IN =
            Set.of(
                    "",
                    "ai.onnx",
                    "ai.onnx.ml",
                    "ai.onnx.training",
                    "ai.onnx.preview",
                    "ai.onnx.preview.training",
                    "com.microsoft",
                    "com.microsoft.nchwc",
                    "com.ms.internal.nhwc",
                    "com.microsoft.experimental");

    private CustomOperators() {}

    /// `domain:Operator`, sorted.
    static List<String> of(OnnxModel model) {
        Set<String> own = new HashSet<>();
        model.functions().forEach(one -> own.add(one.domain() + ":" + one.name()));
        return GraphTensors.of(model).nodes().stream()
                .filter(node -> !BUILT_IN.contains(node.domain()))
                .map(node -> node.domain() + ":" + node.opType())
                .filter(name -> !own.contains(name))
                .distinct()
                .sorted()
                .toList();
    }
}
