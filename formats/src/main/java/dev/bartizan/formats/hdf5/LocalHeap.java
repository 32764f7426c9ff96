package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Names of a group of the old style, or of external files (section III.D).
///
/// @param data the segment that names point into
record LocalHeap(ByteSource data) {
    static LocalHeap read(Hdf5Input input, long address) throws IOException, FormatException {
        ByteReader in = input.at(address, "HEAP");
        in.skip(4);
        long size = input.length(in);
        input.length(in); // free list
        long from = input.offset(in);
        if (from < 0 || size < 0 || from > input.bytes().size() - size) {
            throw FormatException.truncated(address, "A heap of names leads out of the file");
        }
        input.structure(address, in.position());
        input.structure(from, from + size);
        return new LocalHeap(input.bytes().slice(from, size));
    }

    String name(long offset) throws IOException, FormatException {
        if (offset < 0 || offset >= data.size()) {
            throw FormatException.broken(0, "A name lies outside its heap: " + offset);
        }
        return Hdf5Input.zeroEnded(data, offset);
    }
}
