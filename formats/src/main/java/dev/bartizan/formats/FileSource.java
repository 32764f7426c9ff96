package dev.bartizan.formats;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/// Opens files: small ones are read at once, of larger ones what is looked at.
///
/// Small files go through `FileInputStream`, whose open, read and close cost half the CPU of a
/// `FileChannel`'s, which counts when there are a hundred thousand of them.
final class FileSource {
    private static final int FIRST_READ_BYTES = 1 << 13;
    private static final int READ_AT_ONCE_BYTES = 1 << 20;

    private FileSource() {}

    static ByteSource open(Path file) throws IOException {
        if (!file.getFileSystem().equals(java.nio.file.FileSystems.getDefault())) {
            return MappedSource.open(file);
        }
        byte[] start = new byte[FIRST_READ_BYTES];
        try (InputStream in = new FileInputStream(file.toFile())) {
            int length = in.readNBytes(start, 0, FIRST_READ_BYTES);
            if (length < FIRST_READ_BYTES) {
                return ByteSource.of(Arrays.copyOf(start, length));
            }
            long size = java.nio.file.Files.size(file);
            if (size <= READ_AT_ONCE_BYTES) {
                return ByteSource.of(rest(start, in));
            }
        }
        return LargeFile.open(file, start);
    }

    /// At most as many bytes as may be read at once: a file that grows meanwhile is cut.
    private static byte[] rest(byte[] start, InputStream in) throws IOException {
        byte[] rest = in.readNBytes(READ_AT_ONCE_BYTES - start.length);
        byte[] all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return all;
    }
}
