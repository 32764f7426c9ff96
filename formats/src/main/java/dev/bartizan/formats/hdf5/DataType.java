package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Kind;
import java.io.IOException;

/// The start of a datatype message (section IV.A.2.d): enough to find texts and opaque bytes.
///
/// @param kind class of the type
/// @param isVariable whether elements are pointers into the global heap
/// @param size of one element in bytes
record DataType(Kind kind, boolean isVariable, long size) {
    private static final int VARIABLE = 9;

    static DataType read(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        int classAndVersion = in.u8();
        int bits = in.u8();
        in.skip(2);
        long size = in.u32();
        int type = classAndVersion & 0x0f;
        int version = classAndVersion >> 4;
        if (version < 1 || version > 5 || type > 11) {
            throw FormatException.broken(
                    at, "No type has class " + type + " in version " + version);
        }
        Kind kind =
                switch (type) {
                    case 0, 1, 4, 8 -> Kind.NUMBER;
                    case 3 -> Kind.TEXT;
                    case 5 -> Kind.OPAQUE;
                    case 6 -> Kind.COMPOUND;
                    case VARIABLE -> (bits & 0x0f) == 1 ? Kind.TEXT : Kind.LIST;
                    default -> Kind.OTHER;
                };
        return new DataType(kind, type == VARIABLE, size);
    }
}
