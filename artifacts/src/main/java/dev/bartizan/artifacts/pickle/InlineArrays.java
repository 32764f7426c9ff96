package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;

/// Array bytes that joblib writes between the opcodes, right behind the state of a
/// `NumpyArrayWrapper` (joblib, `numpy_pickle.py`, `NumpyArrayWrapper.read_array`). An array of
/// objects is a whole pickle there.
final class InlineArrays {
    private static final int DEEPEST = 64;
    private static final LazyPattern TYPE =
            LazyPattern.of("[<>|=]?([?biufcSUVmM])([0-9]{0,9})(\\[.*\\])?");

    private final ByteReader in;
    private final PickleEvents events;
    private final Faults faults;
    private final int depth;

    InlineArrays(ByteReader in, PickleEvents events, Faults faults, int depth) {
        this.in = in;
        this.events = events;
        this.faults = faults;
        this.depth = depth;
    }

    /// Moves behind the array when the object is a wrapper whose array stands here.
    void readBehind(Made object) throws IOException, FormatException {
        boolean isWrapper =
                object.callable instanceof Imported type
                        && type.module().equals("joblib.numpy_pickle")
                        && type.name().equals("NumpyArrayWrapper");
        if (!isWrapper || !(object.state() instanceof Group state)) {
            return;
        }
        long at = in.position();
        Value type = entry(state, "dtype").orElse(new Value.Unknown("no dtype"));
        if (isObjects(type)) {
            if (depth >= DEEPEST) {
                throw FormatException.limit(at, "More than " + DEEPEST + " arrays in one another");
            }
            Interpreter.inner(in, events, faults, depth + 1).run();
            return;
        }
        long items = items(entry(state, "shape").orElse(new Value.Unknown("no shape")), at);
        long bytes;
        try {
            bytes = Math.multiplyExact(items, itemBytes(type, at));
        } catch (ArithmeticException e) {
            throw FormatException.broken(at, "An array larger than any file");
        }
        if (entry(state, "numpy_array_alignment_bytes")
                .filter(Whole.class::isInstance)
                .isPresent()) {
            in.skip(in.u8());
        }
        in.skip(bytes);
    }

    private static Optional<Value> entry(Group state, String key) {
        for (int i = 0; i + 1 < state.items().size(); i += 2) {
            if (state.items().get(i) instanceof Text text && text.value().equals(key)) {
                return Optional.of(state.items().get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> code(Value type) {
        return type instanceof Made made
                        && !made.positional().isEmpty()
                        && made.positional().getFirst() instanceof Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static boolean isObjects(Value type) {
        return code(type).filter(code -> code.matches("[|<>=]?O[0-9]*")).isPresent();
    }

    private static long items(Value shape, long at) throws FormatException {
        if (!(shape instanceof Group group)) {
            throw FormatException.unsupported(at, "The shape of a joblib array is computed");
        }
        long items = 1;
        for (Value axis : group.items()) {
            if (!(axis instanceof Whole whole) || whole.value() < 0) {
                throw FormatException.broken(
                        at, "The shape of a joblib array is not of whole numbers");
            }
            try {
                items = Math.multiplyExact(items, whole.value());
            } catch (ArithmeticException e) {
                throw FormatException.broken(at, "An array larger than any file");
            }
        }
        return items;
    }

    private static long itemBytes(Value type, long at) throws FormatException {
        Matcher matcher = TYPE.matcher(code(type).orElse(""));
        if (!matcher.matches()) {
            throw FormatException.unsupported(at, "The type of a joblib array is not known");
        }
        String digits = matcher.group(2);
        long size = digits.isEmpty() ? 1 : Long.parseLong(digits);
        return matcher.group(1).equals("U") ? size * 4 : size;
    }
}
