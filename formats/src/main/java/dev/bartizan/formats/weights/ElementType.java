package dev.bartizan.formats.weights;

import java.util.Arrays;
import java.util.Optional;

/// The type of a tensor's elements, under the names that PyTorch, safetensors and NumPy have for
/// it.
public enum ElementType {
    BOOL("bool", "BOOL", "|b1", 1, 1),
    UINT8("uint8", "U8", "|u1", 1, 1),
    INT8("int8", "I8", "|i1", 1, 1),
    UINT16("uint16", "U16", "<u2", 2, 2),
    INT16("int16", "I16", "<i2", 2, 2),
    UINT32("uint32", "U32", "<u4", 4, 4),
    INT32("int32", "I32", "<i4", 4, 4),
    UINT64("uint64", "U64", "<u8", 8, 8),
    INT64("int64", "I64", "<i8", 8, 8),
    FLOAT8_E4M3("float8_e4m3fn", "F8_E4M3", "", 1, 1),
    FLOAT8_E5M2("float8_e5m2", "F8_E5M2", "", 1, 1),
    FLOAT8_E4M3FNUZ("float8_e4m3fnuz", "F8_E4M3FNUZ", "", 1, 1),
    FLOAT8_E5M2FNUZ("float8_e5m2fnuz", "F8_E5M2FNUZ", "", 1, 1),
    FLOAT8_E8M0("float8_e8m0fnu", "F8_E8M0", "", 1, 1),
    FLOAT16("float16", "F16", "<f2", 2, 2),
    BFLOAT16("bfloat16", "BF16", "", 2, 2),
    FLOAT32("float32", "F32", "<f4", 4, 4),
    FLOAT64("float64", "F64", "<f8", 8, 8),
    COMPLEX64("complex64", "C64", "<c8", 8, 4),
    COMPLEX128("complex128", "", "<c16", 16, 8);

    private final String torch;
    private final String safetensors;
    private final String numpy;
    private final int bytes;
    private final int swapped;

    ElementType(String torch, String safetensors, String numpy, int bytes, int swapped) {
        this.torch = torch;
        this.safetensors = safetensors;
        this.numpy = numpy;
        this.bytes = bytes;
        this.swapped = swapped;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// Bytes that change places between byte orders: one component of a complex number.
    int swappedBytes() {
        return swapped;
    }

    /// PyTorch's name, such as `bfloat16`.
    public String word() {
        return torch;
    }

    /// The name in a safetensors header; empty when that format has no such type.
    public Optional<String> safetensors() {
        return safetensors.isEmpty() ? Optional.empty() : Optional.of(safetensors);
    }

    /// NumPy's description, little-endian; empty when NumPy has no such type.
    public Optional<String> numpy() {
        return numpy.isEmpty() ? Optional.empty() : Optional.of(numpy);
    }

    /// The type that PyTorch calls so.
    public static Optional<ElementType> torch(String name) {
        String plain =
                switch (name) {
                    case "float" -> "float32";
                    case "double" -> "float64";
                    case "half" -> "float16";
                    case "cfloat" -> "complex64";
                    case "cdouble" -> "complex128";
                    case "short" -> "int16";
                    case "int" -> "int32";
                    case "long" -> "int64";
                    default -> name;
                };
        return Arrays.stream(values()).filter(type -> type.torch.equals(plain)).findFirst();
    }

    /// The type of a storage class, such as `FloatStorage`.
    public static Optional<ElementType> torchStorage(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "BoolStorage" -> BOOL;
                    case "ByteStorage" -> UINT8;
                    case "CharStorage" -> INT8;
                    case "ShortStorage" -> INT16;
                    case "IntStorage" -> INT32;
                    case "LongStorage" -> INT64;
                    case "HalfStorage" -> FLOAT16;
                    case "BFloat16Storage" -> BFLOAT16;
                    case "FloatStorage" -> FLOAT32;
                    case "DoubleStorage" -> FLOAT64;
                    case "ComplexFloatStorage" -> COMPLEX64;
                    case "ComplexDoubleStorage" -> COMPLEX128;
                    default -> null;
                });
    }

    /// The type that NumPy describes so, without byte order: `f4`, `b1`, `?`.
    public static Optional<ElementType> numpy(String code) {
        String plain = code.equals("?") ? "b1" : code;
        return Arrays.stream(values())
                .filter(type -> !type.numpy.isEmpty() && type.numpy.substring(1).equals(plain))
                .findFirst();
    }
}
