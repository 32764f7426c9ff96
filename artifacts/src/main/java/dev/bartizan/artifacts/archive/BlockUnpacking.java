package dev.bartizan.artifacts.archive;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/// Unpacks blocks whose unpacked length a container promises, as tables have them.
public enum BlockUnpacking {
    /// Snappy without frames.
    SNAPPY {
        @Override
        InputStream open(ByteSource packed, long promised) throws IOException {
            return new SnappyCompressorInputStream(new SourceStream(packed));
        }
    },
    /// RFC 1952.
    GZIP {
        @Override
        InputStream open(ByteSource packed, long promised) throws IOException {
            return Packing.GZIP.open(new SourceStream(packed));
        }
    },
    /// RFC 1950.
    ZLIB {
        @Override
        InputStream open(ByteSource packed, long promised) {
            return new InflaterInputStream(new SourceStream(packed));
        }
    },
    /// RFC 8878.
    ZSTD {
        @Override
        InputStream open(ByteSource packed, long promised) throws IOException {
            return Packing.ZSTD.open(new SourceStream(packed));
        }
    },
    /// One LZ4 block.
    LZ4_BLOCK {
        @Override
        InputStream open(ByteSource packed, long promised) {
            return new BlockLZ4CompressorInputStream(new SourceStream(packed));
        }
    },
    /// LZ4 frames.
    LZ4_FRAME {
        @Override
        InputStream open(ByteSource packed, long promised) throws IOException {
            return Packing.LZ4.open(new SourceStream(packed));
        }
    },
    /// LZ4 as Parquet's deprecated codec has it: a block behind the two lengths that Hadoop writes,
    /// a frame, or a block alone, whichever the bytes are.
    LZ4_OF_HADOOP {
        @Override
        InputStream open(ByteSource packed, long promised) throws IOException, FormatException {
            if (packed.has(0, (byte) 0x04, (byte) 0x22, (byte) 0x4D, (byte) 0x18)) {
                return LZ4_FRAME.open(packed, promised);
            }
            boolean isHeaded = false;
            if (packed.size() > HADOOP_HEAD_BYTES) {
                ByteReader in = new ByteReader(packed);
                isHeaded =
                        in.u32BigEndian() == promised
                                && in.u32BigEndian() == packed.size() - HADOOP_HEAD_BYTES;
            }
            return LZ4_BLOCK.open(
                    isHeaded ? packed.slice(HADOOP_HEAD_BYTES, packed.size()) : packed, promised);
        }
    };

    private static final int HADOOP_HEAD_BYTES = 8;
    private static final int BLOCK_BYTES = 1 << 16;

    abstract InputStream open(ByteSource packed, long promised) throws IOException, FormatException;

    /// What comes out, exactly as many bytes as promised. The caller closes it.
    ///
    /// @param limit most bytes to unpack
    /// @throws FormatException when it is another number, more than the limit, or broken
    public ByteSource unpack(ByteSource packed, long promised, long limit)
            throws IOException, FormatException {
        if (promised > limit) {
            throw FormatException.limit(
                    0,
                    packed.size()
                            + " bytes promise to unpack to "
                            + promised
                            + ", where "
                            + limit
                            + " are allowed");
        }
        byte[] block = new byte[Math.clamp(promised, 1, BLOCK_BYTES)];
        try (Spool spool = new Spool(promised)) {
            try (InputStream in = open(packed, promised)) {
                for (int n = in.read(block); n >= 0; n = in.read(block)) {
                    if (!spool.add(block, 0, n)) {
                        throw FormatException.broken(
                                0, "More comes out than the " + promised + " bytes promised");
                    }
                }
            } catch (IOException | RuntimeException e) { // the libraries throw all kinds
                throw FormatException.broken(
                        0, "The packed bytes cannot be unpacked: " + e.getMessage());
            }
            if (spool.size() != promised) {
                throw FormatException.broken(
                        0, spool.size() + " bytes come out where " + promised + " are promised");
            }
            return spool.toSource();
        }
    }
}
