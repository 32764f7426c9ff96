package dev.bartizan.formats.onnx;

import java.util.List;
import java.util.Optional;

/// One step of a computation: `NodeProto`.
///
/// @param name for people; often empty
/// @param domain of the operator; empty for the standard ones
/// @param opType name of the operator
/// @param overload tells functions of the same name apart; mostly empty
/// @param inputs names of values; an empty name is an omitted input
/// @param outputs names of values; an empty name is an unused output
/// @param attributes constants of this step
/// @param docString documentation
public record OnnxNode(
        String name,
        String domain,
        String opType,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<OnnxAttribute> attributes,
        String docString) {
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /// A step of a standard operator.
    public static OnnxNode of(
            String opType, List<String> inputs, List<String> outputs, OnnxAttribute... attributes) {
        return new OnnxNode("", "", opType, "", inputs, outputs, List.of(attributes), "");
    }

    /// Whether the operator is one of the standard set.
    public boolean isStandard() {
        return domain.isEmpty() || domain.equals(OnnxOpset.STANDARD_ALIAS);
    }

    /// The value of an attribute.
    public Optional<OnnxAttributeValue> attribute(String wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(wanted))
                .map(OnnxAttribute::value)
                .findFirst();
    }
}
