package dev.bartizan.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes small HDF5 files by the letter of the specification (HDF5 File Format Specification 3.0),
/// true ones and twisted ones. Checksums are zero; no reader of ours looks at them.
public final class Hdf5Builder {
    /// The address that leads nowhere.
    public static final long UNDEFINED = -1;

    private static final int SUPERBLOCK_BYTES = 96;

    private byte[] bytes = new byte[SUPERBLOCK_BYTES];

    /// One header message.
    public static final class Message {
        private final int type;
        private final byte[] content;

        private Message(int type, byte[] content) {
            this.type = type;
            this.content = content;
        }

        int type() {
            return type;
        }

        byte[] content() {
            return content;
        }
    }

    /// An empty file.
    public Hdf5Builder() {}

    /// Adds a block and returns its address, a multiple of 8.
    public long add(byte[] block) {
        int at = (bytes.length + 7) / 8 * 8;
        bytes = Arrays.copyOf(bytes, at + block.length);
        System.arraycopy(block, 0, bytes, at, block.length);
        return at;
    }

    /// Where the next block will lie.
    public long next() {
        return (bytes.length + 7L) / 8 * 8;
    }

    /// Adds an object header of version 1.
    public long object(Message... messages) {
        Buffer body = new Buffer();
        for (Message message : messages) {
            int size = (message.content().length + 7) / 8 * 8;
            body.u16(message.type()).u16(size).u8(0).zeros(3).raw(message.content());
            body.zeros(size - message.content().length);
        }
        Buffer head = new Buffer().u8(1).u8(0).u16(messages.length).u32(1).u32(body.size());
        return add(head.zeros(4).raw(body.done()).done());
    }

    /// Adds an object header of version 2.
    public long recentObject(Message... messages) {
        Buffer body = new Buffer();
        for (Message message : messages) {
            body.u8(message.type()).u16(message.content().length).u8(0).raw(message.content());
        }
        Buffer head = new Buffer().text("OHDR").u8(2).u8(2).u32(body.size());
        return add(head.raw(body.done()).u32(0).done());
    }

    /// Adds a group of the old style.
    ///
    /// @param names of its members
    /// @param addresses of their headers
    /// @param more further messages
    public long oldGroup(List<String> names, List<Long> addresses, Message... more) {
        Buffer heap = new Buffer().zeros(8);
        Buffer symbols = new Buffer().text("SNOD").u8(1).u8(0).u16(names.size());
        for (int i = 0; i < names.size(); i++) {
            symbols.u64(heap.size()).u64(addresses.get(i)).u32(0).u32(0).zeros(16);
            heap.text(names.get(i)).zeros(8 - names.get(i).length() % 8);
        }
        long data = add(heap.done());
        long names1 =
                add(new Buffer().text("HEAP").u32(0).u64(heap.size()).u64(1).u64(data).done());
        long node = add(symbols.done());
        Buffer tree = new Buffer().text("TREE").u8(0).u8(0).u16(1).u64(-1).u64(-1);
        long index = add(tree.u64(0).u64(node).u64(8).done());
        List<Message> messages = new ArrayList<>(List.of(more));
        messages.addFirst(new Message(17, new Buffer().u64(index).u64(names1).done()));
        return object(messages.toArray(Message[]::new));
    }

    /// An attribute whose text lies in the attribute.
    public static Message text(String name, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        return new Message(12, attribute(name, type(3, 0, content.length), content));
    }

    /// An attribute whose text lies in the global heap.
    public Message variableText(String name, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        Buffer object = new Buffer().u16(1).u16(1).u32(0).u64(content.length).raw(content);
        object.zeros((8 - content.length % 8) % 8);
        long size = Math.max(4096, 16 + object.size() + 16);
        Buffer collection = new Buffer().text("GCOL").u32(1).u64(size).raw(object.done());
        long heap = add(collection.zeros((int) (size - collection.size())).done());
        byte[] place = new Buffer().u32(content.length).u64(heap).u32(1).done();
        byte[] type = new Buffer().raw(type(9, 1, 16)).raw(type(3, 0, 1)).done();
        return new Message(12, attribute(name, type, place));
    }

