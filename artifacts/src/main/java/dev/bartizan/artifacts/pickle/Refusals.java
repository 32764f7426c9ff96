package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Plain;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import java.util.List;

/// What Python refuses to do with a value, because of the type it surely has.
final class Refusals {
    private Refusals() {}

    /// Whether calling it raises: data is no callable.
    static boolean isCallable(Value value) {
        return switch (value) {
            case Plain _, Whole _, Text _, Value.Bytes _, Group _ -> false;
            case Value.Imported _,
                    Value.Attribute _,
                    Value.Persistent _,
                    Value.Extension _,
                    Value.Unknown _,
                    Made _ ->
                    true;
        };
    }

    /// Whether it is surely none of the tuples that Python's own unpickler wants for a call.
    static boolean isNoTuple(Value arguments) {
        return isBare(arguments)
                || arguments instanceof Value.Bytes
                || (arguments instanceof Group group && group.kind != Group.Kind.TUPLE);
    }

    /// Whether it is a number, a truth, nothing or a text, which take neither items nor attributes.
    static boolean isBare(Value value) {
        return value instanceof Plain || value instanceof Whole || value instanceof Text;
    }

    /// Whether a list, dictionary or set has the method by which items are put, as the items ask.
    static boolean takes(Group.Kind kind, String method, List<Value> items) {
        return switch (kind) {
            case LIST ->
                    method.equals("append")
                            || method.equals("extend")
                            || (method.equals("__setitem__") && areNumbered(items));
            case DICT -> items.isEmpty() || method.equals("__setitem__");
            case SET -> items.isEmpty() || method.equals("update");
            case TUPLE, FROZEN_SET -> items.isEmpty();
        };
    }

    private static boolean areNumbered(List<Value> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i) instanceof Text || pairs.get(i) instanceof Group) {
                return false;
            }
        }
        return true;
    }

    /// Whether a state is one that changes nothing.
    static boolean isEmptyState(Value state) {
        return (state instanceof Plain plain && !plain.shown().equals("True"))
                || (state instanceof Group group && group.count() == 0);
    }

    /// Whether bytes are UTF-8 as Python's pickles have it: surrogates may stand in it
    /// (`surrogatepass`).
    ///
    /// @param isWhole false when the bytes were cut, perhaps within a sign
    static boolean isUtf8(byte[] bytes, boolean isWhole) {
        int at = 0;
        while (at < bytes.length) {
            int lead = bytes[at] & 0xff;
            int more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
            boolean isLead = lead < 0x80 || (lead >= 0xc2 && lead <= 0xf4);
            if (!isLead) {
                return false;
            }
            if (at + more >= bytes.length) {
                return !isWhole;
            }
            for (int i = 1; i <= more; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            at += more + 1;
        }
        return true;
    }
}
