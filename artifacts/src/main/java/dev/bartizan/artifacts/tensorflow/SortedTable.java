package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.zip.CRC32C;

/// A table of sorted keys (tensorflow, `core/lib/io/table`; the format of LevelDB, "Table format"):
/// blocks of entries, an index that leads to them, and a footer. Keys are not put together, for
/// nobody asks what they are.
final class SortedTable {
    private static final byte[] MAGIC = {
        0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb
    };
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5;
    private static final int MOST_ENTRIES = 2_000_000;
    private static final int PART_BYTES = 1 << 16;

    private final ByteSource bytes;
    private long left;
    private int entries;

    private SortedTable(ByteSource bytes) {
        this.bytes = bytes;
        this.left = bytes.size();
    }

    /// An entry.
    ///
    /// @param keyBytes how long its key is
    record Entry(long keyBytes, ByteSource value) {}

    /// Whether a footer stands at the end.
    static boolean hasFooter(ByteSource bytes) throws IOException {
        return bytes.size() >= FOOTER_BYTES && bytes.has(bytes.size() - MAGIC.length, MAGIC);
    }

    /// Who is handed the entries.
    @FunctionalInterface
    interface Taker {
        /// Takes one.
        void take(Entry entry) throws IOException, FormatException;
    }

    /// Reads every entry.
    ///
    /// @throws FormatException when a block lies elsewhere, does not check, or is packed
    static void read(ByteSource bytes, Taker taker) throws IOException, FormatException {
        if (!hasFooter(bytes)) {
            throw FormatException.broken(
                    Math.max(0, bytes.size() - MAGIC.length), "No footer of a table stands there");
        }
        SortedTable table = new SortedTable(bytes);
        ByteReader footer = new ByteReader(bytes, bytes.size() - FOOTER_BYTES, FOOTER_BYTES);
        varint(footer); // of the index of other blocks, which has none
        varint(footer);
        table.block(
                varint(footer),
                varint(footer),
                block -> {
                    ByteReader handle = new ByteReader(block.value());
                    table.block(varint(handle), varint(handle), taker);
                });
    }

    /// The entries of a block. Blocks do not overlap, so that all of them have no more bytes than
    /// the file.
    private void block(long from, long size, Taker taker) throws IOException, FormatException {
        if (from < 0 || size < 4 || size > left || from > bytes.size() - size - TRAILER_BYTES) {
            throw FormatException.broken(0, "A block of " + size + " bytes at " + from);
        }
        left -= size;
        check(from, size);
        ByteSource block = bytes.slice(from, size);
        long restarts = new ByteReader(block, size - 4, 16).u32();
        long end = size - 4 - 4 * restarts;
        if (end < 0) {
            throw FormatException.broken(from, "A block starts again more often than it is long");
        }
        ByteReader in = new ByteReader(block);
        while (in.position() < end) {
            if (++entries > MOST_ENTRIES) {
                throw FormatException.limit(from, "More than " + MOST_ENTRIES + " entries");
            }
            long shared = varint(in);
            long own = varint(in);
            long length = varint(in);
            in.skip(own);
            long start = in.position();
            in.skip(length);
            taker.take(new Entry(shared + own, block.slice(start, length)));
        }
    }

    /// Behind a block stand how it is packed and a checksum of both (CRC-32C, turned and moved).
    private void check(long from, long size) throws IOException, FormatException {
        CRC32C sum = new CRC32C();
        long end = from + size + 1;
        for (long at = from; at < end; at += PART_BYTES) {
            sum.update(bytes.bytes(at, (int) Math.min(PART_BYTES, end - at)));
        }
        ByteReader trailer = new ByteReader(bytes, from + size, 16);
        int packing = trailer.u8();
        int expected = Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
        if ((int) trailer.u32() != expected) {
            throw FormatException.broken(from, "The checksum of a block is not the right one");
        }
        if (packing != 0) {
            throw FormatException.unsupported(from, "a packed block");
        }
    }

    private static long varint(ByteReader in) throws IOException, FormatException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int b = in.u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw FormatException.broken(in.position(), "A number of more than nine bytes");
    }
}
