package dev.bartizan.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `TensorProto` and `SparseTensorProto`. Whatever field held the elements, they come out
/// little-endian and as many as the shape says.
final class TensorParser {
    private static final long DATA_LOCATION_EXTERNAL = 1;

    private String name = "";
    private String doc = "";
    private OnnxElementType type = OnnxElementType.UNDEFINED;
    private boolean isExternal;
    private @Nullable OnnxBytes raw;
    private final NumberList dims = new NumberList();
    private final NumberList floats = new NumberList();
    private final NumberList ints = new NumberList();
    private final NumberList longs = new NumberList();
    private final NumberList doubles = new NumberList();
    private final NumberList unsigned = new NumberList();
    private final List<OnnxBytes> texts = new ArrayList<>();
    private final Map<String, String> external = new LinkedHashMap<>();

    private TensorParser() {}

    static OnnxTensor tensor(ProtobufInput in) throws OnnxFormatException {
        TensorParser parser = new TensorParser();
        while (in.next()) {
            parser.field(in);
        }
        return parser.result(in);
    }

    static OnnxSparseTensor sparse(ProtobufInput in) throws OnnxFormatException {
        OnnxTensor values = null;
        OnnxTensor indices = null;
        NumberList dims = new NumberList();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> values = tensor(in.message());
                case 2 -> indices = tensor(in.message());
                case 3 -> dims.addVarints(in);
                default -> in.skip();
            }
        }
        if (values == null || indices == null) {
            throw in.malformed("A sparse tensor lacks its values or its indices");
        }
        return new OnnxSparseTensor(values, indices, shape(in, dims));
    }

    private void field(ProtobufInput in) throws OnnxFormatException {
        switch (in.field()) {
            case 1 -> dims.addVarints(in);
            case 2 -> type = OnnxElementType.numbered(in.varint(), in.offset());
            case 4 -> floats.addFloats(in);
            case 5 -> ints.addVarints(in);
            case 6 -> texts.add(in.content());
            case 7 -> longs.addVarints(in);
            case 8 -> name = in.name();
            case 9 -> raw = in.content();
            case 10 -> doubles.addDoubles(in);
            case 11 -> unsigned.addVarints(in);
            case 12 -> doc = in.text(OnnxLimits.MAX_TEXT_BYTES);
            case 13 -> entry(in.message(), external);
            case 14 -> isExternal = in.varint() == DATA_LOCATION_EXTERNAL;
            default -> in.skip();
        }
    }

    /// Reads a `StringStringEntryProto` into the map.
    static void entry(ProtobufInput in, Map<String, String> into) throws OnnxFormatException {
        String key = "";
        String value = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.name();
                case 2 -> value = in.text(OnnxLimits.MAX_TEXT_BYTES);
                default -> in.skip();
            }
        }
        into.put(key, value);
    }

    private static List<Long> shape(ProtobufInput in, NumberList dims) throws OnnxFormatException {
        if (dims.size() > OnnxLimits.MAX_RANK) {
            throw in.malformed(
                    "A tensor has "
                            + dims.size()
                            + " dimensions, more than "
                            + OnnxLimits.MAX_RANK);
        }
        List<Long> shape = PackedList.ofLongs(dims.toLongs());
        for (long dim : shape) {
            if (dim < 0) {
                throw in.malformed("A tensor has a dimension of " + dim);
            }
        }
        return shape;
    }

    private OnnxTensor result(ProtobufInput in) throws OnnxFormatException {
        List<Long> shape = shape(in, dims);
        try {
            OnnxTensor empty = new OnnxTensor(name, type, shape, data(in), doc);
            check(in, empty, empty.elements());
            return empty;
        } catch (ArithmeticException e) {
            OnnxFormatException broken =
                    in.malformed("Tensor \"" + name + "\" has a shape too large: " + shape);
            broken.initCause(e);
            throw broken;
        }
    }

    private void check(ProtobufInput in, OnnxTensor tensor, long elements)
            throws OnnxFormatException {
        switch (tensor.data()) {
            case OnnxTensorData.Inline(OnnxBytes bytes) -> {
                if (type == OnnxElementType.STRING || type == OnnxElementType.UNDEFINED) {
                    require(in, bytes.size() == 0 && elements == 0, bytes.size(), 0);
                    return;
                }
                require(
                        in,
                        bytes.size() == type.bytes(elements),
                        bytes.size(),
                        type.bytes(elements));
            }
            case OnnxTensorData.Texts(List<OnnxBytes> values) ->
                    require(in, values.size() == elements, values.size(), elements);
            case OnnxTensorData.External _ -> type.bytes(elements);
        }
    }

    private void require(ProtobufInput in, boolean holds, long found, long wanted)
            throws OnnxFormatException {
        if (!holds) {
            throw in.malformed(
                    "Tensor \""
                            + name
                            + "\" of "
                            + type.word()
                            + " "
                            + dims.size()
                            + "-dimensional holds "
                            + found
                            + ", its shape takes "
                            + wanted);
        }
    }

    private OnnxTensorData data(ProtobufInput in) throws OnnxFormatException {
        if (isExternal) {
            return new OnnxTensorData.External(external);
        }
        if (raw != null) {
            return new OnnxTensorData.Inline(raw);
        }
        if (type == OnnxElementType.STRING) {
            return new OnnxTensorData.Texts(texts);
        }
        return new OnnxTensorData.Inline(OnnxBytes.view(packed(in)));
    }

    private ByteBuffer packed(ProtobufInput in) throws OnnxFormatException {
        return switch (type) {
            case FLOAT, COMPLEX64 -> pack(in, floats, Integer.BYTES);
            case DOUBLE, COMPLEX128 -> pack(in, doubles, Long.BYTES);
            case INT64 -> pack(in, longs, Long.BYTES);
            case UINT64 -> pack(in, unsigned, Long.BYTES);
            case UINT32 -> pack(in, unsigned, Integer.BYTES);
            case INT32 -> pack(in, ints, Integer.BYTES);
            case UINT16, INT16, FLOAT16, BFLOAT16 -> pack(in, ints, Short.BYTES);
            case UINT8,
                    INT8,
                    BOOL,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    UINT4,
                    INT4,
                    FLOAT4E2M1,
                    FLOAT8E8M0,
                    UINT2,
                    INT2 ->
                    pack(in, ints, 1);
            case STRING, UNDEFINED -> ByteBuffer.allocate(0);
        };
    }

    private static ByteBuffer pack(ProtobufInput in, NumberList values, int width)
            throws OnnxFormatException {
        long size = (long) values.size() * width;
        if (size > Integer.MAX_VALUE - 16) {
            throw in.malformed("A tensor of " + size + " bytes is too large");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.size(); i++) {
            switch (width) {
                case 1 -> bytes.put((byte) values.get(i));
                case Short.BYTES -> bytes.putShort((short) values.get(i));
                case Integer.BYTES -> bytes.putInt((int) values.get(i));
                default -> bytes.putLong(values.get(i));
            }
        }
        return bytes.flip();
    }
}
