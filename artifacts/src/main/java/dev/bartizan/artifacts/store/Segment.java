package dev.bartizan.artifacts.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.CRC32C;

/// One file of results, written once and never changed: a table sorted by key, then the values.
/// Mapped, so that looking one up touches a few pages however large the file is.
///
/// Layout, big endian: 8 bytes of {@link #MAGIC}, int count, int 0; for each entry its key of 32
/// bytes, int offset, int length, int CRC-32C of the value mixed with the key; values. Whatever
/// does not fit, or does not check, is as if it were not there.
final class Segment {
    private static final long MAGIC = 0x42_5a_52_53_4c_54_30_31L; // BZRSLT01
    private static final int HEADER_BYTES = 16;
    private static final int ENTRY_BYTES = StoreKey.BYTES + 12;
    private static final int MOST_BYTES = 128 << 20;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final ByteBuffer bytes;
    private final int count;

    private Segment(Path file, ByteBuffer bytes, int count) {
        this.file = file;
        this.bytes = bytes;
        this.count = count;
    }

    /// Opens a file; empty when it is no such file.
    static Optional<Segment> open(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (size < HEADER_BYTES || size > MOST_BYTES) {
                return Optional.empty();
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            int count = bytes.getInt(8);
            boolean isOne =
                    bytes.getLong(0) == MAGIC
                            && count >= 0
                            && count <= (size - HEADER_BYTES) / ENTRY_BYTES;
            return isOne ? Optional.of(new Segment(file, bytes, count)) : Optional.empty();
        } catch (IOException | InternalError e) {
            return Optional.empty(); // gone or cut meanwhile: as if it had not been there
        }
    }

    /// Writes entries into a file that is not there yet, readable by its owner alone.
    static void write(Path file, SortedMap<StoreKey, byte[]> entries) throws IOException {
        Files.createFile(file, PRIVATE);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            out.writeLong(MAGIC);
            out.writeInt(entries.size());
            out.writeInt(0);
            int offset = HEADER_BYTES + entries.size() * ENTRY_BYTES;
            for (Map.Entry<StoreKey, byte[]> entry : entries.entrySet()) {
                byte[] value = entry.getValue();
                StoreKey key = entry.getKey();
                out.writeLong(key.first());
                out.writeLong(key.second());
                out.writeLong(key.third());
                out.writeLong(key.fourth());
                out.writeInt(offset);
                out.writeInt(value.length);
                out.writeInt(check(key, value));
                offset += value.length;
            }
            for (byte[] value : entries.values()) {
                out.write(value);
            }
        }
    }

    /// How many bytes an entry takes.
    static long bytes(byte[] value) {
        return ENTRY_BYTES + (long) value.length;
    }

    private static int check(StoreKey key, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return (int) crc.getValue() ^ key.hashCode();
    }

    Path file() {
        return file;
    }

    long size() {
        return bytes.limit();
    }

    /// The value under a key; empty when there is none that checks.
    Optional<byte[]> find(StoreKey key) {
        int low = 0;
        int high = count - 1;
        try {
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = StoreKey.read(bytes, at(middle)).compareTo(key);
                if (order == 0) {
                    return value(middle, key);
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
        } catch (InternalError e) {
            return Optional.empty(); // the file became shorter
        }
        return Optional.empty();
    }

    private static int at(int entry) {
        return HEADER_BYTES + entry * ENTRY_BYTES;
    }

    private Optional<byte[]> value(int entry, StoreKey key) {
        int at = at(entry) + StoreKey.BYTES;
        int offset = bytes.getInt(at);
        int length = bytes.getInt(at + 4);
        boolean fits = offset >= 0 && length >= 0 && length <= bytes.limit() - (long) offset;
        if (!fits) {
            return Optional.empty();
        }
        byte[] value = new byte[length];
        bytes.get(offset, value);
        return check(key, value) == bytes.getInt(at + 8) ? Optional.of(value) : Optional.empty();
    }

    /// Adds every entry that checks and is not there yet.
    void copyTo(Map<StoreKey, byte[]> into) {
        try {
            for (int i = 0; i < count; i++) {
                StoreKey key = StoreKey.read(bytes, at(i));
                value(i, key).ifPresent(value -> into.putIfAbsent(key, value));
            }
        } catch (InternalError e) {
            // The file became shorter: what was read before stays.
        }
    }
}
