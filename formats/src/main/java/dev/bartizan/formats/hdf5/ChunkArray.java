package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Fixed and extensible arrays of chunks (HDF5 File Format Specification 3.0, VII.C and VII.D):
/// yields the places of all entries. Blocks of many entries are cut into pages, and a map says
/// which of them were ever written.
final class ChunkArray {
    private static final int CHECKSUM_BYTES = 4;
    private static final int MOST_BITS = 62;

    private final Hdf5Input input;
    private final int width;
    private final long pageEntries;
    private final List<Long> places = new ArrayList<>();

    /// What an array holds.
    ///
    /// @param places where each entry stands
    /// @param width of an entry in bytes
    /// @param isFiltered whether each has a size and a mask beside the address
    record Entries(List<Long> places, int width, boolean isFiltered) {}

    private ChunkArray(Hdf5Input input, int width, int pageBits, long at) throws FormatException {
        if (width < input.offsetBytes() || pageBits > MOST_BITS) {
            throw FormatException.broken(at, "An array of chunks with impossible sizes");
        }
        this.input = input;
        this.width = width;
        this.pageEntries = 1L << pageBits;
    }

    static Entries fixed(Hdf5Input input, long address) throws IOException, FormatException {
        if (address == Hdf5Input.UNDEFINED) {
            return new Entries(List.of(), 0, false);
        }
        ByteReader in = input.at(address, "FAHD");
        in.skip(1);
        boolean isFiltered = in.u8() == 1;
        int width = in.u8();
        ChunkArray array = new ChunkArray(input, width, in.u8(), address);
        long count = input.length(in);
        long block = input.offset(in);
        input.structure(address, in.position() + CHECKSUM_BYTES);
        if (block != Hdf5Input.UNDEFINED) {
            ByteReader data = input.at(block, "FADB");
            data.skip(2);
            input.offset(data);
            boolean isPaged = count < 0 || count > array.pageEntries;
            long pages = isPaged ? pages(count, array.pageEntries) : 0;
            Bitmap written = new Bitmap(data.position(), 0, pages);
            data.skip(bytes(pages));
            array.block(block, data, count, written);
        }
        return new Entries(array.places, width, isFiltered);
    }

    static Entries extensible(Hdf5Input input, long address) throws IOException, FormatException {
        if (address == Hdf5Input.UNDEFINED) {
            return new Entries(List.of(), 0, false);
        }
        ByteReader in = input.at(address, "EAHD");
        in.skip(1);
        boolean isFiltered = in.u8() == 1;
        int width = in.u8();
        int indexBits = in.u8();
        int first = in.u8();
        int least = in.u8();
        int leastPointers = in.u8();
        ChunkArray array = new ChunkArray(input, width, in.u8(), address);
        in.skip(6L * input.lengthBytes());
        long index = input.offset(in);
        input.structure(address, in.position() + CHECKSUM_BYTES);
        if (!isPower(least) || !isPower(leastPointers) || indexBits > MOST_BITS) {
            throw FormatException.broken(address, "An array of chunks with impossible sizes");
        }
        if (index != Hdf5Input.UNDEFINED) {
            array.new Extensible((indexBits + 7) / 8, least)
                    .index(index, first, leastPointers, indexBits);
        }
        return new Entries(array.places, width, isFiltered);
    }

    private static boolean isPower(int number) {
        return Integer.bitCount(number) == 1;
    }

    private static int log2(int power) {
        return Integer.numberOfTrailingZeros(power);
    }

    private static long pages(long entries, long pageEntries) {
        return entries / pageEntries + (entries % pageEntries == 0 ? 0 : 1);
    }

    /// Which pages of a block were written, from the highest bit of each byte on; without pages all
    /// of it was.
    ///
    /// @param from where the map starts
    /// @param first bit of the block
    private record Bitmap(long from, long first, long pages) {
        static final Bitmap NONE = new Bitmap(0, 0, 0);

        boolean has(Hdf5Input input, long page) throws IOException, FormatException {
            long bit = first + page;
            int bits = input.at(from + bit / 8).u8();
            return ((bits >> (7 - bit % 8)) & 1) != 0;
        }
    }

