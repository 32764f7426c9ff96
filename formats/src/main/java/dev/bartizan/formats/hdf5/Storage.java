package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Filter;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import dev.bartizan.formats.hdf5.ObjectHeader.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where the elements of a dataset lie: the data layout message (section IV.A.2.i) of versions 1 to
/// 5, external files (IV.A.2.h) and the filters (IV.A.2.l).
///
/// @param ranges in the file, as far as mapped
/// @param skipped for each range that is a chunk, by bits, the filters it did not go through
/// @param isMapped whether that is all
/// @param otherFiles names of files that elements are read from
record Storage(
        List<Range> ranges, List<Integer> skipped, boolean isMapped, List<String> otherFiles) {
    private static final int COMPACT = 0;
    private static final int CONTIGUOUS = 1;
    private static final int CHUNKED = 2;
    private static final int VIRTUAL = 3;
    private static final int MOST_FILES = 10_000;
    private static final int MOST_AXES = 33;

    /// More than any filter has that is undone here.
    private static final int MOST_SETTINGS = 8;

    /// Nothing is known of it.
    static final Storage ELSEWHERE = new Storage(List.of(), List.of(), false, List.of());

    private static final Storage EMPTY = new Storage(List.of(), List.of(), true, List.of());

    /// @param space extent of the dataset
    static Storage layout(Hdf5Input input, GlobalHeap heap, Message message, DataSpace space)
            throws IOException, FormatException {
        ByteReader in = input.at(message.from());
        int version = in.u8();
        if (version < 1 || version > 5) {
            throw FormatException.broken(message.from(), "No layout has version " + version);
        }
        if (version < 3) {
            return old(input, in);
        }
        int type = in.u8();
        return type == CHUNKED && version > 3
                ? ChunkIndex.read(input, in, space)
                : recent(input, heap, in, type);
    }

    private static Storage old(Hdf5Input input, ByteReader in) throws IOException, FormatException {
        int axes = in.u8();
        int type = in.u8();
        in.skip(5);
        long address = type == COMPACT ? Hdf5Input.UNDEFINED : input.offset(in);
        if (type == CHUNKED) {
            return chunks(input, address, axes);
        }
        if (type == CONTIGUOUS) {
            return ELSEWHERE; // its size follows from the type; the range stays unmapped
        }
        return EMPTY;
    }

    private static Storage recent(Hdf5Input input, GlobalHeap heap, ByteReader in, int type)
            throws IOException, FormatException {
        return switch (type) {
            case COMPACT -> EMPTY;
            case CONTIGUOUS -> contiguous(input, input.offset(in), input.length(in), in.position());
            case CHUNKED -> {
                int axes = in.u8();
                yield chunks(input, input.offset(in), axes);
            }
            case VIRTUAL -> virtual(input, heap, in);
            default -> throw FormatException.broken(in.position(), "No layout is of kind " + type);
        };
    }

    private static Storage contiguous(Hdf5Input input, long address, long size, long at)
            throws FormatException {
        if (address == Hdf5Input.UNDEFINED || size == 0) {
            return EMPTY;
        }
        if (address < 0 || size < 0 || address > input.bytes().size() - size) {
            throw FormatException.truncated(
                    at,
                    "A dataset of "
                            + Long.toUnsignedString(size)
                            + " bytes at "
                            + Long.toUnsignedString(address)
                            + " leads out of the file");
        }
        return new Storage(List.of(new Range(address, address + size)), List.of(), true, List.of());
    }

    private static Storage chunks(Hdf5Input input, long address, int axes)
            throws IOException, FormatException {
        if (address == Hdf5Input.UNDEFINED) {
            return EMPTY;
        }
        if (axes == 0 || axes > MOST_AXES) {
            throw FormatException.broken(address, "Chunks of " + axes + " axes");
        }
        List<Range> ranges = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        for (BTree1.Leaf leaf : BTree1.ofChunks(input, address, axes)) {
            ByteReader key = input.at(leaf.keyAt());
            long size = key.u32();
            skipped.add((int) key.u32());
            if (leaf.address() < 0 || leaf.address() > input.bytes().size() - size) {
                throw FormatException.truncated(leaf.keyAt(), "A chunk leads out of the file");
            }
            ranges.add(new Range(leaf.address(), leaf.address() + size));
        }
        return new Storage(ranges, skipped, true, List.of());
    }

    private static Storage virtual(Hdf5Input input, GlobalHeap heap, ByteReader in)
            throws IOException, FormatException {
        long address = input.offset(in);
        int index = (int) in.u32();
        if (address == Hdf5Input.UNDEFINED) {
            return EMPTY;
        }
        List<String> files = VirtualSources.files(input, heap.object(address, index));
        return new Storage(List.of(), List.of(), true, files);
    }

    /// Names of the raw data files of an external file list.
    static List<String> externalFiles(Hdf5Input input, Message message)
            throws IOException, FormatException {
        ByteReader in = input.at(message.from());
        int version = in.u8();
        in.skip(3);
        in.u16();
        int used = in.u16();
        if (version != 1 || used > MOST_FILES) {
            throw FormatException.broken(
                    message.from(), "A list of " + used + " external files, version " + version);
        }
        LocalHeap names = LocalHeap.read(input, input.offset(in));
        List<String> files = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            input.take(in.position());
            files.add(names.name(input.length(in)));
            input.length(in);
            input.length(in);
        }
        return files;
    }

    /// The filters of a pipeline message.
    static List<Filter> filters(Hdf5Input input, Message message)
            throws IOException, FormatException {
        ByteReader in = input.at(message.from());
        int version = in.u8();
        int count = in.u8();
        if (version < 1 || version > 2 || count > 32) {
            throw FormatException.broken(
                    message.from(), "A list of " + count + " filters, version " + version);
        }
        in.skip(version == 1 ? 6 : 0);
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = in.u16();
            int nameBytes = version == 1 || id >= 256 ? in.u16() : 0;
            in.u16();
            int values = in.u16();
            in.skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
            List<Integer> settings = new ArrayList<>();
            int kept = Math.min(values, MOST_SETTINGS);
            for (int k = 0; k < kept; k++) {
                settings.add((int) in.u32());
            }
            in.skip(4L * (values - kept));
            in.skip(version == 1 && values % 2 == 1 ? 4 : 0);
            filters.add(new Filter(id, settings));
        }
        return filters;
    }
}
