package dev.bartizan.formats.weights;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A tensor as a view on stored bytes; nothing is copied until it is written.
///
/// @param type of the elements
/// @param shape sizes of the axes; empty for a single number
/// @param strides elements between neighbours along each axis, not negative
/// @param offset first element, counted from the start of the storage
/// @param storage bytes that other tensors may share
public record Tensor(
        ElementType type, List<Long> shape, List<Long> strides, long offset, Storage storage) {
    private static final int MOST_AXES = 64;

    /// Stored bytes.
    ///
    /// @param order of the bytes of each number
    public record Storage(ByteSource bytes, ByteOrder order) {}

    public Tensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /// A tensor whose elements follow one another, the last axis fastest.
    ///
    /// @throws FormatException as {@link #checked}
    public static Tensor rows(ElementType type, List<Long> shape, Storage storage)
            throws FormatException {
        List<Long> strides = new ArrayList<>(shape);
        long step = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides.set(axis, step);
            step *= Math.max(1, shape.get(axis));
        }
        return new Tensor(type, shape, strides, 0, storage).checked();
    }

    /// The same with the first axis fastest, as Fortran stores.
    ///
    /// @throws FormatException as {@link #checked}
    public static Tensor columns(ElementType type, List<Long> shape, Storage storage)
            throws FormatException {
        List<Long> strides = new ArrayList<>();
        long step = 1;
        for (long size : shape) {
            strides.add(step);
            step *= Math.max(1, size);
        }
        return new Tensor(type, shape, strides, 0, storage).checked();
    }

    /// This tensor, every element of which lies in its storage.
    ///
    /// @throws FormatException when one does not, or sizes are negative or without bound
    public Tensor checked() throws FormatException {
        if (shape.size() != strides.size() || shape.size() > MOST_AXES || offset < 0) {
            throw FormatException.broken(0, "A tensor's shape, strides and offset do not fit");
        }
        try {
            long last = offset;
            for (int axis = 0; axis < shape.size(); axis++) {
                if (shape.get(axis) < 0 || strides.get(axis) < 0) {
                    throw FormatException.broken(0, "A tensor has a negative size or stride");
                }
                long steps = Math.max(0, shape.get(axis) - 1);
                last = Math.addExact(last, Math.multiplyExact(steps, strides.get(axis)));
            }
            long end = Math.multiplyExact(Math.addExact(last, 1), (long) type.bytes());
            if (byteCount() > 0 && end > storage.bytes().size()) {
                throw FormatException.broken(
                        0,
                        "A tensor reaches to byte "
                                + end
                                + " of a storage of "
                                + storage.bytes().size());
            }
        } catch (ArithmeticException e) {
            throw FormatException.limit(0, "A tensor is larger than any file");
        }
        return this;
    }

    /// Bytes of all elements.
    ///
    /// @throws ArithmeticException when there are more than 2^63
    public long byteCount() {
        long count = type.bytes();
        for (long size : shape) {
            if (size == 0) {
                return 0;
            }
        }
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}
