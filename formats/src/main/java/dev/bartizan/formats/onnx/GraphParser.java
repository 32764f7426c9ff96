package dev.bartizan.formats.onnx;

import java.util.ArrayList;
import java.util.List;

/// Reads `GraphProto`, `NodeProto` and `FunctionProto`.
final class GraphParser {
    private GraphParser() {}

    static OnnxGraph graph(ProtobufInput in) throws OnnxFormatException {
        String name = "";
        String doc = "";
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxTensor> initializers = new ArrayList<>();
        List<OnnxSparseTensor> sparse = new ArrayList<>();
        List<OnnxValueInfo> inputs = new ArrayList<>();
        List<OnnxValueInfo> outputs = new ArrayList<>();
        List<OnnxValueInfo> valueInfos = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> nodes.add(node(in.message()));
                case 2 -> name = in.name();
                case 5 -> initializers.add(TensorParser.tensor(in.message()));
                case 10 -> doc = in.text(OnnxLimits.MAX_TEXT_BYTES);
                case 11 -> inputs.add(TypeParser.valueInfo(in.message()));
                case 12 -> outputs.add(TypeParser.valueInfo(in.message()));
                case 13 -> valueInfos.add(TypeParser.valueInfo(in.message()));
                case 15 -> sparse.add(TensorParser.sparse(in.message()));
                default -> in.skip();
            }
        }
        return new OnnxGraph(name, nodes, initializers, sparse, inputs, outputs, valueInfos, doc);
    }

    private static OnnxNode node(ProtobufInput in) throws OnnxFormatException {
        String name = "";
        String domain = "";
        String opType = "";
        String overload = "";
        String doc = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<OnnxAttribute> attributes = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> inputs.add(in.name());
                case 2 -> outputs.add(in.name());
                case 3 -> name = in.name();
                case 4 -> opType = in.name();
                case 5 -> attributes.add(AttributeParser.attribute(in.message()));
                case 6 -> doc = in.text(OnnxLimits.MAX_TEXT_BYTES);
                case 7 -> domain = in.name();
                case 8 -> overload = in.name();
                default -> in.skip();
            }
        }
        return new OnnxNode(name, domain, opType, overload, inputs, outputs, attributes, doc);
    }

    static OnnxFunction function(ProtobufInput in) throws OnnxFormatException {
        String name = "";
        String domain = "";
        String overload = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        List<OnnxAttribute> defaults = new ArrayList<>();
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxOpset> opsets = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.name();
                case 4 -> inputs.add(in.name());
                case 5 -> outputs.add(in.name());
                case 6 -> attributes.add(in.name());
                case 7 -> nodes.add(node(in.message()));
                case 9 -> opsets.add(opset(in.message()));
                case 10 -> domain = in.name();
                case 11 -> defaults.add(AttributeParser.attribute(in.message()));
                case 13 -> overload = in.name();
                default -> in.skip();
            }
        }
        return new OnnxFunction(
                domain, name, overload, inputs, outputs, attributes, defaults, nodes, opsets);
    }

    static OnnxOpset opset(ProtobufInput in) throws OnnxFormatException {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.name();
                case 2 -> version = in.varint();
                default -> in.skip();
            }
        }
        return new OnnxOpset(domain, version);
    }
}
