package dev.bartizan.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `AttributeProto`. Its `type` decides which field counts; old files have none, then the
/// field that is there does.
final class AttributeParser {
    private String name = "";
    private String reference = "";
    private long type;
    private float number;
    private long integer;
    private OnnxBytes text = OnnxBytes.of(new byte[0]);
    private @Nullable OnnxTensor tensor;
    private @Nullable OnnxSparseTensor sparse;
    private @Nullable OnnxGraph graph;
    private @Nullable OnnxType typeValue;
    private final NumberList numbers = new NumberList();
    private final NumberList integers = new NumberList();
    private final List<OnnxBytes> texts = new ArrayList<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final List<OnnxSparseTensor> sparses = new ArrayList<>();
    private final List<OnnxGraph> graphs = new ArrayList<>();
    private final List<OnnxType> types = new ArrayList<>();
    private long seen;

    private AttributeParser() {}

    static OnnxAttribute attribute(ProtobufInput in) throws OnnxFormatException {
        AttributeParser parser = new AttributeParser();
        while (in.next()) {
            parser.field(in);
        }
        return new OnnxAttribute(parser.name, parser.value(in));
    }

    private void field(ProtobufInput in) throws OnnxFormatException {
        switch (in.field()) {
            case 1 -> name = in.name();
            case 20 -> type = in.varint();
            case 21 -> reference = in.name();
            default -> valueField(in);
        }
    }

    private void valueField(ProtobufInput in) throws OnnxFormatException {
        int field = in.field();
        switch (field) {
            case 2 -> number = in.fixed32();
            case 3 -> integer = in.varint();
            case 4 -> text = in.content();
            case 5 -> tensor = TensorParser.tensor(in.message());
            case 6 -> graph = GraphParser.graph(in.message());
            case 7 -> numbers.addFloats(in);
            case 8 -> integers.addVarints(in);
            case 9 -> texts.add(in.content());
            case 10 -> tensors.add(TensorParser.tensor(in.message()));
            case 11 -> graphs.add(GraphParser.graph(in.message()));
            case 14 -> typeValue = TypeParser.type(in.message());
            case 15 -> types.add(TypeParser.type(in.message()));
            case 22 -> sparse = TensorParser.sparse(in.message());
            case 23 -> sparses.add(TensorParser.sparse(in.message()));
            default -> {
                in.skip();
                return;
            }
        }
        seen = type(field);
    }

    /// The attribute type that a field stands for.
    private static long type(int field) {
        return switch (field) {
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 3;
            case 5 -> 4;
            case 6 -> 5;
            case 7 -> 6;
            case 8 -> 7;
            case 9 -> 8;
            case 10 -> 9;
            case 11 -> 10;
            case 14 -> 13;
            case 15 -> 14;
            case 22 -> 11;
            default -> 12;
        };
    }

    private OnnxAttributeValue value(ProtobufInput in) throws OnnxFormatException {
        if (!reference.isEmpty()) {
            return new OnnxAttributeValue.Reference(reference, type);
        }
        long decided = type == 0 ? seen : type;
        return switch (Math.clamp(decided, 0, Integer.MAX_VALUE)) {
            case 1 -> new OnnxAttributeValue.FloatValue(number);
            case 2 -> new OnnxAttributeValue.IntValue(integer);
            case 3 -> new OnnxAttributeValue.Text(text);
            case 4 -> new OnnxAttributeValue.TensorValue(there(in, tensor));
            case 5 -> new OnnxAttributeValue.GraphValue(there(in, graph));
            case 6 -> new OnnxAttributeValue.Floats(PackedList.ofFloats(numbers.toFloats()));
            case 7 -> new OnnxAttributeValue.Ints(PackedList.ofLongs(integers.toLongs()));
            case 8 -> new OnnxAttributeValue.Texts(texts);
            case 9 -> new OnnxAttributeValue.Tensors(tensors);
            case 10 -> new OnnxAttributeValue.Graphs(graphs);
            case 11 -> new OnnxAttributeValue.SparseValue(there(in, sparse));
            case 12 -> new OnnxAttributeValue.Sparses(sparses);
            case 13 -> new OnnxAttributeValue.TypeValue(there(in, typeValue));
            case 14 -> new OnnxAttributeValue.Types(types);
            default ->
                    throw in.malformed(
                            "Attribute \""
                                    + name
                                    + "\" has no value of a known type ("
                                    + decided
                                    + ")");
        };
    }

    private <T> T there(ProtobufInput in, @Nullable T value) throws OnnxFormatException {
        if (value == null) {
            throw in.malformed("Attribute \"" + name + "\" lacks the value its type promises");
        }
        return value;
    }
}
