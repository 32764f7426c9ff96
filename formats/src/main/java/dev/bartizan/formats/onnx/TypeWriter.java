package dev.bartizan.formats.onnx;

import java.util.List;
import java.util.Optional;

/// Writes `ValueInfoProto` and `TypeProto`.
final class TypeWriter {
    private TypeWriter() {}

    static void info(ProtobufOutput out, OnnxValueInfo info) {
        out.text(1, info.name());
        if (!(info.type() instanceof OnnxType.NoType)) {
            out.message(2, inner -> type(inner, info.type()));
        }
        out.text(3, info.docString());
    }

    static void type(ProtobufOutput out, OnnxType type) {
        switch (type) {
            case OnnxType.TensorType(var elementType, var shape) ->
                    out.message(1, inner -> shaped(inner, elementType, shape));
            case OnnxType.SequenceType(OnnxType of) ->
                    out.message(4, inner -> inner.message(1, deep -> type(deep, of)));
            case OnnxType.MapType(var key, OnnxType value) ->
                    out.message(
                            5,
                            inner -> {
                                inner.always(1, key.number());
                                inner.message(2, deep -> type(deep, value));
                            });
            case OnnxType.SparseType(var elementType, var shape) ->
                    out.message(8, inner -> shaped(inner, elementType, shape));
            case OnnxType.OptionalType(OnnxType of) ->
                    out.message(9, inner -> inner.message(1, deep -> type(deep, of)));
            case OnnxType.NoType _ -> {}
        }
    }

    private static void shaped(
            ProtobufOutput out, OnnxElementType elementType, Optional<List<OnnxDimension>> shape) {
        out.always(1, elementType.number());
        shape.ifPresent(dims -> out.message(2, inner -> shape(inner, dims)));
    }

    private static void shape(ProtobufOutput out, List<OnnxDimension> dims) {
        for (OnnxDimension dim : dims) {
            out.message(
                    1,
                    inner -> {
                        switch (dim) {
                            case OnnxDimension.Fixed(long size) -> inner.always(1, size);
                            case OnnxDimension.Named(String name) -> inner.alwaysText(2, name);
                            case OnnxDimension.Unknown _ -> {}
                        }
                    });
        }
    }
}
