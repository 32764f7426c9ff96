package dev.bartizan.formats.npy;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipLimits;
import dev.bartizan.formats.zip.ZipMember;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads `.npz` archives, zip files of `.npy` arrays, from untrusted bytes.
public final class NpzReader {
    private static final int MAX_ARRAYS = 4096;
    private static final ZipLimits LIMITS = new ZipLimits(MAX_ARRAYS, 1 << 10);
    private static final String SUFFIX = ".npy";

    private NpzReader() {}

    /// Reads all arrays, by name without `.npy`, in the order of the archive.
    ///
    /// @throws NpyFormatException when it is no archive of arrays that are taken
    /// @throws IOException when it cannot be read
    public static Map<String, NpyArray> read(ByteSource file) throws IOException {
        try {
            ZipArchive archive = ZipReader.read(file, LIMITS);
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            long left = NpyReader.MAX_BYTES;
            for (ZipMember member : archive.members()) {
                if (!member.isListed() || !member.name().endsWith(SUFFIX)) {
                    continue;
                }
                byte[] bytes = unpacked(file, member, left);
                left -= bytes.length;
                String name = member.name().substring(0, member.name().length() - SUFFIX.length());
                if (arrays.put(name, NpyReader.read(ByteBuffer.wrap(bytes))) != null) {
                    throw new NpyFormatException("The archive holds \"" + name + "\" twice");
                }
            }
            if (arrays.isEmpty()) {
                throw new NpyFormatException("There is no .npy array in the archive");
            }
            return arrays;
        } catch (FormatException e) {
            throw broken("The archive is broken: " + e.getMessage(), e);
        }
    }

    private static byte[] unpacked(ByteSource file, ZipMember member, long most)
            throws IOException, FormatException {
        try (ZipContent content = ZipContent.open(file, member, most)) {
            if (!content.isWhole() || content.problem().isPresent()) {
                throw new NpyFormatException(
                        "\""
                                + member.name()
                                + "\" does not unpack: "
                                + content.problem().orElse("it ends early"));
            }
            return content.bytes().bytes(0, Math.toIntExact(content.bytes().size()));
        }
    }

    private static NpyFormatException broken(String what, Throwable cause) {
        NpyFormatException broken = new NpyFormatException(what);
        broken.initCause(cause);
        return broken;
    }
}
