package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A heap of links or attributes of one object (section III.G): managed objects in blocks of
/// doubling size, huge ones on their own, tiny ones in their identifiers.
final class FractalHeap {
    private static final int MANAGED = 0;
    private static final int HUGE = 1;
    private static final int TINY = 2;
    private static final int MOST_ROWS = 64;

    private final Hdf5Input input;
    private final Map<Long, long[]> huge = new HashMap<>();
    private final TreeMap<Long, long[]> blocks = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();
    private int offsetWidth;
    private int lengthWidth;
    private int tableWidth;
    private long startBytes;
    private int directRows;
    private boolean hasDirectHuge;

    private FractalHeap(Hdf5Input input) {
        this.input = input;
    }

    static FractalHeap read(Hdf5Input input, long address) throws IOException, FormatException {
        FractalHeap heap = new FractalHeap(input);
        heap.header(address);
        return heap;
    }

    private void header(long address) throws IOException, FormatException {
        ByteReader in = input.at(address, "FRHP");
        in.skip(1);
        int idBytes = in.u16();
        if (in.u16() != 0) {
            throw FormatException.unsupported(address, "a heap of links packed by filters");
        }
        in.skip(1);
        long mostManaged = in.u32();
        input.length(in);
        long hugeIndex = input.offset(in);
        in.skip(input.lengthBytes() + (long) input.offsetBytes() + 8L * input.lengthBytes());
        tableWidth = in.u16();
        startBytes = input.length(in);
        long mostDirect = input.length(in);
        int bits = in.u16();
        in.skip(2);
        long root = input.offset(in);
        int rows = in.u16();
        input.structure(address, in.position() + 4);
        boolean isOdd =
                tableWidth == 0
                        || startBytes <= 0
                        || mostDirect < startBytes
                        || bits == 0
                        || bits > 64
                        || rows > MOST_ROWS;
        if (isOdd) {
            throw FormatException.broken(address, "A heap with impossible sizes");
        }
        offsetWidth = (bits + 7) / 8;
        lengthWidth = Math.min((log2(mostDirect) + 7) / 8, (log2(mostManaged) + 7) / 8);
        directRows = log2(mostDirect) - log2(startBytes) + 2;
        hasDirectHuge = idBytes > input.offsetBytes() + input.lengthBytes();
        if (root != Hdf5Input.UNDEFINED) {
            if (rows == 0) {
                block(root, 0, startBytes);
            } else {
                indirect(root, 0, rows);
            }
        }
        if (hugeIndex != Hdf5Input.UNDEFINED && !hasDirectHuge) {
            hugeIndex(hugeIndex);
        }
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(Math.max(1, value));
    }

    private void block(long address, long heapOffset, long size)
            throws IOException, FormatException {
        input.at(address, "FHDB");
        long there = Math.min(size, input.bytes().size() - address);
        input.structure(address, address + there);
        blocks.put(heapOffset, new long[] {address, there});
    }

    private void indirect(long address, long heapOffset, int rows)
            throws IOException, FormatException {
        if (!seen.add(address)) {
            throw FormatException.broken(Math.max(0, address), "A heap leads in a circle");
        }
        ByteReader in = input.at(address, "FHIB");
        in.skip(1L + input.offsetBytes() + offsetWidth);
        long at = heapOffset;
        for (int row = 0; row < rows; row++) {
            long size = row < 2 ? startBytes : startBytes << Math.min(40, row - 1);
            for (int column = 0; column < tableWidth; column++) {
                input.take(in.position());
                long child = input.offset(in);
                if (child != Hdf5Input.UNDEFINED) {
                    if (row < directRows) {
                        block(child, at, size);
                    } else {
                        indirect(child, at, rowsOf(size));
                    }
                }
                at += size;
            }
        }
        input.structure(address, in.position() + 4);
    }

    /// How many rows an indirect block has that stands for `size` bytes of the heap.
    private int rowsOf(long size) {
        return log2(size) - log2(startBytes * tableWidth) + 1;
    }

    private void hugeIndex(long address) throws IOException, FormatException {
        for (long record : BTree2.records(input, address)) {
            ByteReader in = input.at(record);
            long from = input.offset(in);
            long length = input.length(in);
            huge.put(input.length(in), new long[] {from, length});
        }
    }

    /// The object of an identifier.
    ByteSource object(ByteReader id) throws IOException, FormatException {
        long at = id.position();
        int first = id.u8();
        return switch (first >> 4 & 3) {
            case MANAGED ->
                    managed(
                            Hdf5Input.number(id, offsetWidth),
                            Hdf5Input.number(id, lengthWidth),
                            at);
            case HUGE -> hugeObject(id, at);
            case TINY -> input.bytes().slice(id.position(), (first & 0x0f) + 1L);
            default -> throw FormatException.broken(at, "No heap object is of that kind");
        };
    }

    private ByteSource managed(long offset, long length, long at) throws FormatException {
        Map.Entry<Long, long[]> block = blocks.floorEntry(offset);
        if (block == null
                || offset < 0
                || length < 0
                || offset - block.getKey() + length > block.getValue()[1]) {
            throw FormatException.broken(at, "A heap object lies outside its heap");
        }
        return input.bytes().slice(block.getValue()[0] + offset - block.getKey(), length);
    }

    private ByteSource hugeObject(ByteReader id, long at) throws IOException, FormatException {
        long[] place =
                hasDirectHuge
                        ? new long[] {input.offset(id), input.length(id)}
                        : huge.get(input.length(id));
        if (place == null
                || place[0] < 0
                || place[1] < 0
                || place[0] > input.bytes().size() - place[1]) {
            throw FormatException.broken(at, "A huge heap object lies outside the file");
        }
        input.structure(place[0], place[0] + place[1]);
        return input.bytes().slice(place[0], place[1]);
    }
}