    private static byte[] attribute(String name, byte[] type, byte[] value) {
        byte[] space = {1, 0, 0, 0, 0, 0, 0, 0};
        byte[] label = (name + "\0").getBytes(StandardCharsets.UTF_8);
        Buffer out = new Buffer().u8(3).u8(0).u16(label.length).u16(type.length);
        return out.u16(space.length).u8(0).raw(label).raw(type).raw(space).raw(value).done();
    }

    /// A datatype.
    private static byte[] type(int kind, int bits, long size) {
        return new Buffer().u8(0x10 | kind).u8(bits).u16(0).u32(size).done();
    }

    /// A group's attributes kept in a heap of their own.
    public Message denseAttributes(Message... attributes) {
        Buffer block = new Buffer().text("FHDB").u8(0).u64(0).u32(0);
        Buffer records = new Buffer().text("BTLF").u8(0).u8(8);
        for (Message attribute : attributes) {
            records.u8(0).u32(block.size()).u16(attribute.content().length).u8(0);
            records.u8(0).u32(0).u32(0);
            block.raw(attribute.content());
        }
        long heap = heap(block, 4096);
        return new Message(
                21, new Buffer().u8(0).u8(0).u64(heap).u64(index(records, attributes)).done());
    }

    private long heap(Buffer block, int blockBytes) {
        long root = add(block.zeros(blockBytes - block.size()).done());
        Buffer head = new Buffer().text("FRHP").u8(0).u16(8).u16(0).u8(0).u32(4096);
        head.u64(0).u64(-1).u64(0).u64(-1).zeros(64);
        head.u16(4).u64(blockBytes).u64(65536).u16(32).u16(1).u64(root).u16(0).u32(0);
        return add(head.done());
    }

    private long index(Buffer records, Message... attributes) {
        long leaf = add(records.zeros(512 - records.size()).done());
        Buffer head = new Buffer().text("BTHD").u8(0).u8(8).u32(512).u16(17).u16(0);
        head.u8(100).u8(40).u64(leaf).u16(attributes.length).u64(attributes.length).u32(0);
        return add(head.done());
    }

    /// A link to an object header.
    public static Message link(String name, long address) {
        return new Message(6, new Buffer().u8(1).u8(0).label(name).u64(address).done());
    }

    /// A link to a path of the same file.
    public static Message softLink(String name, String target) {
        return new Message(6, new Buffer().u8(1).u8(8).u8(1).label(name).value(target).done());
    }

    /// A link to a path of another file.
    public static Message externalLink(String name, String file, String target) {
        String value = "\0" + file + "\0" + target + "\0";
        return new Message(6, new Buffer().u8(1).u8(8).u8(64).label(name).value(value).done());
    }

    /// A link of a kind that programs register.
    public static Message userLink(String name) {
        return new Message(6, new Buffer().u8(1).u8(8).u8(200).label(name).value("x").done());
    }

    /// Messages of a dataset of single-precision numbers in one piece.
    public static Message[] numbers(long address, int count) {
        return new Message[] {
            new Message(1, new Buffer().u8(1).u8(1).u8(0).zeros(5).u64(count).done()),
            new Message(3, new Buffer().raw(type(1, 0x20, 4)).zeros(12).done()),
            new Message(8, new Buffer().u8(3).u8(1).u64(address).u64(4L * count).done())
        };
    }

    /// A filter with its settings.
    ///
    /// @param id as registered: 1 deflate, 2 shuffle, 3 checksum, 32000 LZF
    public record Filter(int id, List<Integer> settings) {
        /// The same, its settings one by one.
        public Filter(int id, Integer... settings) {
            this(id, List.of(settings));
        }
    }

    /// A chunk as it lies in the file.
    public static final class Chunk {
        private final byte[] packed;
        private final int skipped;

        /// @param skipped by bits, the filters that it did not go through
        public Chunk(byte[] packed, int skipped) {
            this.packed = packed.clone();
            this.skipped = skipped;
        }
    }

