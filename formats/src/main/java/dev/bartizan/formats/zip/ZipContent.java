package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The unpacked bytes of a member.
///
/// @param bytes what could be unpacked
/// @param problem what went wrong while unpacking: broken data, wrong checksum or length, a limit
/// @param isWhole whether all of it could be unpacked
public record ZipContent(ByteSource bytes, Optional<String> problem, boolean isWhole)
        implements Closeable {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int LEAST_BLOCK_BYTES = 1 << 12;

    /// The longest stored member whose checksum is compared when it is opened, unless said
    /// otherwise.
    public static final long CHECKED_STORED_BYTES = 1 << 20;

    private static final long MOST_WALKED_BYTES = 1L << 32;

    /// Unpacks a member.
    ///
    /// @param limit most bytes to unpack
    /// @throws FormatException when it is encrypted or packed in a way that is not read here
    public static ZipContent open(ByteSource file, ZipMember member, long limit)
            throws IOException, FormatException {
        return open(file, member, limit, CHECKED_STORED_BYTES);
    }

    /// The same with another limit for the checksums of stored members.
    ///
    /// @param checked the longest stored member whose checksum is compared, in bytes
    /// @throws FormatException when it is encrypted or packed in a way that is not read here
    public static ZipContent open(ByteSource file, ZipMember member, long limit, long checked)
            throws IOException, FormatException {
        ByteSource packed = file.slice(member.dataOffset(), member.packedBytes());
        if (!member.isEncrypted()) {
            return unpack(packed, member, limit, checked);
        }
        ZipContent ignoringFlag = unpack(packed, member, limit, checked);
        if (ignoringFlag.problem().isEmpty() && ignoringFlag.isWhole()) {
            return new ZipContent(
                    ignoringFlag.bytes(),
                    Optional.of("It claims to be encrypted and is not"),
                    true);
        }
        ignoringFlag.close();
        throw FormatException.unsupported(member.headerOffset(), "The member is encrypted");
    }

    /// Whether opening a member also compares its checksum: that of a large stored one would mean
    /// reading bytes that nobody may want.
    public static boolean isChecked(ZipMember member, long checked) {
        return member.method() != ZipMember.STORED || member.packedBytes() <= checked;
    }

    private static ZipContent unpack(ByteSource packed, ZipMember member, long limit, long checked)
            throws IOException, FormatException {
        return switch (member.method()) {
            case ZipMember.STORED ->
                    isChecked(member, checked)
                            ? stored(packed, member)
                            : new ZipContent(packed, Optional.empty(), true);
            case ZipMember.DEFLATED -> inflate(packed, member, limit);
            default ->
                    throw FormatException.unsupported(
                            member.headerOffset(),
                            "Compression method " + member.method() + " is not read here");
        };
    }

    private static ZipContent stored(ByteSource packed, ZipMember member) throws IOException {
        CRC32 crc = new CRC32();
        if (packed.size() <= BLOCK_BYTES) { // read once, and kept for those who look at it
            byte[] all = packed.bytes(0, (int) packed.size());
            crc.update(all);
            return new ZipContent(ByteSource.of(all), difference(member, crc, packed.size()), true);
        }
        byte[] block = new byte[BLOCK_BYTES];
        long at = 0;
        for (int n = packed.read(at, block, 0, block.length);
                n > 0;
                n = packed.read(at, block, 0, block.length)) {
            crc.update(block, 0, n);
            at += n;
        }
        return new ZipContent(packed, difference(member, crc, packed.size()), true);
    }

    private static ZipContent inflate(ByteSource packed, ZipMember member, long limit)
            throws IOException {
        Inflater inflater = new Inflater(true);
        CRC32 crc = new CRC32();
        byte[] out = new byte[blockFor(member.promisedBytes() + 1)];
        byte[] in = new byte[blockFor(packed.size())];
        long at = 0;
        try (Spool spool = new Spool(limit)) {
            while (!inflater.finished()) {
                int n = inflater.inflate(out);
                crc.update(out, 0, n);
                if (!spool.add(out, 0, n)) {
                    return part(spool, "Unpacks to more than " + limit + " bytes");
                }
                if (n == 0 && !inflater.finished()) {
                    int got = inflater.needsInput() ? packed.read(at, in, 0, in.length) : 0;
                    if (got <= 0) {
                        return part(spool, "The packed bytes end early");
                    }
                    inflater.setInput(in, 0, got);
                    at += got;
                }
            }
            return new ZipContent(spool.toSource(), difference(member, crc, spool.size()), true);
        } catch (DataFormatException e) {
            return broken(packed, limit, String.valueOf(e.getMessage()));
        } finally {
            inflater.end();
        }
    }

    /// Small members are many: their blocks are no larger than they are.
    private static int blockFor(long bytes) {
        return Math.clamp(bytes, LEAST_BLOCK_BYTES, BLOCK_BYTES);
    }

    private static ZipContent part(Spool spool, String problem) throws IOException {
        return new ZipContent(spool.toSource(), Optional.of(problem), false);
    }

    /// Keeps what could be unpacked before the data broke.
    private static ZipContent broken(ByteSource packed, long limit, String why) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] out = new byte[BLOCK_BYTES];
        byte[] in = new byte[1];
        try (Spool spool = new Spool(limit)) {
            long most = Math.min(packed.size(), 1 << 20);
            for (long at = 0; at < most && packed.read(at, in, 0, 1) == 1; at++) {
                inflater.setInput(in);
                for (int n = safely(inflater, out); n > 0; n = safely(inflater, out)) {
                    if (!spool.add(out, 0, n)) {
                        return part(spool, "The packed bytes are broken: " + why);
                    }
                }
            }
            return part(spool, "The packed bytes are broken: " + why);
        } finally {
            inflater.end();
        }
    }

    private static int safely(Inflater inflater, byte[] out) {
        try {
            return inflater.inflate(out);
        } catch (DataFormatException e) {
            return 0;
        }
    }

    private static Optional<String> difference(ZipMember member, CRC32 crc, long size) {
        if (size != member.promisedBytes()) {
            return Optional.of(
                    "Unpacks to " + size + " bytes, " + member.promisedBytes() + " promised");
        }
        return crc.getValue() == member.crc()
                ? Optional.empty()
                : Optional.of("The checksum is not the promised one");
    }

    /// How many of these bytes one deflate stream takes; all of them when it is broken.
    static long deflatedLength(ByteSource packed) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] out = new byte[BLOCK_BYTES];
        byte[] in = new byte[BLOCK_BYTES];
        long at = 0;
        try {
            while (!inflater.finished() && inflater.getBytesWritten() < MOST_WALKED_BYTES) {
                int n = inflater.inflate(out);
                if (n == 0 && !inflater.finished()) {
                    int got = inflater.needsInput() ? packed.read(at, in, 0, in.length) : 0;
                    if (got <= 0) {
                        return packed.size();
                    }
                    inflater.setInput(in, 0, got);
                    at += got;
                }
            }
            return inflater.getBytesRead();
        } catch (DataFormatException e) {
            return packed.size();
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
