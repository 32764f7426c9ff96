package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.Checksum;
import dev.bartizan.core.Digest;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FileBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/// One pass over every byte of a file: its SHA-256, and whether stored parts check to what their
/// container promises. Blocks stay in the processor's cache until both are done.
final class WholeRead {
    private static final int BLOCK_BYTES = 1 << 15;

    private final MessageDigest digest = Digest.sha256();
    private final List<Checksum> parts;
    private final List<Checksum> wrong = new ArrayList<>();
    private final CRC32 crc = new CRC32();
    private int next;

    /// @param digest of all bytes
    /// @param wrong parts that do not check
    record Result(Digest digest, List<Checksum> wrong) {
        Result {
            wrong = List.copyOf(wrong);
        }
    }

    private WholeRead(List<Checksum> parts) {
        this.parts = withoutOverlaps(parts);
    }

    static Result of(Path file, List<Checksum> parts) throws IOException {
        WholeRead read = new WholeRead(parts);
        byte[] block = new byte[BLOCK_BYTES];
        try (FileBlocks blocks = FileBlocks.open(file, BLOCK_BYTES)) {
            long at = 0;
            for (int n = blocks.next(block); n > 0; n = blocks.next(block)) {
                read.take(block, n, at);
                at += n;
            }
        }
        return read.result();
    }

    /// The same for bytes that lie in no file of their own.
    static Result of(ByteSource bytes, List<Checksum> parts) throws IOException {
        WholeRead read = new WholeRead(parts);
        for (long at = 0; at < bytes.size(); ) {
            byte[] block = bytes.bytes(at, BLOCK_BYTES);
            if (block.length == 0) {
                throw new IOException("the bytes end early");
            }
            read.take(block, block.length, at);
            at += block.length;
        }
        return read.result();
    }

    /// Of parts that overlap only the first counts; the overlap is a defect of its own.
    private static List<Checksum> withoutOverlaps(List<Checksum> parts) {
        List<Checksum> apart = new ArrayList<>();
        long end = 0;
        for (Checksum part :
                parts.stream()
                        .sorted((one, other) -> Long.compare(one.from(), other.from()))
                        .toList()) {
            if (part.from() >= end && part.to() > part.from()) {
                apart.add(part);
                end = part.to();
            }
        }
        return apart;
    }

    private void take(byte[] block, int length, long at) {
        digest.update(block, 0, length);
        while (next < parts.size() && parts.get(next).from() < at + length) {
            Checksum part = parts.get(next);
            int from = (int) Math.max(0, part.from() - at);
            int to = (int) Math.min(length, part.to() - at);
            crc.update(block, from, to - from);
            if (part.to() > at + length) {
                return;
            }
            if (crc.getValue() != part.crc()) {
                wrong.add(part);
            }
            crc.reset();
            next++;
        }
    }

    private Result result() {
        if (next < parts.size()) {
            wrong.addAll(parts.subList(next, parts.size())); // they end behind the file
        }
        return new Result(new Digest(HexFormat.of().formatHex(digest.digest())), wrong);
    }
}
