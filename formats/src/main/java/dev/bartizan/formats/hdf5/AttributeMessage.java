package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Attribute;
import dev.bartizan.formats.hdf5.Hdf5Tree.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Attributes (section IV.A.2.m), versions 1 to 3, with texts of fixed and of variable length.
final class AttributeMessage {
    private static final int SHARED_TYPE = 1;

    private final Hdf5Input input;
    private final GlobalHeap heap;
    private long valueBytes;

    AttributeMessage(Hdf5Input input, GlobalHeap heap) {
        this.input = input;
        this.heap = heap;
    }

    /// @param owner path of the object
    /// @param bytes content of the message
    /// @param place where it stands in the file, for reports
    Attribute read(String owner, ByteSource bytes, long place) throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        if (version < 1 || version > 3) {
            throw FormatException.broken(place, "No attribute has version " + version);
        }
        int flags = in.u8();
        int nameBytes = in.u16();
        int typeBytes = in.u16();
        int spaceBytes = in.u16();
        in.skip(version == 3 ? 1 : 0);
        String name = Hdf5Input.zeroEnded(bytes.slice(in.position(), nameBytes), 0);
        in.skip(padded(nameBytes, version));
        if (version > 1 && (flags & SHARED_TYPE) != 0) {
            throw FormatException.unsupported(
                    place, "the attribute \"" + name + "\", whose type is kept elsewhere");
        }
        DataType type = DataType.read(new ByteReader(bytes, in.position()));
        in.skip(padded(typeBytes, version));
        long elements = DataSpace.elements(input, new ByteReader(bytes, in.position()));
        in.skip(padded(spaceBytes, version));
        boolean isRead =
                type.kind() == Kind.TEXT || type.kind() == Kind.OPAQUE || type.isVariable();
        if (type.size() > 0 && elements > in.remaining() / type.size()) {
            throw FormatException.truncated(
                    place, "The value of \"" + name + "\" is longer than its attribute");
        }
        List<byte[]> values = isRead ? values(in, type, elements, place) : List.of();
        return new Attribute(owner, name, type.kind(), values, place);
    }

    private static long padded(int bytes, int version) {
        return version == 1 ? (bytes + 7) / 8 * 8 : bytes;
    }

    private List<byte[]> values(ByteReader in, DataType type, long elements, long place)
            throws IOException, FormatException {
        List<byte[]> values = new ArrayList<>();
        long taken = 0;
        for (long i = 0; i < elements; i++) {
            input.take(place);
            byte[] value =
                    type.isVariable()
                            ? variable(in, place)
                            : in.bytes((int) Math.min(type.size(), Hdf5Limits.VALUE_BYTES));
            taken += value.length;
            valueBytes += value.length;
            if (taken > Hdf5Limits.VALUE_BYTES || valueBytes > Hdf5Limits.ALL_VALUE_BYTES) {
                throw FormatException.limit(place, "Attributes hold more text than the limit");
            }
            values.add(value);
        }
        return values;
    }

    private byte[] variable(ByteReader in, long place) throws IOException, FormatException {
        long length = in.u32();
        long address = input.offset(in);
        long index = in.u32();
        if (length == 0 || address == 0 || address == Hdf5Input.UNDEFINED) {
            return new byte[0];
        }
        ByteSource object = heap.object(address, (int) index);
        if (object.size() > Hdf5Limits.VALUE_BYTES) {
            throw FormatException.limit(place, "A text of " + object.size() + " bytes");
        }
        return object.bytes(0, (int) object.size());
    }
}
