package dev.bartizan.artifacts.pickle;

import dev.bartizan.formats.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// What stands on the symbolic stack: data is data, everything that loading would import, call or
/// fetch stays a symbol.
sealed interface Value {
    /// How many values it stands for when shared parts are counted each time.
    default double weight() {
        return 1;
    }

    /// How many bytes of data it holds that something else could read.
    default long dataBytes() {
        return 0;
    }

    /// A value whose content does not matter: None, truth values, floats, huge integers.
    record Plain(String shown) implements Value {}

    /// A whole number.
    record Whole(long value) implements Value {}

    /// Text; only the first characters of a long one.
    ///
    /// @param isWhole whether all of it is there
    /// @param bytes where the whole text stands
    record Text(String value, boolean isWhole, ByteSource bytes) implements Value {
        @Override
        public long dataBytes() {
            return Math.max(bytes.size(), value.length());
        }
    }

    /// Bytes, left where they stand.
    record Bytes(ByteSource bytes) implements Value {
        @Override
        public long dataBytes() {
            return bytes.size();
        }
    }

    /// A name fetched from a module.
    record Imported(Name what, long offset) implements Value {
        Imported(String module, String name, long offset) {
            this(Name.of(module, name), offset);
        }

        String module() {
            return what.module();
        }

        String name() {
            return what.name();
        }

        String dotted() {
            return what.dotted();
        }
    }

    /// An attribute fetched from another value.
    record Attribute(Value of, String name) implements Value {}

    /// An object that the loading program supplies for an id.
    record Persistent(Value id) implements Value {}

    /// An object that the loading program registered for a code.
    record Extension(long code) implements Value {}

    /// Something that could not be followed.
    record Unknown(String why) implements Value {}

    /// A tuple, list, set or dictionary (keys and values in turn).
    final class Group implements Value {
        private static final int MOST_KEPT = 4096;

        /// What kind of group.
        enum Kind {
            TUPLE,
            LIST,
            SET,
            FROZEN_SET,
            DICT
        }

        final Kind kind;
        private final ArrayList<Value> items;
        private long count;
        private double weight = 1;
        private int depth = 1;

        Group(Kind kind, List<Value> items) {
            this.kind = kind;
            this.items = new ArrayList<>(Math.min(items.size(), MOST_KEPT));
            items.forEach(this::add);
        }

        void add(Value value) {
            count++;
            weight += value.weight();
            if (value instanceof Group group) {
                depth = Math.max(depth, group.depth + 1);
            }
            if (items.size() < MOST_KEPT) {
                items.add(value);
            }
        }

        List<Value> items() {
            return items;
        }

        long count() {
            return count;
        }

        /// How deep groups lie in it, as far as they were there when they were put in.
        int depth() {
            return depth;
        }

        /// Whether Python could use it as a key.
        boolean isHashable() {
            return kind == Kind.TUPLE || kind == Kind.FROZEN_SET;
        }

        boolean isWhole() {
            return count == items.size();
        }

        @Override
        public double weight() {
            return weight;
        }
    }

    /// How something is called.
    enum How {
        REDUCE,
        NEW,
        INSTANCE,
        PARTIAL
    }

    /// The result of a call.
    final class Made implements Value {
        final Value callable;
        final Value arguments;
        final How how;
        final long offset;
        private final double weight;
        private Value state = new Plain("None");
        private int number;

        Made(Value callable, Value arguments, How how, long offset) {
            this.callable = callable;
            this.arguments = arguments;
            this.how = how;
            this.offset = offset;
            this.weight = arguments.weight() + 1;
        }

        @Override
        public double weight() {
            return weight;
        }

        void state(Value value) {
            state = value;
        }

        Value state() {
            return state;
        }

        /// What an account of the pickle calls it; empty while nothing does.
        String label() {
            return number == 0 ? "" : "v" + number;
        }

        /// Which of the things made it is, counted from 1.
        void number(int nth) {
            number = nth;
        }

        /// The positional arguments; empty when they are not a tuple.
        List<Value> positional() {
            return arguments instanceof Group group ? group.items() : List.of();
        }
    }
}
