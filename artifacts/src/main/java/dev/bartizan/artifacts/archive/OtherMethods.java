package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;

/// Members packed in ways that Python's zipfile and others unpack beside deflate (APPNOTE, 4.4.5):
/// deflate64, bzip2, LZMA, Zstandard, xz.
final class OtherMethods {
    private static final int DEFLATE64 = 9;
    private static final int BZIP2 = 12;
    private static final int LZMA = 14;
    private static final int ZSTD_OLD = 20;
    private static final int ZSTD = 93;
    private static final int XZ = 95;
    private static final int MEMORY_KIB = 80 << 10;
    private static final int LZMA_HEAD_BYTES = 4;
    private static final int LZMA_PROPERTIES_BYTES = 5;
    private static final int BLOCK_BYTES = 1 << 16;

    private OtherMethods() {}

    /// Looks at what a member holds; false when its way of packing is not known here.
    static boolean look(ByteSource file, ZipMember member, Notes notes) throws IOException {
        if (member.isEncrypted()) {
            return false;
        }
        ByteSource packed = file.slice(member.dataOffset(), member.packedBytes());
        String problem = "";
        try (Spool spool = new Spool(notes.budget().memberBytes())) {
            try (InputStream in = open(packed, member).orElse(null)) {
                if (in == null) {
                    return false;
                }
                problem = drain(in, spool);
            } catch (FormatException e) {
                problem = e.what();
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
            }
            notes.budget().unpacked(spool.size());
            ZipAnalyser.reportBomb(member, spool.size(), notes);
            if (!problem.isEmpty()) {
                notes.broken(
                        ArchiveRules.BROKEN,
                        Severity.MEDIUM,
                        member.headerOffset(),
                        "\"" + member.name() + "\" cannot be unpacked whole: " + problem);
            }
            try (ByteSource inner = spool.toSource()) {
                notes.member(
                        member.name(),
                        inner,
                        member.dataOffset(),
                        member.dataOffset() + member.packedBytes());
            }
        }
        return true;
    }

    private static String drain(InputStream in, Spool spool) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            if (!spool.add(block, 0, n)) {
                return "it unpacks to more than the limit";
            }
        }
        return "";
    }

    private static Optional<InputStream> open(ByteSource packed, ZipMember member)
            throws IOException, FormatException {
        return switch (member.method()) {
            case DEFLATE64 ->
                    Optional.of(new Deflate64CompressorInputStream(new SourceStream(packed)));
            case BZIP2 -> Optional.of(Packing.BZIP2.open(new SourceStream(packed)));
            case ZSTD, ZSTD_OLD -> Optional.of(Packing.ZSTD.open(new SourceStream(packed)));
            case XZ -> Optional.of(Packing.XZ.open(new SourceStream(packed)));
            case LZMA -> Optional.of(lzma(packed, member.promisedBytes()));
            default -> Optional.empty();
        };
    }

    /// APPNOTE 5.8: a version, the length of the properties, the properties, the stream.
    private static InputStream lzma(ByteSource packed, long size)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(packed, LZMA_HEAD_BYTES);
        byte properties = (byte) in.u8();
        long dictionary = in.u32();
        ByteSource stream = packed.slice(LZMA_HEAD_BYTES + LZMA_PROPERTIES_BYTES, packed.size());
        if (dictionary > (long) MEMORY_KIB << 10) {
            throw FormatException.limit(0, "An LZMA dictionary of " + dictionary + " bytes");
        }
        LZMAInputStream lzma =
                new LZMAInputStream(new SourceStream(stream), size, properties, (int) dictionary);
        lzma.enableRelaxedEndCondition(); // Python ends such members by a mark, too
        return lzma;
    }
}
