package dev.bartizan.artifacts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Assembles pickles opcode by opcode. What they name is never run here or anywhere.
final class Pickles {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Pickles protocol(int version) {
        Pickles pickle = new Pickles();
        return version < 2 ? pickle : pickle.op(0x80).op(version);
    }

    Pickles op(int opcode) {
        out.write(opcode);
        return this;
    }

    Pickles ops(String opcodes) {
        return raw(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Pickles raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Pickles text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op('X').int32(utf8.length);
        return raw(utf8);
    }

    Pickles shortText(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return op(0x8c).op(utf8.length).raw(utf8);
    }

    Pickles bytes(byte[] value) {
        op('B').int32(value.length);
        return raw(value);
    }

    Pickles int32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    Pickles int64(long value) {
        return int32((int) value).int32((int) (value >>> 32));
    }

    Pickles global(String module, String name) {
        return ops("c" + module + "\n" + name + "\n");
    }

    /// `module.name(argument)` by GLOBAL and REDUCE.
    Pickles call(String module, String name, String argument) {
        return global(module, name).text(argument).op(0x85).op('R');
    }

    byte[] stop() {
        return op('.').bytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] calling(String module, String name) {
        return protocol(2).call(module, name, "echo marker").stop();
    }
}
