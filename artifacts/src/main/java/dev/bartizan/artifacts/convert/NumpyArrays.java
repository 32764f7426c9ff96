package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Array;
import dev.bartizan.artifacts.convert.Node.Bytes;
import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.NumpyType;
import dev.bartizan.artifacts.convert.Node.Scalar;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.artifacts.convert.Node.Weights;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.ElementType;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// NumPy arrays in pickles: `_reconstruct` with a state, `_frombuffer` (protocol 5), single
/// numbers, and what joblib writes between the opcodes (joblib, `numpy_pickle.py`).
final class NumpyArrays {
    private static final int STATE_PARTS = 5;

    private NumpyArrays() {}

    /// The state of a `dtype`: `(version, byte order, …)`.
    static void order(NumpyType type, Node state) throws Refused {
        boolean isPlain =
                state instanceof Items items
                        && items.all().size() >= 2
                        && items.all().get(1) instanceof Text
                        && items.all().subList(2, Math.min(5, items.all().size())).stream()
                                .allMatch(Scalar.NONE::equals);
        if (!isPlain) {
            throw new Refused("an array's elements have fields");
        }
        type.isBigEndian = ((Text) ((Items) state).all().get(1)).value().equals(">");
    }

    /// The element type of a description such as `<f4`.
    static ElementType element(String description) throws Refused {
        String code =
                description.isEmpty() || "<>|=".indexOf(description.charAt(0)) < 0
                        ? description
                        : description.substring(1);
        if (code.startsWith("O")) {
            throw new Refused("an array of objects, which are pickles of their own");
        }
        return ElementType.numpy(code)
                .orElseThrow(() ->
                        new Refused(
                                "an array's elements are \"" + description + "\", not numbers"));
    }

    static Tensor.Storage storage(ByteSource bytes, String description, boolean isBigEndian) {
        boolean isBig = isBigEndian || description.startsWith(">");
        return new Tensor.Storage(bytes, isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /// The state of an array: `(version, shape, type, is Fortran, bytes)`.
    static void fill(Array array, Node state) throws FormatException, Refused {
        boolean isPlain =
                state instanceof Items items
                        && items.all().size() == STATE_PARTS
                        && items.all().get(2) instanceof NumpyType;
        if (!isPlain) {
            throw new Refused("an array has a state of its own");
        }
        List<Node> parts = ((Items) state).all();
        NumpyType type = (NumpyType) parts.get(2);
        ElementType element = element(type.code);
        ByteSource bytes = bytes(parts.get(4));
        boolean isFortran = parts.get(3).equals(Scalar.of(true));
        array.tensor =
                whole(
                        element,
                        shape(parts.get(1)),
                        isFortran,
                        storage(bytes, type.code, type.isBigEndian));
    }

    /// Bytes, or the short texts that protocols before 3 write them as.
    private static ByteSource bytes(Node node) throws Refused {
        return switch (node) {
            case Bytes bytes -> bytes.bytes();
            case Text text when text.value().chars().allMatch(c -> c <= 0xff) ->
                    ByteSource.of(text.value().getBytes(StandardCharsets.ISO_8859_1));
            default -> throw new Refused("an array's elements are objects");
        };
    }

    /// `(buffer, type, shape, order)`.
    static Node fromBuffer(List<Node> arguments) throws FormatException, Refused {
        boolean isPlain =
                arguments.size() == 4
                        && arguments.get(0) instanceof Bytes
                        && arguments.get(1) instanceof NumpyType
                        && arguments.get(3) instanceof Text;
        if (!isPlain) {
            throw new Refused("an array is built from something other than bytes");
        }
        NumpyType type = (NumpyType) arguments.get(1);
        boolean isFortran = ((Text) arguments.get(3)).value().equals("F");
        Tensor.Storage storage =
                storage(((Bytes) arguments.get(0)).bytes(), type.code, type.isBigEndian);
        return new Weights(whole(element(type.code), shape(arguments.get(2)), isFortran, storage));
    }

    /// `(type, bytes)`: one number, kept as a tensor without axes.
    static Node scalar(List<Node> arguments) throws FormatException, Refused {
        boolean isPlain =
                arguments.size() == 2
                        && arguments.get(0) instanceof NumpyType
                        && arguments.get(1) instanceof Bytes;
        if (!isPlain) {
            throw new Refused("a NumPy number that holds something else");
        }
        NumpyType type = (NumpyType) arguments.get(0);
        Tensor.Storage storage =
                storage(((Bytes) arguments.get(1)).bytes(), type.code, type.isBigEndian);
        return new Weights(Tensor.rows(element(type.code), List.of(), storage));
    }

    /// The state of a joblib wrapper names type, shape and order; padding and elements follow.
    static void readInline(Array array, Node state, ByteReader in)
            throws IOException, FormatException, Refused {
        if (!(state instanceof Items items)
                || !(items.entry("dtype").orElse(Scalar.NONE) instanceof NumpyType type)
                || !(items.entry("order").orElse(Scalar.NONE) instanceof Text order)) {
            throw new Refused("a joblib array without type or order");
        }
        ElementType element = element(type.code);
        List<Long> shape = shape(items.entry("shape").orElse(Scalar.NONE));
        Node alignment = items.entry("numpy_array_alignment_bytes").orElse(Scalar.NONE);
        if (!alignment.equals(Scalar.NONE)) {
            in.skip(in.u8());
        }
        long start = in.position();
        long bytes = TorchTensors.times(count(shape), element.bytes());
        in.skip(bytes);
        Tensor.Storage storage =
                storage(in.source().slice(start, bytes), type.code, type.isBigEndian);
        array.tensor = whole(element, shape, order.value().equals("F"), storage);
    }

    static Tensor whole(
            ElementType type, List<Long> shape, boolean isFortran, Tensor.Storage storage)
            throws FormatException, Refused {
        if (TorchTensors.times(count(shape), type.bytes()) != storage.bytes().size()) {
            throw FormatException.broken(0, "An array's bytes do not fit its shape");
        }
        return isFortran ? Tensor.columns(type, shape, storage) : Tensor.rows(type, shape, storage);
    }

    private static long count(List<Long> shape) throws Refused {
        if (shape.contains(0L)) {
            return 0;
        }
        long count = 1;
        for (long size : shape) {
            count = TorchTensors.times(count, size);
        }
        return count;
    }

    private static List<Long> shape(Node node) throws Refused {
        if (!(node instanceof Items items) || items.all().size() > 64) {
            throw new Refused("a shape is no short tuple");
        }
        List<Long> shape = new ArrayList<>();
        for (Node item : items.all()) {
            long size = TorchTensors.whole(item);
            if (size < 0) {
                throw new Refused("a shape with a negative size");
            }
            shape.add(size);
        }
        return shape;
    }
}
