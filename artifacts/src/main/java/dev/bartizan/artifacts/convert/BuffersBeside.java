package dev.bartizan.artifacts.convert;

import dev.bartizan.formats.ByteSource;
import java.util.List;

/// Buffers that a pickle of protocol 5 handed over beside itself (PEP 574, "Out-of-band data"), in
/// the order in which its writer gave them to `buffer_callback`. A pickle names none of them, so
/// that each must be taken, and none be left.
final class BuffersBeside {
    /// Of a pickle that stands alone.
    static final BuffersBeside NONE = new BuffersBeside(List.of());

    private final List<ByteSource> buffers;
    private int taken;

    BuffersBeside(List<ByteSource> buffers) {
        this.buffers = List.copyOf(buffers);
    }

    /// The next of them.
    ByteSource next() throws Refused {
        if (taken == buffers.size()) {
            throw new Refused(
                    "the bytes of an array were handed over beside the pickle (protocol 5, out of band) and are"
                            + (buffers.isEmpty()
                                    ? " not in this file; give each with --buffer, in order"
                                    : " in more than the " + taken + " buffers given"));
        }
        return buffers.get(taken++);
    }

    /// Refuses what nothing took.
    void checkTaken() throws Refused {
        if (taken < buffers.size()) {
            throw new Refused(
                    buffers.size() + " buffers were given, of which the pickle takes " + taken);
        }
    }
}