    /// Messages of a dataset in chunks of so many elements of four bytes: numbers, or texts.
    public Message[] chunked(
            boolean isText, int elements, List<Filter> filters, List<Chunk> chunks) {
        Buffer index = new Buffer().text("TREE").u8(1).u8(0).u16(chunks.size()).u64(-1).u64(-1);
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            index.u32(chunk.packed.length).u32(chunk.skipped).u64((long) i * elements).u64(0);
            index.u64(add(chunk.packed));
        }
        long tree = add(index.zeros(24).done());
        Buffer pipeline = new Buffer().u8(1).u8(filters.size()).zeros(6);
        for (Filter filter : filters) {
            pipeline.u16(filter.id()).u16(0).u16(1).u16(filter.settings().size());
            for (int setting : filter.settings()) {
                pipeline.u32(setting);
            }
            pipeline.zeros(filter.settings().size() % 2 * 4);
        }
        byte[] type = isText ? type(3, 0, 4) : type(1, 0x20, 4);
        long count = (long) elements * chunks.size();
        return new Message[] {
            new Message(1, new Buffer().u8(1).u8(1).u8(0).zeros(5).u64(count).done()),
            new Message(3, new Buffer().raw(type).zeros(12).done()),
            new Message(11, pipeline.done()),
            new Message(8, new Buffer().u8(3).u8(2).u8(2).u64(tree).u32(elements).u32(4).done())
        };
    }

    /// The raw data files of a dataset.
    public Message externalFile(String file) {
        byte[] names = (file + "\0").getBytes(StandardCharsets.UTF_8);
        long data = add(names);
        Buffer head = new Buffer().text("HEAP").u32(0).u64(names.length).u64(-1).u64(data);
        long heap = add(head.done());
        Buffer list = new Buffer().u8(1).zeros(3).u16(1).u16(1).u64(heap);
        return new Message(7, list.u64(0).u64(0).u64(4).done());
    }

    /// The file.
    ///
    /// @param version of the superblock, 0 or 3
    /// @param root header of the root group
    public byte[] file(int version, long root) {
        Buffer head = new Buffer().raw(new byte[] {(byte) 0x89}).text("HDF\r\n\u001a\n");
        if (version == 0) {
            head.u8(0).u8(0).u8(0).u8(0).u8(0).u8(8).u8(8).u8(0).u16(4).u16(16).u32(0);
            head.u64(0).u64(-1).u64(bytes.length).u64(-1).u64(0).u64(root).u32(0).u32(0).zeros(16);
        } else {
            head.u8(version).u8(8).u8(8).u8(0).u64(0).u64(-1).u64(bytes.length).u64(root).u32(0);
        }
        byte[] all = bytes.clone();
        System.arraycopy(head.done(), 0, all, 0, head.size());
        return all;
    }

    /// Grows; little-endian.
    private static final class Buffer {
        private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

        private ByteBuffer room(int more) {
            if (buffer.remaining() < more) {
                ByteBuffer larger =
                        ByteBuffer.allocate((buffer.capacity() + more) * 2)
                                .order(ByteOrder.LITTLE_ENDIAN);
                buffer = larger.put(buffer.flip());
            }
            return buffer;
        }

        Buffer u8(int value) {
            room(1).put((byte) value);
            return this;
        }

        Buffer u16(int value) {
            room(2).putShort((short) value);
            return this;
        }

        Buffer u32(long value) {
            room(4).putInt((int) value);
            return this;
        }

        Buffer u64(long value) {
            room(8).putLong(value);
            return this;
        }

        Buffer zeros(int count) {
            return raw(new byte[count]);
        }

        Buffer raw(byte[] content) {
            room(content.length).put(content);
            return this;
        }

        Buffer text(String ascii) {
            return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
        }

        Buffer label(String name) {
            return u8(name.length()).text(name);
        }

        Buffer value(String value) {
            return u16(value.length()).text(value);
        }

        int size() {
            return buffer.position();
        }

        byte[] done() {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }
}
