package dev.bartizan.formats.ocdbt;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A manifest or node as it lies in a file: a header, a body that may be packed, a checksum.
///
/// @param kind what it is
/// @param from where it starts in the file
/// @param to where it ends in the file
/// @param isPacked whether its body is packed by Zstandard
/// @param body its body as it lies there
/// @param isSound whether it checks to its checksum
public record OcdbtFrame(
        Kind kind, long from, long to, boolean isPacked, ByteSource body, boolean isSound) {
    private static final int HEAD_BYTES = 12;
    private static final int CHECKSUM_BYTES = 4;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final long MOST_BYTES = 256L << 20;

    /// What a frame is.
    public enum Kind {
        /// The root of everything.
        MANIFEST(0x0cdb3a2a),
        /// Points to older states.
        VERSIONS(0x0cdb1234),
        /// Keys and values, or nodes below.
        TREE(0x0cdb20de);

        private final int magic;

        Kind(int magic) {
            this.magic = magic;
        }
    }

    /// What starts at an offset; empty when it is nothing of the kind.
    public static Optional<Kind> kind(ByteSource file, long at) throws IOException {
        byte[] magic = file.bytes(at, Integer.BYTES);
        if (magic.length < Integer.BYTES || magic[0] != 0x0c || magic[1] != (byte) 0xdb) {
            return Optional.empty();
        }
        int low = (magic[2] & 0xff) << 8 | (magic[3] & 0xff);
        for (Kind kind : Kind.values()) {
            if ((kind.magic & 0xffff) == low) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The frame at an offset.
    ///
    /// @throws FormatException when there is none, or it leads out of the file
    public static OcdbtFrame read(ByteSource file, long at) throws IOException, FormatException {
        Kind kind =
                kind(file, at).orElseThrow(() -> FormatException.broken(at, "No node starts here"));
        ByteReader in = new ByteReader(file, at + Integer.BYTES);
        long length = in.i64();
        if (length < HEAD_BYTES + CHECKSUM_BYTES || length > file.size() - at) {
            throw FormatException.truncated(
                    at, "A node of " + length + " bytes leads out of the file");
        }
        if (length > MOST_BYTES) {
            throw FormatException.limit(at, "A node of " + length + " bytes");
        }
        if (OcdbtNode.varint(in) != 0) {
            throw FormatException.unsupported(at, "nodes of another version");
        }
        long packing = OcdbtNode.varint(in);
        if (packing > 1) {
            throw FormatException.unsupported(at, "nodes packed in the way of number " + packing);
        }
        long end = at + length - CHECKSUM_BYTES;
        if (in.position() > end) {
            throw FormatException.broken(at, "A node has no room for its header");
        }
        long promised = new ByteReader(file, end).u32();
        return new OcdbtFrame(
                kind,
                at,
                at + length,
                packing == 1,
                file.slice(in.position(), end - in.position()),
                checksum(file, at, end) == promised);
    }

    private static long checksum(ByteSource file, long from, long to) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = from; at < to; at += BLOCK_BYTES) {
            crc.update(file.bytes(at, (int) Math.min(BLOCK_BYTES, to - at)));
        }
        return crc.getValue();
    }
}
