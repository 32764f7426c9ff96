package dev.bartizan.artifacts;

import java.util.Arrays;

/// Pickles written as what they do: names, calls, states and data nested in one another. Protocol 4
/// throughout. What they name is never run here or anywhere.
final class PickleParts {
    private PickleParts() {}

    /// A piece that leaves one value on the stack.
    interface Part {
        void write(Pickles pickle);
    }

    /// A pickle of one value.
    static byte[] pickle(Part part) {
        Pickles pickle = Pickles.protocol(4);
        part.write(pickle);
        return pickle.stop();
    }

    /// `module:name`, fetched by STACK_GLOBAL.
    static Part name(String dotted) {
        String[] parts = dotted.split(":", 2);
        return pickle -> pickle.shortText(parts[0]).shortText(parts[1]).op(0x93);
    }

    static Part text(String value) {
        return pickle -> pickle.text(value);
    }

    static Part bytes(byte[] value) {
        return pickle -> pickle.bytes(value);
    }

    static Part number(int value) {
        return pickle -> pickle.op('J').int32(value);
    }

    static Part none() {
        return pickle -> pickle.op('N');
    }

    static Part tuple(Part... items) {
        return group('t', items);
    }

    static Part list(Part... items) {
        return group('l', items);
    }

    static Part dict(Part... keysAndValues) {
        return group('d', keysAndValues);
    }

    private static Part group(int opcode, Part... items) {
        return pickle -> {
            pickle.op('(');
            Arrays.asList(items).forEach(item -> item.write(pickle));
            pickle.op(opcode);
        };
    }

    /// REDUCE.
    static Part call(Part callable, Part... arguments) {
        return pickle -> {
            callable.write(pickle);
            tuple(arguments).write(pickle);
            pickle.op('R');
        };
    }

    static Part call(String callable, Part... arguments) {
        return call(name(callable), arguments);
    }

    /// NEWOBJ.
    static Part made(String type, Part... arguments) {
        return pickle -> {
            name(type).write(pickle);
            tuple(arguments).write(pickle);
            pickle.op(0x81);
        };
    }

    /// BUILD.
    static Part built(Part object, Part state) {
        return pickle -> {
            object.write(pickle);
            state.write(pickle);
            pickle.op('b');
        };
    }

    /// APPEND.
    static Part appended(Part object, Part item) {
        return pickle -> {
            object.write(pickle);
            item.write(pickle);
            pickle.op('a');
        };
    }
}
