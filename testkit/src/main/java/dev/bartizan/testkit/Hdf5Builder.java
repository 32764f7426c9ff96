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

        Message(int type, byte[] content) {
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
        LittleEndian body = new LittleEndian();
        for (Message message : messages) {
            int size = (message.content().length + 7) / 8 * 8;
            body.u16(message.type()).u16(size).u8(0).zeros(3).raw(message.content());
            body.zeros(size - message.content().length);
        }
        LittleEndian head =
                new LittleEndian().u8(1).u8(0).u16(messages.length).u32(1).u32(body.size());
        return add(head.zeros(4).raw(body.done()).done());
    }

    /// Adds an object header of version 2.
    public long recentObject(Message... messages) {
        LittleEndian body = new LittleEndian();
        for (Message message : messages) {
            body.u8(message.type()).u16(message.content().length).u8(0).raw(message.content());
        }
        LittleEndian head = new LittleEndian().text("OHDR").u8(2).u8(2).u32(body.size());
        head.raw(body.done());
        return add(head.u32(checksum(head.done())).done());
    }

    /// Adds a group of the old style.
    ///
    /// @param names of its members
    /// @param addresses of their headers
    /// @param more further messages
    public long oldGroup(List<String> names, List<Long> addresses, Message... more) {
        LittleEndian heap = new LittleEndian().zeros(8);
        LittleEndian symbols = new LittleEndian().text("SNOD").u8(1).u8(0).u16(names.size());
        for (int i = 0; i < names.size(); i++) {
            symbols.u64(heap.size()).u64(addresses.get(i)).u32(0).u32(0).zeros(16);
            heap.text(names.get(i)).zeros(8 - names.get(i).length() % 8);
        }
        long data = add(heap.done());
        long names1 =
                add(
                        new LittleEndian()
                                .text("HEAP")
                                .u32(0)
                                .u64(heap.size())
                                .u64(1)
                                .u64(data)
                                .done());
        long node = add(symbols.done());
        LittleEndian tree = new LittleEndian().text("TREE").u8(0).u8(0).u16(1).u64(-1).u64(-1);
        long index = add(tree.u64(0).u64(node).u64(8).done());
        List<Message> messages = new ArrayList<>(List.of(more));
        messages.addFirst(new Message(17, new LittleEndian().u64(index).u64(names1).done()));
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
        long heap = heap(content);
        byte[] place = new LittleEndian().u32(content.length).u64(heap).u32(1).done();
        byte[] type = new LittleEndian().raw(type(9, 1, 16)).raw(type(3, 0, 1)).done();
        return new Message(12, attribute(name, type, place));
    }

    /// A global heap of one object.
    private long heap(byte[] content) {
        LittleEndian object =
                new LittleEndian().u16(1).u16(1).u32(0).u64(content.length).raw(content);
        object.zeros((8 - content.length % 8) % 8);
        long size = Math.max(4096, 16 + object.size() + 16);
        LittleEndian collection =
                new LittleEndian().text("GCOL").u32(1).u64(size).raw(object.done());
        return add(collection.zeros((int) (size - collection.size())).done());
    }

    /// A dataset of a few numbers that is put together from other datasets.
    ///
    /// @param selections version of the parts that are selected: 0 for all, 1 to 3 for slabs
    /// @param files where the datasets lie, `.` for this file
    public Message[] virtual(int selections, String... files) {
        LittleEndian sources = new LittleEndian().u8(0).u64(files.length);
        for (String file : files) {
            sources.text(file).u8(0).text("payload").u8(0);
            sources.raw(selection(selections)).raw(selection(selections));
        }
        Message[] numbers = numbers(UNDEFINED, 1);
        long heap = heap(sources.u32(checksum(sources.done())).done());
        byte[] layout = new LittleEndian().u8(4).u8(3).u64(heap).u32(1).done();
        return new Message[] {numbers[0], numbers[1], new Message(8, layout)};
    }

    private static byte[] selection(int version) {
        LittleEndian start = new LittleEndian().u32(version == 0 ? 3 : 2).u32(Math.max(1, version));
        return switch (version) {
            case 0 -> start.zeros(8).done();
            case 1 -> start.u32(0).u32(0).u32(1).u32(1).u32(0).u32(3).done();
            case 2 -> start.u8(1).u32(36).u32(1).u64(0).u64(1).u64(4).u64(1).done();
            default -> start.u8(0).u8(2).u32(1).u16(2).u16(0).u16(1).u16(3).u16(4).done();
        };
    }

    /// A list of texts of no bytes, which takes none however long it says it is.
    public static Message emptyTexts(String name, long count) {
        byte[] space = new LittleEndian().u8(1).u8(1).zeros(6).u64(count).done();
        return new Message(12, attribute(name, type(3, 0, 0), space, new byte[0]));
    }

    private static byte[] attribute(String name, byte[] type, byte[] value) {
        return attribute(name, type, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, value);
    }

    private static byte[] attribute(String name, byte[] type, byte[] space, byte[] value) {
        byte[] label = (name + "\0").getBytes(StandardCharsets.UTF_8);
        LittleEndian out = new LittleEndian().u8(3).u8(0).u16(label.length).u16(type.length);
        return out.u16(space.length).u8(0).raw(label).raw(type).raw(space).raw(value).done();
    }

    /// A datatype.
    private static byte[] type(int kind, int bits, long size) {
        return new LittleEndian().u8(0x10 | kind).u8(bits).u16(0).u32(size).done();
    }

    /// A group's attributes kept in a heap of their own.
    public Message denseAttributes(Message... attributes) {
        LittleEndian block = new LittleEndian().text("FHDB").u8(0).u64(0).u32(0);
        LittleEndian records = new LittleEndian().text("BTLF").u8(0).u8(8);
        for (Message attribute : attributes) {
            records.u8(0).u32(block.size()).u16(attribute.content().length).u8(0);
            records.u8(0).u32(0).u32(0);
            block.raw(attribute.content());
        }
        long heap = heap(block, 4096);
        return new Message(
                21,
                new LittleEndian().u8(0).u8(0).u64(heap).u64(index(records, attributes)).done());
    }

    private long heap(LittleEndian block, int blockBytes) {
        long root = add(block.zeros(blockBytes - block.size()).done());
        LittleEndian head = new LittleEndian().text("FRHP").u8(0).u16(8).u16(0).u8(0).u32(4096);
        head.u64(0).u64(-1).u64(0).u64(-1).zeros(64);
        head.u16(4).u64(blockBytes).u64(65536).u16(32).u16(1).u64(root).u16(0).u32(0);
        return add(head.done());
    }

    private long index(LittleEndian records, Message... attributes) {
        long leaf = add(records.zeros(512 - records.size()).done());
        LittleEndian head = new LittleEndian().text("BTHD").u8(0).u8(8).u32(512).u16(17).u16(0);
        head.u8(100).u8(40).u64(leaf).u16(attributes.length).u64(attributes.length).u32(0);
        return add(head.done());
    }

    /// A link to an object header.
    public static Message link(String name, long address) {
        return new Message(6, new LittleEndian().u8(1).u8(0).label(name).u64(address).done());
    }

    /// A link to a path of the same file.
    public static Message softLink(String name, String target) {
        return new Message(
                6, new LittleEndian().u8(1).u8(8).u8(1).label(name).value(target).done());
    }

    /// A link to a path of another file.
    public static Message externalLink(String name, String file, String target) {
        String value = "\0" + file + "\0" + target + "\0";
        return new Message(
                6, new LittleEndian().u8(1).u8(8).u8(64).label(name).value(value).done());
    }

    /// A link of a kind that programs register.
    public static Message userLink(String name) {
        return new Message(6, new LittleEndian().u8(1).u8(8).u8(200).label(name).value("x").done());
    }

    /// Messages of a dataset of single-precision numbers in one piece.
    public static Message[] numbers(long address, int count) {
        return new Message[] {
            new Message(1, new LittleEndian().u8(1).u8(1).u8(0).zeros(5).u64(count).done()),
            new Message(3, new LittleEndian().raw(type(1, 0x20, 4)).zeros(12).done()),
            new Message(8, new LittleEndian().u8(3).u8(1).u64(address).u64(4L * count).done())
        };
    }

    /// Messages of a dataset of single-precision numbers in one piece, along several axes.
    public static Message[] array(long address, int... axes) {
        LittleEndian space = new LittleEndian().u8(1).u8(axes.length).u8(0).zeros(5);
        int count = 1;
        for (int axis : axes) {
            space.u64(axis);
            count *= axis;
        }
        Message[] messages = numbers(address, count);
        messages[0] = new Message(1, space.done());
        return messages;
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
        final byte[] packed;
        final int skipped;

        /// @param skipped by bits, the filters that it did not go through
        public Chunk(byte[] packed, int skipped) {
            this.packed = packed.clone();
            this.skipped = skipped;
        }
    }

    /// Messages of a dataset in chunks of so many elements of four bytes: numbers, or texts.
    public Message[] chunked(
            boolean isText, int elements, List<Filter> filters, List<Chunk> chunks) {
        LittleEndian index =
                new LittleEndian().text("TREE").u8(1).u8(0).u16(chunks.size()).u64(-1).u64(-1);
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            index.u32(chunk.packed.length).u32(chunk.skipped).u64((long) i * elements).u64(0);
            index.u64(add(chunk.packed));
        }
        long tree = add(index.zeros(24).done());
        LittleEndian layout = new LittleEndian().u8(3).u8(2).u8(2).u64(tree).u32(elements).u32(4);
        return dataset(isText, (long) elements * chunks.size(), filters, layout.done());
    }

    /// The same, its chunks found as newer versions of the library have them found.
    public Message[] indexed(
            Hdf5Index kind,
            boolean isText,
            int elements,
            List<Filter> filters,
            List<Chunk> chunks) {
        byte[] layout = new Hdf5Chunks(this, !filters.isEmpty(), elements).layout(kind, chunks);
        return dataset(isText, (long) elements * chunks.size(), filters, layout);
    }

    private static Message[] dataset(
            boolean isText, long count, List<Filter> filters, byte[] layout) {
        LittleEndian pipeline = new LittleEndian().u8(1).u8(filters.size()).zeros(6);
        for (Filter filter : filters) {
            pipeline.u16(filter.id()).u16(0).u16(1).u16(filter.settings().size());
            for (int setting : filter.settings()) {
                pipeline.u32(setting);
            }
            pipeline.zeros(filter.settings().size() % 2 * 4);
        }
        byte[] type = isText ? type(3, 0, 4) : type(1, 0x20, 4);
        List<Message> messages = new ArrayList<>();
        messages.add(
                new Message(1, new LittleEndian().u8(1).u8(1).u8(0).zeros(5).u64(count).done()));
        messages.add(new Message(3, new LittleEndian().raw(type).zeros(12).done()));
        if (!filters.isEmpty()) {
            messages.add(new Message(11, pipeline.done()));
        }
        messages.add(new Message(8, layout));
        return messages.toArray(Message[]::new);
    }

    /// The raw data files of a dataset.
    public Message externalFile(String file) {
        byte[] names = (file + "\0").getBytes(StandardCharsets.UTF_8);
        long data = add(names);
        LittleEndian head =
                new LittleEndian().text("HEAP").u32(0).u64(names.length).u64(-1).u64(data);
        long heap = add(head.done());
        LittleEndian list = new LittleEndian().u8(1).zeros(3).u16(1).u16(1).u64(heap);
        return new Message(7, list.u64(0).u64(0).u64(4).done());
    }

    /// The file.
    ///
    /// @param version of the superblock, 0 or 3
    /// @param root header of the root group
    public byte[] file(int version, long root) {
        LittleEndian head =
                new LittleEndian().raw(new byte[] {(byte) 0x89}).text("HDF\r\n\u001a\n");
        if (version == 0) {
            head.u8(0).u8(0).u8(0).u8(0).u8(0).u8(8).u8(8).u8(0).u16(4).u16(16).u32(0);
            head.u64(0).u64(-1).u64(bytes.length).u64(-1).u64(0).u64(root).u32(0).u32(0).zeros(16);
        } else {
            head.u8(version).u8(8).u8(8).u8(0).u64(0).u64(-1).u64(bytes.length).u64(root);
            head.u32(checksum(head.done()));
        }
        byte[] all = bytes.clone();
        System.arraycopy(head.done(), 0, all, 0, head.size());
        return all;
    }

    /// The checksum of metadata: lookup3 (Bob Jenkins, 2006) of bytes, three words at a time.
    private static int checksum(byte[] bytes) {
        int[] sum = new int[3];
        Arrays.fill(sum, 0xdeadbeef + bytes.length);
        ByteBuffer in =
                ByteBuffer.wrap(Arrays.copyOf(bytes, Math.max(1, (bytes.length + 11) / 12) * 12))
                        .order(ByteOrder.LITTLE_ENDIAN);
        int[][] turns = {
            {0, 2, 1, 4}, {1, 0, 2, 6}, {2, 1, 0, 8}, {0, 2, 1, 16}, {1, 0, 2, 19}, {2, 1, 0, 4}
        };
        int[][] last = {
            {2, 1, 14}, {0, 2, 11}, {1, 0, 25}, {2, 1, 16}, {0, 2, 4}, {1, 0, 14}, {2, 1, 24}
        };
        while (in.remaining() > 0) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += in.getInt();
            }
            for (int[] turn : in.remaining() > 0 ? turns : new int[0][]) {
                sum[turn[0]] =
                        (sum[turn[0]] - sum[turn[1]]) ^ Integer.rotateLeft(sum[turn[1]], turn[3]);
                sum[turn[1]] += sum[turn[2]];
            }
        }
        for (int[] turn : last) {
            sum[turn[0]] =
                    (sum[turn[0]] ^ sum[turn[1]]) - Integer.rotateLeft(sum[turn[1]], turn[2]);
        }
        return sum[2];
    }
}
