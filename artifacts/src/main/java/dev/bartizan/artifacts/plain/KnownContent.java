package dev.bartizan.artifacts.plain;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Formats that are told by their first bytes and searched by the general analysers, but whose
/// structure is not read.
public final class KnownContent {
    private static final int SSTABLE_FOOTER_BYTES = 48;

    private static final List<Signature> SIGNATURES =
            List.of(
                    at(0, "tensorrt-engine", "ptrt"),
                    at(0, "tensorrt-engine", "ftrt"),
                    at(4, "executorch", "ET12"),
                    at(0, "rknn", "RKNN"),
                    at(0, "mxnet-params", "\u0012\u0001\0\0\0\0\0\0"),
                    at(0, "cntk", "B\0C\0N\0"),
                    at(0, "ncnn", "7767517\n"),
                    at(0, "xgboost-binary", "binf"),
                    at(0, "rar", "Rar!\u001a\u0007"),
                    at(0, "cpio", "070701"),
                    at(0, "ar", "!<arch>\n"),
                    at(0, "cabinet", "MSCF\0\0\0\0"),
                    at(0, "squashfs", "hsqs"),
                    at(0, "feather-1", "FEA1"),
                    at(0, "sqlite", "SQLite format 3\0"),
                    at(0, "png", "\u0089PNG\r\n\u001a\n"),
                    at(0, "jpeg", "\u00ff\u00d8\u00ff"),
                    at(0, "gif", "GIF8"),
                    at(8, "webp", "WEBP"),
                    at(8, "wave", "WAVE"),
                    at(0, "ogg", "OggS"),
                    at(0, "flac", "fLaC"),
                    at(0, "mp3", "ID3"),
                    at(0, "pdf", "%PDF-"),
                    at(0, "openpgp", "-----BEGIN PGP"),
                    at(0, "torch7", "T7\0\0"));

    private static final Set<String> MEDIA =
            Set.of("png", "jpeg", "gif", "webp", "wave", "ogg", "flac", "mp3");

    private record Signature(long at, String format, String letters) {}

    private KnownContent() {}

    private static Signature at(long at, String format, String letters) {
        return new Signature(at, format, letters);
    }

    /// Name of the format; empty when none is known.
    static Optional<String> format(ByteSource bytes) throws IOException {
        for (Signature signature : SIGNATURES) {
            if (bytes.has(
                    signature.at(), signature.letters().getBytes(StandardCharsets.ISO_8859_1))) {
                return Optional.of(signature.format());
            }
        }
        if (isSortedTable(bytes)) {
            return Optional.of("tensorflow-checkpoint-index");
        }
        if (isTorch7(bytes)) {
            return Optional.of("torch7");
        }
        return isPaddle(bytes) ? Optional.of("paddle-params") : Optional.empty();
    }

    /// Whether it starts like a picture or sound: data that no loader takes for anything else.
    public static boolean isMedia(ByteSource bytes) throws IOException {
        for (Signature signature : SIGNATURES) {
            if (MEDIA.contains(signature.format())
                    && bytes.has(
                            signature.at(),
                            signature.letters().getBytes(StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }

    /// The last eight bytes of a table as LevelDB and TensorFlow write it.
    private static boolean isSortedTable(ByteSource bytes) throws IOException {
        return bytes.size() >= SSTABLE_FOOTER_BYTES
                && bytes.has(
                        bytes.size() - 8,
                        (byte) 0x57,
                        (byte) 0xfb,
                        (byte) 0x80,
                        (byte) 0x8b,
                        (byte) 0x24,
                        (byte) 0x75,
                        (byte) 0x47,
                        (byte) 0xdb);
    }

    /// A Torch7 object in binary: kind 4, an index, the length 3 and the version.
    private static boolean isTorch7(ByteSource bytes) throws IOException {
        return bytes.has(0, (byte) 4, (byte) 0, (byte) 0, (byte) 0)
                && bytes.has(8, "\u0003\0\0\0V 1");
    }

    /// A tensor of Paddle: version 0, no levels, version 0, a short description that is a protocol
    /// buffer.
    private static boolean isPaddle(ByteSource bytes) throws IOException {
        if (bytes.size() < 21 || !bytes.has(0, new byte[16])) {
            return false;
        }
        try {
            long length = new ByteReader(bytes, 16).u32();
            return length > 2 && length < 256 && bytes.has(20, (byte) 8);
        } catch (FormatException e) {
            return false;
        }
    }
}
