package dev.bartizan.formats.npy;

import java.util.Arrays;
import java.util.Optional;

/// The type of an array's elements.
public enum NpyType {
    FLOAT32("f4"),
    FLOAT64("f8"),
    INT32("i4"),
    INT64("i8"),
    UINT8("u1"),
    BOOL("b1");

    private final String code;

    NpyType(String code) {
        this.code = code;
    }

    /// NumPy's kind and size, without byte order.
    public String code() {
        return code;
    }

    /// Bytes of one element.
    public int bytes() {
        return code.charAt(1) - '0';
    }

    /// Whether elements are floating-point numbers.
    public boolean isFloating() {
        return code.charAt(0) == 'f';
    }

    static Optional<NpyType> coded(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }
}
