package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// The superblock (section II.A), versions 0 to 3.
///
/// @param input the bytes from the superblock on; the library, too, counts addresses from where it
///   found the superblock, whatever base address stands in it
/// @param rootAddress object header of the root group
/// @param end where the file says it ends, counted from its base address
/// @param extensionAddress object header of the superblock's extension, or none
record Superblock(Hdf5Input input, long rootAddress, long end, long extensionAddress) {
    private static final int SIGNATURE_BYTES = 8;

    static Superblock read(ByteSource bytes) throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes, SIGNATURE_BYTES);
        int version = in.u8();
        return switch (version) {
            case 0, 1 -> old(bytes, version);
            case 2, 3 -> recent(bytes);
            default ->
                    throw FormatException.broken(
                            SIGNATURE_BYTES, "No superblock has version " + version);
        };
    }

    private static Superblock old(ByteSource bytes, int version)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes, 13);
        Hdf5Input input = input(bytes, in.u8(), in.u8());
        in.seek(version == 0 ? 24 : 28);
        long base = input.offset(in);
        input.offset(in); // free space
        long end = input.offset(in);
        input.offset(in); // driver information
        input.offset(in); // name of the root group
        long root = input.offset(in);
        input.structure(0, in.position() + 24);
        return new Superblock(input, root, end - Math.max(0, base), Hdf5Input.UNDEFINED);
    }

    private static Superblock recent(ByteSource bytes) throws IOException, FormatException {
        ByteReader in = new ByteReader(bytes, 9);
        Hdf5Input input = input(bytes, in.u8(), in.u8());
        in.skip(1);
        long base = input.offset(in);
        long extension = input.offset(in);
        long end = input.offset(in);
        long root = input.offset(in);
        input.checksum("the superblock", 0, in.position());
        input.structure(0, in.position() + 4);
        return new Superblock(input, root, end - Math.max(0, base), extension);
    }

    private static Hdf5Input input(ByteSource bytes, int offsetBytes, int lengthBytes)
            throws FormatException {
        if (!isWidth(offsetBytes) || !isWidth(lengthBytes)) {
            throw FormatException.broken(
                    SIGNATURE_BYTES + 1,
                    "Addresses of "
                            + offsetBytes
                            + " and lengths of "
                            + lengthBytes
                            + " bytes; only 2, 4 and 8 exist");
        }
        return new Hdf5Input(bytes, offsetBytes, lengthBytes);
    }

    private static boolean isWidth(int bytes) {
        return bytes == 2 || bytes == 4 || bytes == 8;
    }
}
