package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Persistent;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;

/// Tensors, arrays and dates whose parts contradict each other, so that PyTorch, NumPy or Python
/// refuses to make them. Whatever is not written out counts as right.
final class Mismatches {
    private static final Set<String> REBUILD_TENSORS =
            Set.of(
                    "torch._utils._rebuild_tensor",
                    "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_qtensor",
                    "torch._utils._rebuild_qtensor_v2");

    /// Kinds of numbers that say how many bytes one takes (NumPy, "The array interface", typestr).
    private static final LazyPattern SIZED = LazyPattern.of("[<>|=]?([biufcSVUmM])(\\d{1,9})");

    private static final int DATETIME_BYTES = 10;
    private static final int TIME_BYTES = 6;
    private static final int DATE_BYTES = 4;

    private Mismatches() {}

    /// What contradicts itself in a call; empty when nothing does.
    static String called(Made made) {
        if (!(made.callable instanceof Imported imported)) {
            return "";
        }
        List<Value> given = made.positional();
        String name = Names.canonical(imported);
        if (REBUILD_TENSORS.contains(name)) {
            return given.size() >= 4 ? tensor(given) : "";
        }
        return switch (name) {
            case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" ->
                    given.size() == 2
                            ? array(
                                    new Group(Group.Kind.TUPLE, List.of()),
                                    given.get(0),
                                    given.get(1))
                            : "";
            case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" ->
                    given.size() >= 3 ? array(given.get(2), given.get(1), given.get(0)) : "";
            case "datetime.datetime" -> date(given, DATETIME_BYTES);
            case "datetime.time" -> date(given, TIME_BYTES);
            case "datetime.date" -> date(given, DATE_BYTES);
            default -> "";
        };
    }

    /// What contradicts itself in the state of an array: version, shape, type, order, data (NumPy,
    /// `ndarray.__setstate__`).
    static String state(Value object, Value state) {
        boolean isArray =
                object instanceof Made made
                        && made.callable instanceof Imported imported
                        && Names.canonical(imported)
                                .matches("numpy\\._?core\\.multiarray\\._reconstruct");
        return isArray && state instanceof Group parts && parts.count() == 5
                ? array(parts.items().get(1), parts.items().get(2), parts.items().get(4))
                : "";
    }

    /// Storage, offset, size, strides, each in numbers of the storage's type.
    private static String tensor(List<Value> given) {
        if (!(given.get(2) instanceof Group sizes)
                || !(given.get(3) instanceof Group strides)
                || sizes.count() != strides.count()) {
            return "";
        }
        double last = whole(given.get(1), 0);
        boolean isEmpty = false;
        boolean isNegative = last < 0;
        for (int i = 0; i < sizes.items().size(); i++) {
            double size = whole(sizes.items().get(i), 1);
            double stride = whole(strides.items().get(i), 0);
            isNegative |= size < 0 || stride < 0;
            isEmpty |= size == 0;
            last += (size - 1) * stride;
        }
        if (isNegative) {
            return "A tensor has an offset, a size or a stride below nothing";
        }
        OptionalLong count =
                given.getFirst() instanceof Persistent storage
                        ? StorageClaims.count(storage.id())
                        : OptionalLong.empty();
        return !isEmpty && count.isPresent() && last >= count.getAsLong()
                ? String.format(
                        java.util.Locale.ROOT,
                        "A tensor reaches number %.0f of a storage of %d",
                        last + 1,
                        count.getAsLong())
                : "";
    }

    private static String array(Value shape, Value type, Value data) {
        if (!(shape instanceof Group sizes) || !sizes.isWhole()) {
            return "";
        }
        double count = 1;
        for (Value size : sizes.items()) {
            if (!(size instanceof Whole whole)) {
                return "";
            }
            if (whole.value() < 0) {
                return "An array has a size below nothing";
            }
            count *= whole.value();
        }
        int width = width(type);
        return width > 0 && data instanceof Bytes bytes && bytes.bytes().size() != count * width
                ? String.format(
                        java.util.Locale.ROOT,
                        "An array of %.0f values of %d bytes has %d bytes",
                        count,
                        width,
                        bytes.bytes().size())
                : "";
    }

    /// Bytes of one value of a `numpy.dtype`; 0 when it is not told by its name.
    private static int width(Value type) {
        if (!(type instanceof Made made)
                || !(made.callable instanceof Imported imported)
                || !Names.canonical(imported).equals("numpy.dtype")
                || made.positional().isEmpty()
                || !(made.positional().getFirst() instanceof Text name)) {
            return 0;
        }
        Matcher sized = SIZED.matcher(name.value());
        if (!sized.matches()) {
            return 0;
        }
        int number = Integer.parseInt(sized.group(2));
        return sized.group(1).equals("U") ? 4 * number : number;
    }

    private static String date(List<Value> given, int length) {
        return !given.isEmpty()
                        && given.getFirst() instanceof Bytes bytes
                        && bytes.bytes().size() != length
                ? "A date or time of " + bytes.bytes().size() + " bytes"
                : "";
    }

    private static double whole(Value value, double otherwise) {
        return value instanceof Whole whole ? whole.value() : otherwise;
    }
}
