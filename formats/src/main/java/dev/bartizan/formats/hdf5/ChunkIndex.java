package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where chunks lie that data layout messages of versions 4 and 5 speak of (HDF5 File Format
/// Specification 3.0, IV.A.2.i): one chunk, all in a row, or by a fixed array, an extensible array
/// or a version 2 B-tree. Widths of sizes follow from the widths of entries.
final class ChunkIndex {
    private static final int SINGLE = 1;
    private static final int IMPLICIT = 2;
    private static final int FIXED_ARRAY = 3;
    private static final int EXTENSIBLE_ARRAY = 4;
    private static final int BTREE = 5;

    private static final int EDGES_NOT_FILTERED = 1;
    private static final int SINGLE_IS_FILTERED = 2;
    private static final int MOST_AXES = 33;
    private static final int MASK_BYTES = 4;
    private static final int SCALED_BYTES = 8;

    private final Hdf5Input input;
    private final List<Long> sizes;
    private final long chunkBytes;
    private final List<Range> ranges = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();

    private ChunkIndex(Hdf5Input input, List<Long> sizes, long at) throws FormatException {
        this.input = input;
        this.sizes = sizes;
        long bytes = 1;
        for (long size : sizes) {
            if (size <= 0 || bytes > Integer.MAX_VALUE * 2L / size) {
                throw FormatException.broken(at, "Chunks of impossible size");
            }
            bytes *= size;
        }
        chunkBytes = bytes;
    }

    /// @param in behind the class of the layout
    /// @param space extent of the dataset
    static Storage read(Hdf5Input input, ByteReader in, DataSpace space)
            throws IOException, FormatException {
        long start = in.position();
        int flags = in.u8();
        int axes = in.u8();
        int width = in.u8();
        if (axes == 0 || axes > MOST_AXES || width == 0 || width > 8) {
            throw FormatException.broken(start, "Chunks of " + axes + " axes");
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            sizes.add(Hdf5Input.number(in, width));
        }
        if ((flags & EDGES_NOT_FILTERED) != 0) {
            return Storage.ELSEWHERE; // which chunks are packed depends on where they lie
        }
        return new ChunkIndex(input, sizes, start)
                .read(in, (flags & SINGLE_IS_FILTERED) != 0, space);
    }

    private Storage read(ByteReader in, boolean isFiltered, DataSpace space)
            throws IOException, FormatException {
        long at = in.position();
        int kind = in.u8();
        switch (kind) {
            case SINGLE -> {
                long size = isFiltered ? input.length(in) : chunkBytes;
                int mask = isFiltered ? (int) in.u32() : 0;
                add(input.offset(in), size, mask, at);
            }
            case IMPLICIT -> row(input.offset(in), space, at);
            case FIXED_ARRAY -> {
                in.skip(1);
                entries(ChunkArray.fixed(input, input.offset(in)));
            }
            case EXTENSIBLE_ARRAY -> {
                in.skip(5);
                entries(ChunkArray.extensible(input, input.offset(in)));
            }
            case BTREE -> {
                in.skip(6);
                records(input.offset(in));
            }
            default -> throw FormatException.broken(at, "No index of chunks is of kind " + kind);
        }
        return new Storage(ranges, skipped, true, List.of());
    }

    private void row(long address, DataSpace space, long at) throws FormatException {
        long chunks = space.chunks(sizes.subList(0, sizes.size() - 1));
        if (address == Hdf5Input.UNDEFINED || chunks == 0) {
            return;
        }
        if (chunks > input.bytes().size() / chunkBytes) {
            throw FormatException.truncated(at, chunks + " chunks in a row lead out of the file");
        }
        add(address, chunks * chunkBytes, 0, at);
    }

    private void entries(ChunkArray.Entries entries) throws IOException, FormatException {
        int sizeBytes =
                entries.isFiltered() ? entries.width() - input.offsetBytes() - MASK_BYTES : 0;
        for (long at : entries.places()) {
            entry(at, sizeBytes);
        }
    }

    private void records(long address) throws IOException, FormatException {
        if (address == Hdf5Input.UNDEFINED) {
            return;
        }
        int width =
                BTree2.recordBytes(input, address)
                        - input.offsetBytes()
                        - SCALED_BYTES * (sizes.size() - 1);
        for (long at : BTree2.records(input, address)) {
            entry(at, width == 0 ? 0 : width - MASK_BYTES);
        }
    }

    /// @param sizeBytes width of the size of the packed chunk; 0 when it is not packed
    private void entry(long at, int sizeBytes) throws IOException, FormatException {
        if (sizeBytes < 0 || sizeBytes > 8) {
            throw FormatException.broken(at, "An index of chunks with impossible sizes");
        }
        ByteReader in = input.at(at);
        long address = input.offset(in);
        long size = sizeBytes == 0 ? chunkBytes : Hdf5Input.number(in, sizeBytes);
        int mask = sizeBytes == 0 ? 0 : (int) in.u32();
        add(address, size, mask, at);
    }

    private void add(long address, long size, int mask, long at) throws FormatException {
        if (address == Hdf5Input.UNDEFINED) {
            return;
        }
        if (address < 0 || size < 0 || address > input.bytes().size() - size) {
            throw FormatException.truncated(at, "A chunk leads out of the file");
        }
        ranges.add(new Range(address, address + size));
        skipped.add(mask);
    }
}