    private static long bytes(long pages) {
        return pages / 8 + (pages % 8 == 0 ? 0 : 1);
    }

    /// The entries of a data block.
    ///
    /// @param address where it starts
    /// @param in behind its head
    private void block(long address, ByteReader in, long count, Bitmap written)
            throws IOException, FormatException {
        if (written.pages() == 0) {
            entries(in, count);
            input.structure(address, in.position() + CHECKSUM_BYTES);
            return;
        }
        in.skip(CHECKSUM_BYTES);
        input.structure(address, in.position());
        long left = count;
        for (long page = 0; page < written.pages(); page++) {
            input.take(in.position());
            long here = Math.min(left, pageEntries);
            if (written.has(input, page)) {
                long start = in.position();
                entries(in, here);
                input.structure(start, in.position() + CHECKSUM_BYTES);
                in.skip(CHECKSUM_BYTES);
            } else {
                in.skip(here * width + CHECKSUM_BYTES);
            }
            left -= here;
        }
    }

    private void entries(ByteReader in, long count) throws IOException, FormatException {
        if (count < 0 || count > in.remaining() / width) {
            throw FormatException.truncated(
                    in.position(), "An array of " + count + " chunks leads out of the file");
        }
        for (long i = 0; i < count; i++) {
            input.take(in.position());
            places.add(in.position());
            in.skip(width);
        }
    }

    /// Blocks that grow: of super block k there are 2^(k/2) data blocks of 2^((k+1)/2) times the
    /// least entries each. The index block points to the data blocks of the first super blocks
    /// itself.
    private final class Extensible {
        private final int offsetWidth;
        private final int least;

        Extensible(int offsetWidth, int least) {
            this.offsetWidth = offsetWidth;
            this.least = least;
        }

        private long blocks(int superBlock) {
            return 1L << (superBlock / 2);
        }

        private long blockEntries(int superBlock) {
            return (1L << ((superBlock + 1) / 2)) * least;
        }

        void index(long address, int first, int leastPointers, int indexBits)
                throws IOException, FormatException {
            ByteReader in = input.at(address, "EAIB");
            in.skip(2);
            input.offset(in);
            entries(in, first);
            int direct = 2 * log2(leastPointers);
            for (int k = 0; k < direct; k++) {
                for (long i = 0; i < blocks(k); i++) {
                    input.take(in.position());
                    data(input.offset(in), blockEntries(k), Bitmap.NONE);
                }
            }
            int all = 1 + indexBits - log2(least);
            for (int k = direct; k < all; k++) {
                input.take(in.position());
                superBlock(input.offset(in), k);
            }
            input.structure(address, in.position() + CHECKSUM_BYTES);
        }

        private void superBlock(long address, int k) throws IOException, FormatException {
            if (address == Hdf5Input.UNDEFINED) {
                return;
            }
            ByteReader in = input.at(address, "EASB");
            in.skip(2);
            input.offset(in);
            in.skip(offsetWidth);
            if (blocks(k) > Hdf5Limits.RECORDS) {
                throw FormatException.limit(address, "An array of more chunks than are read");
            }
            long pages = blockEntries(k) > pageEntries ? blockEntries(k) / pageEntries : 0;
            long map = in.position();
            in.skip(
                    blocks(k)
                            * bytes(pages)); // one block's bits follow on the other's all the same
            for (long i = 0; i < blocks(k); i++) {
                input.take(in.position());
                data(input.offset(in), blockEntries(k), new Bitmap(map, i * pages, pages));
            }
            input.structure(address, in.position() + CHECKSUM_BYTES);
        }

        private void data(long address, long count, Bitmap written)
                throws IOException, FormatException {
            if (address == Hdf5Input.UNDEFINED) {
                return;
            }
            ByteReader in = input.at(address, "EADB");
            in.skip(2);
            input.offset(in);
            in.skip(offsetWidth);
            block(address, in, count, written);
        }
    }
}
