package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The messages of one object (section IV.A), headers of versions 1 and 2 with their continuations.
///
/// @param messages in the order in which they stand
record ObjectHeader(List<Message> messages) {
    private static final int CONTINUATION = 0x10;
    private static final int MOST_BLOCKS = 10_000;
    private static final int CHECKSUM_BYTES = 4;

    ObjectHeader {
        messages = List.copyOf(messages);
    }

    /// One message.
    ///
    /// @param type number of the message type
    /// @param isShared whether the content is a pointer to where the message is kept
    /// @param from where its content starts
    /// @param size of its content in bytes
    record Message(int type, boolean isShared, long from, int size) {}

    private record Block(long from, long to) {}

    static ObjectHeader read(Hdf5Input input, long address) throws IOException, FormatException {
        return input.bytes().has(address, "OHDR")
                ? new Version2(input).read(address)
                : new Version1(input).read(address);
    }

    /// What both versions share: a queue of blocks that continuations add to.
    private abstract static class Blocks {
        final Hdf5Input input;
        final List<Message> messages = new ArrayList<>();
        private final Deque<Block> waiting = new ArrayDeque<>();
        private final Set<Long> seen = new HashSet<>();

        Blocks(Hdf5Input input) {
            this.input = input;
        }

        void add(long from, long length, long at) throws FormatException {
            if (from < 0 || length < 0 || from > input.bytes().size() - length) {
                throw FormatException.truncated(
                        at,
                        "A header block of "
                                + Long.toUnsignedString(length)
                                + " bytes leads out of the file");
            }
            if (!seen.add(from) || seen.size() > MOST_BLOCKS) {
                throw FormatException.broken(at, "Header blocks continue one another in a circle");
            }
            input.structure(from, from + length);
            waiting.add(new Block(from, from + length));
        }

        ObjectHeader drain() throws IOException, FormatException {
            for (Block block = waiting.poll(); block != null; block = waiting.poll()) {
                messages(block.from(), block.to());
            }
            return new ObjectHeader(messages);
        }

        abstract void messages(long from, long to) throws IOException, FormatException;

        abstract void continuation(long from, long length, long at)
                throws IOException, FormatException;

        void message(Message message, long blockEnd) throws IOException, FormatException {
            input.take(message.from());
            if (message.from() + message.size() > blockEnd) {
                throw FormatException.broken(
                        message.from(), "A header message is longer than its block");
            }
            if (message.type() == CONTINUATION) {
                ByteReader in = input.at(message.from());
                continuation(input.offset(in), input.length(in), message.from());
            } else if (message.type() != 0) {
                messages.add(message);
            }
        }
    }

    private static final class Version1 extends Blocks {
        Version1(Hdf5Input input) {
            super(input);
        }

        ObjectHeader read(long address) throws IOException, FormatException {
            ByteReader in = input.at(address);
            int version = in.u8();
            if (version != 1) {
                throw FormatException.broken(
                        address, "No object header stands there (version " + version + ")");
            }
            in.skip(7);
            long size = in.u32();
            input.structure(address, address + 16);
            add(address + 16, size, address);
            return drain();
        }

        @Override
        void messages(long from, long to) throws IOException, FormatException {
            ByteReader in = input.at(from);
            while (in.position() + 8 <= to) {
                int type = in.u16();
                int size = in.u16();
                int flags = in.u8();
                in.skip(3);
                message(new Message(type, (flags & 2) != 0, in.position(), size), to);
                in.skip(size);
            }
        }

        @Override
        void continuation(long from, long length, long at) throws FormatException {
            add(from, length, at);
        }
    }

    private static final class Version2 extends Blocks {
        private boolean hasOrder;

        Version2(Hdf5Input input) {
            super(input);
        }

        ObjectHeader read(long address) throws IOException, FormatException {
            ByteReader in = input.at(address, "OHDR");
            int version = in.u8();
            if (version != 2) {
                throw FormatException.broken(address, "No object header has version " + version);
            }
            int flags = in.u8();
            in.skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
            hasOrder = (flags & 4) != 0;
            long size = Hdf5Input.number(in, 1 << (flags & 3));
            input.structure(address, in.position());
            add(in.position(), size, address);
            input.checksum("an object header", address, in.position() + size);
            input.structure(in.position() + size, in.position() + size + CHECKSUM_BYTES);
            return drain();
        }

        @Override
        void messages(long from, long to) throws IOException, FormatException {
            ByteReader in = input.at(from);
            int head = hasOrder ? 6 : 4;
            while (in.position() + head <= to) {
                int type = in.u8();
                int size = in.u16();
                int flags = in.u8();
                in.skip(hasOrder ? 2 : 0);
                message(new Message(type, (flags & 2) != 0, in.position(), size), to);
                in.skip(size);
            }
        }

        @Override
        void continuation(long from, long length, long at) throws IOException, FormatException {
            input.at(from, "OCHK");
            if (length < 8) {
                throw FormatException.broken(at, "A continuation of " + length + " bytes");
            }
            add(from + 4, length - 8, at);
            input.checksum("a continued object header", from, from + length - CHECKSUM_BYTES);
            input.structure(from, from + 4);
            input.structure(from + length - CHECKSUM_BYTES, from + length);
        }
    }
}
