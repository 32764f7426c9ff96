package dev.bartizan.formats.onnx;

import java.util.List;

/// An operator that a model defines out of others: `FunctionProto`.
///
/// @param domain its domain
/// @param name its name
/// @param overload tells functions of the same name apart
/// @param inputs names inside
/// @param outputs names inside
/// @param attributes names of attributes without default
/// @param defaults attributes with their defaults
/// @param nodes the body
/// @param opsets operator sets the body uses
public record OnnxFunction(
        String domain,
        String name,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<String> attributes,
        List<OnnxAttribute> defaults,
        List<OnnxNode> nodes,
        List<OnnxOpset> opsets) {
    public OnnxFunction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
        defaults = List.copyOf(defaults);
        nodes = List.copyOf(nodes);
        opsets = List.copyOf(opsets);
    }
}
