package dev.bartizan.artifacts.archive;

import com.github.luben.zstd.ZstdInputStream;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.text.TextContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/// A way of packing one file.
public enum Packing {
    /// RFC 1952.
    GZIP {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, (byte) 0x1f, (byte) 0x8b, (byte) 8);
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new GzipStream(in);
        }
    },
    /// RFC 1950.
    ZLIB {
        @Override
        boolean recognises(Item item) throws IOException {
            byte[] head = item.head(2);
            if (head.length < 2 || (head[0] & 0x0f) != 8 || (head[0] & 0xf0) > 0x70) {
                return false;
            }
            boolean isChecked = ((head[0] & 0xff) << 8 | (head[1] & 0xff)) % 31 == 0;
            boolean mayBe = isChecked && (head[1] & 0x20) == 0 && item.bytes().size() > 8;
            return mayBe && yields(item) && !(breaksOffAtOnce(item) && isText(item));
        }

        @Override
        InputStream open(InputStream in) {
            return new EndedInflater(in, 0);
        }
    },
    /// Compressed pickles of joblib up to 0.9, which later ones still load (joblib,
    /// `numpy_pickle_compat.py`): `ZF`, a size in hexadecimal, blanks, then a stream of zlib.
    ZFILE {
        @Override
        boolean recognises(Item item) throws IOException {
            byte[] head = item.head(LONGEST_ZFILE_HEAD);
            int at = zfileHead(head);
            return item.bytes().has(0, "ZF0x")
                    && at + 1 < head.length
                    && (head[at] & 0x0f) == 8
                    && ((head[at] & 0xff) << 8 | (head[at + 1] & 0xff)) % 31 == 0;
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            PushbackInputStream packed = new PushbackInputStream(in, LONGEST_ZFILE_HEAD);
            byte[] head = packed.readNBytes(LONGEST_ZFILE_HEAD);
            int at = zfileHead(head);
            packed.unread(head, at, head.length - at);
            return new EndedInflater(packed, at);
        }
    },
    /// bzip2.
    BZIP2 {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, "BZh")
                    && (item.bytes().has(4, (byte) 0x31, (byte) 0x41, (byte) 0x59)
                            || item.bytes().has(4, (byte) 0x17, (byte) 0x72, (byte) 0x45));
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, true);
        }
    },
    /// xz.
    XZ {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes()
                    .has(0, (byte) 0xFD, (byte) '7', (byte) 'z', (byte) 'X', (byte) 'Z', (byte) 0);
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new XZInputStream(in, MEMORY_KIB);
        }
    },
    /// lzma alone.
    LZMA {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, (byte) 0x5D, (byte) 0, (byte) 0)
                    && item.bytes().size() > 18
                    && yields(item);
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new LZMAInputStream(in, MEMORY_KIB);
        }
    },
    /// Zstandard (RFC 8878); windows over 128 MiB are refused, as the command does.
    ZSTD {
        @Override
        boolean recognises(Item item) throws IOException {
            boolean isFrame =
                    item.bytes().has(0, (byte) 0x28, (byte) 0xB5, (byte) 0x2F, (byte) 0xFD);
            byte[] head = item.head(4);
            boolean isSkippable =
                    head.length == 4
                            && (head[0] & 0xf0) == 0x50
                            && head[1] == 0x2A
                            && head[2] == 0x4D
                            && head[3] == 0x18;
            return isFrame || isSkippable;
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new ZstdInputStream(in).setLongMax(ZSTD_WINDOW_LOG);
        }
    },
    /// LZ4 frames (lz4, `doc/lz4_Frame_format.md`).
    LZ4 {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, (byte) 0x04, (byte) 0x22, (byte) 0x4D, (byte) 0x18);
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new FramedLZ4CompressorInputStream(in, true);
        }
    },
    /// Framed Snappy (google/snappy, `framing_format.txt`).
    SNAPPY {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, (byte) 0xFF, (byte) 6, (byte) 0, (byte) 0)
                    && item.bytes().has(4, "sNaPpY");
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new FramedSnappyCompressorInputStream(in);
        }
    },
    /// Unix compress.
    LZW {
        @Override
        boolean recognises(Item item) throws IOException {
            return item.bytes().has(0, (byte) 0x1F, (byte) 0x9D);
        }

        @Override
        InputStream open(InputStream in) throws IOException {
            return new ZCompressorInputStream(in, MEMORY_KIB);
        }
    };

    private static final int BY_CHANCE_BYTES = 64;
    private static final int LONGEST_ZFILE_HEAD = 40;
    private static final int MEMORY_KIB = 80 << 10;
    private static final int ZSTD_WINDOW_LOG = 27;

    abstract boolean recognises(Item item) throws IOException;

    abstract InputStream open(InputStream in) throws IOException;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where the packed bytes end; 0 when the reader itself refuses bytes behind them.
    ///
    /// @param opened what {@link #open} gave, read to its end
    /// @param from what it read from
    long end(InputStream opened, SourceStream from) {
        return switch (this) {
            case ZLIB, ZFILE -> opened instanceof EndedInflater inflater ? inflater.end() : 0;
            case LZMA -> from.position();
            case GZIP -> opened instanceof GzipStream gzip ? gzip.position() : 0;
            case BZIP2, XZ, ZSTD, LZ4, SNAPPY, LZW -> 0;
        };
    }

    /// Knows how many packed bytes it used.
    private static final class EndedInflater extends InflaterInputStream {
        private final long before;

        /// @param before bytes that stood before the stream
        EndedInflater(InputStream in, long before) {
            super(in);
            this.before = before;
        }

        long end() {
            return before + inf.getBytesRead();
        }
    }

    /// Where the size and the blanks behind it end.
    private static int zfileHead(byte[] head) {
        int at = Math.min(head.length, "ZF0x".length());
        while (at < head.length
                && (head[at] == ' ' || head[at] == 'L' || Character.digit(head[at], 16) >= 0)) {
            at++;
        }
        return at;
    }

    /// Six pairs of letters start texts and zlib alike, those of "XGBoost" among them.
    private static boolean isText(Item item) throws IOException {
        return item.head(2)[1] > 0 && TextContent.of(item).isPresent();
    }

    /// Whether it is broken, not cut, within what a text may come to by chance.
    private static boolean breaksOffAtOnce(Item item) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(item.head(BY_CHANCE_BYTES));
            int _ = inflater.inflate(new byte[BY_CHANCE_BYTES]);
            return false;
        } catch (DataFormatException e) {
            return true;
        } finally {
            inflater.end();
        }
    }

    /// Whether anything comes out, for ways of packing whose start says little.
    boolean yields(Item item) {
        try (InputStream in = open(new SourceStream(item.bytes()))) {
            return in.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
