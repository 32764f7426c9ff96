package dev.bartizan.formats.tar;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks a tar archive header by header (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar
/// manual, "Basic Tar Format").
public final class TarReader {
    private static final int BLOCK_BYTES = 512;
    private static final int LONGEST_NAME_BYTES = 1 << 16;

    private final ByteSource file;
    private long at;
    private boolean isAtEnd;

    /// A walk from the start.
    public TarReader(ByteSource file) {
        this.file = file;
    }

    /// Whether the first block is a header: its checksum fits.
    public static boolean isTar(ByteSource file) throws IOException {
        byte[] block = file.bytes(0, BLOCK_BYTES);
        return block.length == BLOCK_BYTES && block[0] != 0 && hasChecksum(block);
    }

    private static boolean hasChecksum(byte[] block) {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            int b = i >= 148 && i < 156 ? ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        try {
            long stored = octal(block, 148, 8);
            return stored == unsigned || stored == signed;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// Whether another header follows.
    public boolean hasNext() throws IOException {
        if (isAtEnd) {
            return false;
        }
        byte[] block = file.bytes(at, BLOCK_BYTES);
        isAtEnd = block.length < BLOCK_BYTES || isZero(block);
        return !isAtEnd;
    }

    /// Offset behind the last member.
    public long position() {
        return at;
    }

    /// Offset behind the zeros that end the archive.
    public long paddingEnd() throws IOException {
        long end = at;
        while (end < file.size()) {
            byte[] block = file.bytes(end, BLOCK_BYTES);
            if (!isZero(block)) {
                return end;
            }
            end += block.length;
        }
        return end;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// The next member.
    ///
    /// @throws FormatException when its header is broken or its bytes end early
    public TarEntry next() throws IOException, FormatException {
        long start = at;
        Map<String, String> extended = new HashMap<>();
        while (true) {
            byte[] block = file.bytes(at, BLOCK_BYTES);
            if (block.length < BLOCK_BYTES || !hasChecksum(block)) {
                throw FormatException.broken(at, "A header whose checksum does not fit");
            }
            char type = (char) (block[156] & 0xff);
            long size =
                    size(
                            block,
                            type == 'x' || type == 'L' || type == 'K'
                                    ? null
                                    : extended.get("size"));
            long data = at + BLOCK_BYTES;
            if (size > file.size() - data) {
                throw FormatException.truncated(
                        at, "A member of " + size + " bytes, " + (file.size() - data) + " present");
            }
            long end =
                    Math.min(
                            file.size(),
                            data + (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
            at = end;
            switch (type) {
                case 'x', 'g', 'X' ->
                        pax(file.bytes(data, (int) Math.min(size, LONGEST_NAME_BYTES)), extended);
                case 'L' -> extended.put("path", text(data, size));
                case 'K' -> extended.put("linkpath", text(data, size));
                default -> {
                    String name = extended.getOrDefault("path", name(block));
                    String link = extended.getOrDefault("linkpath", text(block, 157, 100));
                    return new TarEntry(name, kind(type, name), link, start, data, size, end);
                }
            }
            if (at >= file.size()) {
                throw FormatException.truncated(at, "A long name without member");
            }
        }
    }

    private static TarEntry.Kind kind(char type, String name) {
        return switch (type) {
            case '1' -> TarEntry.Kind.HARDLINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '3', '4', '6' -> TarEntry.Kind.DEVICE;
            case '5' -> TarEntry.Kind.FOLDER;
            case '0', '\0', '7', 'S' ->
                    name.endsWith("/") ? TarEntry.Kind.FOLDER : TarEntry.Kind.FILE;
            default -> TarEntry.Kind.FILE;
        };
    }

    private long size(byte[] block, @Nullable String extended) throws FormatException {
        try {
            long size = extended != null ? Long.parseLong(extended.strip()) : octal(block, 124, 12);
            if (size < 0) {
                throw FormatException.broken(at, "A negative size");
            }
            return size;
        } catch (NumberFormatException e) {
            throw FormatException.broken(at, "A size that is no number");
        }
    }

    private String text(long offset, long length) throws IOException {
        byte[] bytes = file.bytes(offset, (int) Math.min(length, LONGEST_NAME_BYTES));
        return text(bytes, 0, bytes.length);
    }

    private static String name(byte[] block) {
        boolean isUstar = text(block, 257, 5).equals("ustar");
        String prefix = isUstar && block[263] != ' ' ? text(block, 345, 155) : "";
        String name = text(block, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static void pax(byte[] records, Map<String, String> into) {
        String text = new String(records, StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            int equals = line.indexOf('=');
            if (space > 0 && equals > space) {
                into.put(line.substring(space + 1, equals), line.substring(equals + 1));
            }
        }
    }

    /// Octal digits, or GNU's base 256 when the first bit is set.
    private static long octal(byte[] block, int from, int length) {
        if ((block[from] & 0x80) != 0) {
            long value = 0;
            for (int i = from + length - 8; i < from + length; i++) {
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        String digits = text(block, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
