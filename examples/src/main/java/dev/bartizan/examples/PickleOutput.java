package dev.bartizan.examples;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes pickle opcodes one by one (CPython, `Lib/pickletools.py`). Writes only; nothing here can
/// read a pickle.
final class PickleOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleOutput(int protocol) {
        op(0x80);
        bytes.write(protocol);
    }

    private void op(int opcode) {
        bytes.write(opcode);
    }

    private void little(int value) {
        byte[] four = new byte[Integer.BYTES];
        ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
        bytes.writeBytes(four);
    }

    PickleOutput mark() {
        op('(');
        return this;
    }

    /// Pushes a name to be looked up, as protocols up to 3 do.
    PickleOutput global(String module, String name) {
        op('c');
        bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Takes module and name from the stack, as protocol 4 does.
    PickleOutput stackGlobal() {
        op(0x93);
        return this;
    }

    PickleOutput text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op('X');
        little(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    PickleOutput integer(int value) {
        if (value >= 0 && value < 256) {
            op('K');
            bytes.write(value);
        } else {
            op('J');
            little(value);
        }
        return this;
    }

    PickleOutput number(double value) {
        op('G');
        byte[] eight = new byte[Double.BYTES];
        ByteBuffer.wrap(eight).putDouble(value);
        bytes.writeBytes(eight);
        return this;
    }

    PickleOutput isFalse() {
        op(0x89);
        return this;
    }

    PickleOutput emptyDictionary() {
        op('}');
        return this;
    }

    PickleOutput emptyList() {
        op(']');
        return this;
    }

    PickleOutput emptyTuple() {
        op(')');
        return this;
    }

    /// A tuple of everything since the mark.
    PickleOutput tuple() {
        op('t');
        return this;
    }

    /// Keys and values since the mark into the dictionary below it.
    PickleOutput setItems() {
        op('u');
        return this;
    }

    /// Everything since the mark into the list below it.
    PickleOutput appends() {
        op('e');
        return this;
    }

    /// Calls what lies below the tuple with it.
    PickleOutput reduce() {
        op('R');
        return this;
    }

    /// An object kept elsewhere, named by what is on the stack.
    PickleOutput persistentId() {
        op('Q');
        return this;
    }

    byte[] stop() {
        op('.');
        return bytes.toByteArray();
    }
}
