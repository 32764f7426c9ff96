package dev.bartizan.formats.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes ONNX models. The same model always gives the same bytes.
public final class OnnxWriter {
    private OnnxWriter() {}

    /// Writes a file.
    ///
    /// @throws IOException when it cannot be written
    public static void write(OnnxModel model, Path file) throws IOException {
        Files.write(file, bytes(model));
    }

    /// The bytes of a model.
    public static byte[] bytes(OnnxModel model) {
        ProtobufOutput out = new ProtobufOutput();
        out.varint(1, model.irVersion());
        out.text(2, model.producerName());
        out.text(3, model.producerVersion());
        out.text(4, model.domain());
        out.varint(5, model.modelVersion());
        out.text(6, model.docString());
        out.message(7, inner -> graph(inner, model.graph()));
        model.opsets().forEach(opset -> out.message(8, inner -> opset(inner, opset)));
        entries(out, 14, model.metadata());
        model.functions().forEach(one -> out.message(25, inner -> function(inner, one)));
        return out.toByteArray();
    }

    private static void opset(ProtobufOutput out, OnnxOpset opset) {
        out.text(1, opset.domain());
        out.always(2, opset.version());
    }

    private static void entries(ProtobufOutput out, int field, Map<String, String> entries) {
        entries.forEach((key, value) ->
                out.message(
                        field,
                        inner -> {
                            inner.alwaysText(1, key);
                            inner.alwaysText(2, value);
                        }));
    }

    private static void texts(ProtobufOutput out, int field, List<String> texts) {
        texts.forEach(text -> out.alwaysText(field, text));
    }

    private static void graph(ProtobufOutput out, OnnxGraph graph) {
        graph.nodes().forEach(node -> out.message(1, inner -> node(inner, node)));
        out.text(2, graph.name());
        graph.initializers().forEach(one -> out.message(5, inner -> tensor(inner, one)));
        out.text(10, graph.docString());
        graph.inputs().forEach(one -> out.message(11, inner -> TypeWriter.info(inner, one)));
        graph.outputs().forEach(one -> out.message(12, inner -> TypeWriter.info(inner, one)));
        graph.valueInfos().forEach(one -> out.message(13, inner -> TypeWriter.info(inner, one)));
        graph.sparseInitializers().forEach(one -> out.message(15, inner -> sparse(inner, one)));
    }

    private static void node(ProtobufOutput out, OnnxNode node) {
        texts(out, 1, node.inputs());
        texts(out, 2, node.outputs());
        out.text(3, node.name());
        out.text(4, node.opType());
        node.attributes().forEach(one -> out.message(5, inner -> attribute(inner, one)));
        out.text(6, node.docString());
        out.text(7, node.domain());
        out.text(8, node.overload());
    }

    private static void function(ProtobufOutput out, OnnxFunction function) {
        out.text(1, function.name());
        texts(out, 4, function.inputs());
        texts(out, 5, function.outputs());
        texts(out, 6, function.attributes());
        function.nodes().forEach(node -> out.message(7, inner -> node(inner, node)));
        function.opsets().forEach(opset -> out.message(9, inner -> opset(inner, opset)));
        out.text(10, function.domain());
        function.defaults().forEach(one -> out.message(11, inner -> attribute(inner, one)));
        out.text(13, function.overload());
    }

    private static void attribute(ProtobufOutput out, OnnxAttribute attribute) {
        out.text(1, attribute.name());
        out.always(20, value(out, attribute.value()));
    }

    /// Writes the value and returns the number of its type.
    private static long value(ProtobufOutput out, OnnxAttributeValue value) {
        return switch (value) {
            case OnnxAttributeValue.FloatValue(float number) -> {
                out.fixed32(2, number);
                yield 1;
            }
            case OnnxAttributeValue.IntValue(long number) -> {
                out.always(3, number);
                yield 2;
            }
            case OnnxAttributeValue.Text(OnnxBytes bytes) -> {
                out.content(4, bytes);
                yield 3;
            }
            case OnnxAttributeValue.TensorValue(OnnxTensor one) -> {
                out.message(5, inner -> tensor(inner, one));
                yield 4;
            }
            case OnnxAttributeValue.GraphValue(OnnxGraph one) -> {
                out.message(6, inner -> graph(inner, one));
                yield 5;
            }
            case OnnxAttributeValue.SparseValue(OnnxSparseTensor one) -> {
                out.message(22, inner -> sparse(inner, one));
                yield 11;
            }
            case OnnxAttributeValue.TypeValue(OnnxType one) -> {
                out.message(14, inner -> TypeWriter.type(inner, one));
                yield 13;
            }
            case OnnxAttributeValue.Reference(String name, long type) -> {
                out.text(21, name);
                yield type;
            }
            case OnnxAttributeValue.Several several -> list(out, several);
        };
    }

    private static long list(ProtobufOutput out, OnnxAttributeValue.Several value) {
        return switch (value) {
            case OnnxAttributeValue.Floats(List<Float> numbers) -> {
                out.packedFloats(7, numbers);
                yield 6;
            }
            case OnnxAttributeValue.Ints(List<Long> numbers) -> {
                out.packedVarints(8, numbers);
                yield 7;
            }
            case OnnxAttributeValue.Texts(List<OnnxBytes> texts) -> {
                texts.forEach(text -> out.content(9, text));
                yield 8;
            }
            case OnnxAttributeValue.Tensors(List<OnnxTensor> tensors) -> {
                tensors.forEach(one -> out.message(10, inner -> tensor(inner, one)));
                yield 9;
            }
            case OnnxAttributeValue.Graphs(List<OnnxGraph> graphs) -> {
                graphs.forEach(one -> out.message(11, inner -> graph(inner, one)));
                yield 10;
            }
            case OnnxAttributeValue.Sparses(List<OnnxSparseTensor> tensors) -> {
                tensors.forEach(one -> out.message(23, inner -> sparse(inner, one)));
                yield 12;
            }
            case OnnxAttributeValue.Types(List<OnnxType> types) -> {
                types.forEach(one -> out.message(15, inner -> TypeWriter.type(inner, one)));
                yield 14;
            }
        };
    }

    private static void tensor(ProtobufOutput out, OnnxTensor tensor) {
        out.packedVarints(1, tensor.dims());
        out.always(2, tensor.elementType().number());
        if (tensor.data() instanceof OnnxTensorData.Texts(List<OnnxBytes> values)) {
            values.forEach(value -> out.content(6, value));
        }
        out.text(8, tensor.name());
        if (tensor.data() instanceof OnnxTensorData.Inline(OnnxBytes bytes)) {
            out.content(9, bytes);
        }
        out.text(12, tensor.docString());
        if (tensor.data() instanceof OnnxTensorData.External(Map<String, String> entries)) {
            entries(out, 13, entries);
            out.always(14, 1);
        }
    }

    private static void sparse(ProtobufOutput out, OnnxSparseTensor tensor) {
        out.message(1, inner -> tensor(inner, tensor.values()));
        out.message(2, inner -> tensor(inner, tensor.indices()));
        out.packedVarints(3, tensor.dims());
    }
}
