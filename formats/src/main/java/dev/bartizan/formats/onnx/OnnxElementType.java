package dev.bartizan.formats.onnx;

import java.util.Locale;

/// The type of a tensor's elements, with the numbers of `TensorProto.DataType`.
public enum OnnxElementType {
    UNDEFINED(0, 0),
    FLOAT(1, 32),
    UINT8(2, 8),
    INT8(3, 8),
    UINT16(4, 16),
    INT16(5, 16),
    INT32(6, 32),
    INT64(7, 64),
    STRING(8, 0),
    BOOL(9, 8),
    FLOAT16(10, 16),
    DOUBLE(11, 64),
    UINT32(12, 32),
    UINT64(13, 64),
    COMPLEX64(14, 64),
    COMPLEX128(15, 128),
    BFLOAT16(16, 16),
    FLOAT8E4M3FN(17, 8),
    FLOAT8E4M3FNUZ(18, 8),
    FLOAT8E5M2(19, 8),
    FLOAT8E5M2FNUZ(20, 8),
    UINT4(21, 4),
    INT4(22, 4),
    FLOAT4E2M1(23, 4),
    FLOAT8E8M0(24, 8),
    UINT2(25, 2),
    INT2(26, 2);

    private final int number;
    private final int bits;

    OnnxElementType(int number, int bits) {
        this.number = number;
        this.bits = bits;
    }

    /// Bits of one element; 0 for text and the undefined type.
    public int bits() {
        return bits;
    }

    /// The number in the file.
    public int number() {
        return number;
    }

    /// Lower-case name for people, such as `float`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Bytes of that many elements, the last byte filled up.
    public long bytes(long elements) {
        return Math.ceilDiv(Math.multiplyExact(elements, (long) bits), 8L);
    }

    static OnnxElementType numbered(long number, long offset) throws OnnxFormatException {
        for (OnnxElementType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new OnnxFormatException("Unknown element type " + number, offset);
    }
}
