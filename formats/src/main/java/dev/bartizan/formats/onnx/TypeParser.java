package dev.bartizan.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `ValueInfoProto` and `TypeProto`.
final class TypeParser {
    private TypeParser() {}

    static OnnxValueInfo valueInfo(ProtobufInput in) throws OnnxFormatException {
        String name = "";
        String doc = "";
        OnnxType type = new OnnxType.NoType();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.name();
                case 2 -> type = type(in.message());
                case 3 -> doc = in.text(OnnxLimits.MAX_TEXT_BYTES);
                default -> in.skip();
            }
        }
        return new OnnxValueInfo(name, type, doc);
    }

    static OnnxType type(ProtobufInput in) throws OnnxFormatException {
        OnnxType type = new OnnxType.NoType();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    Shaped shaped = shaped(in.message());
                    type = new OnnxType.TensorType(shaped.elementType, shaped.shape);
                }
                case 4 -> type = new OnnxType.SequenceType(inner(in.message()));
                case 5 -> type = map(in.message());
                case 8 -> {
                    Shaped shaped = shaped(in.message());
                    type = new OnnxType.SparseType(shaped.elementType, shaped.shape);
                }
                case 9 -> type = new OnnxType.OptionalType(inner(in.message()));
                default -> in.skip();
            }
        }
        return type;
    }

    private record Shaped(OnnxElementType elementType, Optional<List<OnnxDimension>> shape) {}

    private static Shaped shaped(ProtobufInput in) throws OnnxFormatException {
        OnnxElementType elementType = OnnxElementType.UNDEFINED;
        Optional<List<OnnxDimension>> shape = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> elementType = OnnxElementType.numbered(in.varint(), in.offset());
                case 2 -> shape = Optional.of(shape(in.message()));
                default -> in.skip();
            }
        }
        return new Shaped(elementType, shape);
    }

    private static List<OnnxDimension> shape(ProtobufInput in) throws OnnxFormatException {
        List<OnnxDimension> dims = new ArrayList<>();
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            if (dims.size() == OnnxLimits.MAX_RANK) {
                throw in.malformed("A shape has more than " + dims.size() + " dimensions");
            }
            dims.add(dimension(in.message()));
        }
        return dims;
    }

    private static OnnxDimension dimension(ProtobufInput in) throws OnnxFormatException {
        OnnxDimension dimension = new OnnxDimension.Unknown();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> dimension = new OnnxDimension.Fixed(in.varint());
                case 2 -> dimension = new OnnxDimension.Named(in.name());
                default -> in.skip();
            }
        }
        return dimension;
    }

    private static OnnxType inner(ProtobufInput in) throws OnnxFormatException {
        OnnxType type = new OnnxType.NoType();
        while (in.next()) {
            if (in.field() == 1) {
                type = type(in.message());
            } else {
                in.skip();
            }
        }
        return type;
    }

    private static OnnxType map(ProtobufInput in) throws OnnxFormatException {
        OnnxElementType key = OnnxElementType.UNDEFINED;
        OnnxType value = new OnnxType.NoType();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = OnnxElementType.numbered(in.varint(), in.offset());
                case 2 -> value = type(in.message());
                default -> in.skip();
            }
        }
        return new OnnxType.MapType(key, value);
    }
}
