package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// A link of a group of the new style (section IV.A.2.g).
sealed interface LinkMessage {
    /// Name in the group.
    String name();

    /// To an object header.
    record Hard(String name, long address) implements LinkMessage {}

    /// To a path in the same file.
    record Soft(String name, String target) implements LinkMessage {}

    /// To a path in another file.
    record External(String name, String file, String target) implements LinkMessage {}

    /// Of a kind that a program registers.
    record UserDefined(String name, int type) implements LinkMessage {}

    static LinkMessage read(Hdf5Input input, ByteSource bytes) throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        if (version != 1) {
            throw FormatException.broken(0, "No link has version " + version);
        }
        int flags = in.u8();
        int type = (flags & 8) != 0 ? in.u8() : 0;
        in.skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
        long nameBytes = Hdf5Input.number(in, 1 << (flags & 3));
        if (nameBytes < 0 || nameBytes > in.remaining()) {
            throw FormatException.broken(0, "A link's name is longer than the link");
        }
        String name = in.utf8((int) nameBytes);
        if (type == 0) {
            return new Hard(name, input.offset(in));
        }
        int size = in.u16();
        if (size > in.remaining()) {
            throw FormatException.truncated(0, "A link's target is longer than the link");
        }
        if (type == 1) {
            return new Soft(name, in.utf8(size));
        }
        if (type != 64) {
            return new UserDefined(name, type);
        }
        ByteSource value = bytes.slice(in.position() + 1, Math.max(0, size - 1));
        String file = Hdf5Input.zeroEnded(value, 0);
        long second = file.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1L;
        return new External(name, file, Hdf5Input.zeroEnded(value, second));
    }
}
