package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Collections of values of variable length (section III.E).
final class GlobalHeap {
    private final Hdf5Input input;
    private final Map<Long, Map<Integer, ByteSource>> collections = new HashMap<>();

    GlobalHeap(Hdf5Input input) {
        this.input = input;
    }

    /// The object of a collection.
    ByteSource object(long address, int index) throws IOException, FormatException {
        Map<Integer, ByteSource> collection = collections.get(address);
        if (collection == null) {
            collection = read(address);
            collections.put(address, collection);
        }
        ByteSource object = collection.get(index);
        if (object == null) {
            throw FormatException.broken(
                    Math.max(0, address), "The global heap has no object " + index);
        }
        return object;
    }

    private Map<Integer, ByteSource> read(long address) throws IOException, FormatException {
        ByteReader in = input.at(address, "GCOL");
        in.skip(4);
        long size = input.length(in);
        if (size < 16 || size > input.bytes().size() - address) {
            throw FormatException.truncated(
                    address,
                    "A global heap of " + Long.toUnsignedString(size) + " bytes does not fit");
        }
        input.structure(address, address + size);
        long end = address + size;
        Map<Integer, ByteSource> objects = new HashMap<>();
        while (in.position() + 8 + input.lengthBytes() <= end) {
            input.take(in.position());
            int index = in.u16();
            in.skip(6);
            long length = input.length(in);
            if (index == 0) {
                break;
            }
            if (length < 0 || length > end - in.position()) {
                throw FormatException.broken(
                        in.position(), "An object is longer than its global heap");
            }
            objects.put(index, input.bytes().slice(in.position(), length));
            in.skip(Math.min((length + 7) / 8 * 8, end - in.position()));
        }
        return objects;
    }
}
