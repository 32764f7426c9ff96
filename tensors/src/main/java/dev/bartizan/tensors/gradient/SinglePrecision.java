package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxBytes;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Brings a model whose numbers are half or double precision to single precision, in which
/// gradients are computed; an input of whole numbers becomes one of real numbers, so that it has a
/// gradient. The scores differ from those of the file by rounding, so what counts is what the file
/// answers.
final class SinglePrecision {
    private static final Set<OnnxElementType> OTHERS =
            Set.of(OnnxElementType.FLOAT16, OnnxElementType.BFLOAT16, OnnxElementType.DOUBLE);
    private static final Set<OnnxElementType> WHOLE =
            Set.of(
                    OnnxElementType.UINT8,
                    OnnxElementType.INT8,
                    OnnxElementType.INT16,
                    OnnxElementType.INT32,
                    OnnxElementType.INT64);
    private static final Set<String> TAKE_REAL = Set.of("Cast", "Shape", "Size");
    private static final int BFLOAT16_SHIFT = 16;

    private SinglePrecision() {}

    /// Whether numbers of that type can be the input of an attacked model.
    static boolean canReplace(OnnxElementType type) {
        return type == OnnxElementType.FLOAT || OTHERS.contains(type) || WHOLE.contains(type);
    }

    static OnnxModel of(OnnxModel model) {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxValueInfo> inputs = new ArrayList<>();
        for (OnnxValueInfo input : graph.inputs()) {
            inputs.add(real(input));
        }
        for (OnnxNode node : graph.nodes()) {
            nodes.add(wholeAgain(lowered(node), graph.inputs(), nodes));
        }
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        graph.initializers().stream().map(SinglePrecision::lowered).toList(),
                        graph.sparseInitializers(),
                        inputs,
                        graph.outputs(),
                        List.of(),
                        ""));
    }

    private static OnnxValueInfo real(OnnxValueInfo input) {
        return input.type() instanceof OnnxType.TensorType(OnnxElementType type, var shape)
                        && canReplace(type)
                ? new OnnxValueInfo(
                        input.name(),
                        new OnnxType.TensorType(OnnxElementType.FLOAT, shape),
                        input.docString())
                : input;
    }

    /// A step that needs the whole numbers of the input gets them back.
    private static OnnxNode wholeAgain(
            OnnxNode node, List<OnnxValueInfo> inputs, List<OnnxNode> before) {
        if (TAKE_REAL.contains(node.opType())) {
            return node;
        }
        List<String> names = new ArrayList<>(node.inputs());
        for (OnnxValueInfo input : inputs) {
            int at = names.indexOf(input.name());
            if (at < 0
                    || !(input.type() instanceof OnnxType.TensorType(OnnxElementType type, _))
                    || !WHOLE.contains(type)) {
                continue;
            }
            String whole = "bz.whole." + input.name() + "." + before.size();
            before.add(
                    OnnxNode.of(
                            "Cast",
                            List.of(input.name()),
                            List.of(whole),
                            OnnxAttribute.of("to", (long) type.number())));
            names.replaceAll(name -> name.equals(input.name()) ? whole : name);
        }
        return names.equals(node.inputs())
                ? node
                : new OnnxNode(
                        node.name(),
                        node.domain(),
                        node.opType(),
                        node.overload(),
                        names,
                        node.outputs(),
                        node.attributes(),
                        node.docString());
    }

    private static OnnxNode lowered(OnnxNode node) {
        List<OnnxAttribute> attributes =
                node.attributes().stream().map(one -> lowered(node, one)).toList();
        return attributes.equals(node.attributes())
                ? node
                : new OnnxNode(
                        node.name(),
                        node.domain(),
                        node.opType(),
                        node.overload(),
                        node.inputs(),
                        node.outputs(),
                        attributes,
                        node.docString());
    }

    private static OnnxAttribute lowered(OnnxNode node, OnnxAttribute attribute) {
        boolean isType =
                (node.opType().equals("Cast") && attribute.name().equals("to"))
                        || attribute.name().equals("dtype");
        if (isType && attribute.value() instanceof OnnxAttributeValue.IntValue(long number)) {
            boolean isOther = OTHERS.stream().anyMatch(type -> type.number() == number);
            return isOther
                    ? OnnxAttribute.of(attribute.name(), (long) OnnxElementType.FLOAT.number())
                    : attribute;
        }
        return attribute.value() instanceof OnnxAttributeValue.TensorValue(OnnxTensor tensor)
                        && OTHERS.contains(tensor.elementType())
                ? new OnnxAttribute(
                        attribute.name(), new OnnxAttributeValue.TensorValue(lowered(tensor)))
                : attribute;
    }

    private static OnnxTensor lowered(OnnxTensor tensor) {
        if (!OTHERS.contains(tensor.elementType())
                || !(tensor.data() instanceof OnnxTensorData.Inline(OnnxBytes bytes))) {
            return tensor;
        }
        ByteBuffer from = bytes.buffer();
        float[] values = new float[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (tensor.elementType()) {
                        case DOUBLE -> (float) from.getDouble();
                        case FLOAT16 -> Float.float16ToFloat(from.getShort());
                        default -> Float.intBitsToFloat(from.getShort() << BFLOAT16_SHIFT);
                    };
        }
        return OnnxTensor.floats(
                tensor.name(), tensor.dims().stream().mapToLong(Long::longValue).toArray(), values);
    }
}
