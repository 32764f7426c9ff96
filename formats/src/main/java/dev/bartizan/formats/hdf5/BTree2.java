package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Version 2 B-trees (section III.A.2): yields the places of all records. Widths of the counts
/// beside child pointers follow from what a node can hold, as in the library (H5B2hdr.c).
final class BTree2 {
    private static final int NODE_HEAD_BYTES = 10;
    private static final int DEEPEST = 16;

    private final Hdf5Input input;
    private final int recordBytes;
    private final long[] mostRecords;
    private final int[] totalWidth;
    private final Set<Long> seen = new HashSet<>();
    private final List<Long> records = new ArrayList<>();

    private BTree2(Hdf5Input input, long nodeBytes, int recordBytes, int depth, long at)
            throws FormatException {
        if (depth > DEEPEST || recordBytes == 0 || nodeBytes <= NODE_HEAD_BYTES + recordBytes) {
            throw FormatException.broken(at, "An index with impossible sizes");
        }
        this.input = input;
        this.recordBytes = recordBytes;
        mostRecords = new long[depth + 1];
        totalWidth = new int[depth + 1];
        mostRecords[0] = (nodeBytes - NODE_HEAD_BYTES) / recordBytes;
        long all = mostRecords[0];
        for (int level = 1; level <= depth; level++) {
            int pointer = input.offsetBytes() + width(mostRecords[0]) + totalWidth[level - 1];
            mostRecords[level] =
                    (nodeBytes - NODE_HEAD_BYTES - pointer) / (recordBytes + (long) pointer);
            all =
                    Math.min(Long.MAX_VALUE >> 16, (mostRecords[level] + 1) * all)
                            + mostRecords[level];
            totalWidth[level] = width(all);
        }
    }

    private static int width(long most) {
        return (63 - Long.numberOfLeadingZeros(Math.max(1, most))) / 8 + 1;
    }

    /// Width of a record.
    static int recordBytes(Hdf5Input input, long address) throws IOException, FormatException {
        ByteReader in = input.at(address, "BTHD");
        in.skip(6);
        return in.u16();
    }

    /// Where each record starts.
    static List<Long> records(Hdf5Input input, long address) throws IOException, FormatException {
        ByteReader in = input.at(address, "BTHD");
        in.skip(2);
        long nodeBytes = in.u32();
        int recordBytes = in.u16();
        int depth = in.u16();
        in.skip(2);
        long root = input.offset(in);
        int count = in.u16();
        input.length(in);
        input.structure(address, in.position() + 4);
        BTree2 tree = new BTree2(input, nodeBytes, recordBytes, depth, address);
        if (root != Hdf5Input.UNDEFINED) {
            tree.node(root, count, depth);
        }
        return tree.records;
    }

    private void node(long address, long count, int level) throws IOException, FormatException {
        if (!seen.add(address)) {
            throw FormatException.broken(Math.max(0, address), "An index leads in a circle");
        }
        ByteReader in = input.at(address, level == 0 ? "BTLF" : "BTIN");
        in.skip(2);
        if (count > mostRecords[level]) {
            throw FormatException.broken(
                    address, "A node of an index holds " + count + " records, more than fit");
        }
        for (long i = 0; i < count; i++) {
            input.take(in.position());
            records.add(in.position());
            in.skip(recordBytes);
        }
        for (long i = 0; level > 0 && i <= count; i++) {
            long child = input.offset(in);
            long childCount = Hdf5Input.number(in, width(mostRecords[0]));
            in.skip(level > 1 ? totalWidth[level - 1] : 0);
            node(child, childCount, level - 1);
        }
        input.structure(address, in.position() + 4);
    }
}
