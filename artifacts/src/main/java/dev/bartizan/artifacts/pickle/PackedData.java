package dev.bartizan.artifacts.pickle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// Data within a file that something packed: gzip (RFC 1952), zlib (RFC 1950), bzip2, xz. Unpacked
/// as far as its start goes, and as long as all of it together stays within a limit.
public final class PackedData {
    private static final int MOST_BYTES = 1 << 20;
    private static final long MOST_TOGETHER = 32L << 20;
    private static final int MOST_MEMORY_KIB = 16 << 10;
    private long together;

    /// For one file.
    public PackedData() {}

    /// The first megabyte of what was packed; empty when nothing was, or when too much of it was
    /// unpacked before.
    public Optional<byte[]> unpack(byte[] bytes) {
        if (together >= MOST_TOGETHER || !isPacked(bytes)) {
            return Optional.empty();
        }
        try (InputStream in = open(bytes)) {
            byte[] plain = in.readNBytes(MOST_BYTES);
            together += plain.length;
            return Optional.of(plain);
        } catch (IOException e) {
            together += MOST_BYTES / 8;
            return Optional.empty(); // not packed after all, or cut
        }
    }

    /// Whether bytes start as one of them does.
    public static boolean isPacked(byte[] bytes) {
        return isGzip(bytes) || isZlib(bytes) || starts(bytes, "BZh") || isXz(bytes);
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length > 18 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    private static boolean isZlib(byte[] bytes) {
        return bytes.length > 8
                && bytes[0] == 0x78
                && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31 == 0;
    }

    private static boolean isXz(byte[] bytes) {
        return bytes.length > 18 && bytes[0] == (byte) 0xfd && starts(bytes, 1, "7zXZ");
    }

    private static boolean starts(byte[] bytes, String text) {
        return bytes.length > 18 && starts(bytes, 0, text);
    }

    private static boolean starts(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static InputStream open(byte[] bytes) throws IOException {
        InputStream packed = new ByteArrayInputStream(bytes);
        if (isGzip(bytes)) {
            return new GZIPInputStream(packed);
        }
        if (isZlib(bytes)) {
            return new InflaterInputStream(packed);
        }
        return isXz(bytes)
                ? new XZInputStream(packed, MOST_MEMORY_KIB)
                : new BZip2CompressorInputStream(packed);
    }
}
