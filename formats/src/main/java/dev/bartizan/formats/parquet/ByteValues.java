package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// The texts or bytes of a page, one after another (parquet-format, `Encodings.md`).
interface ByteValues {
    /// The next value.
    ///
    /// @throws FormatException when there is none, or it leads out of the page
    ByteSource next() throws IOException, FormatException;

    /// Values of a page.
    ///
    /// @param fixedBytes bytes of one value, 0 where each says its length
    /// @param count how many there are
    static ByteValues of(int encoding, ByteSource page, int fixedBytes, long count)
            throws IOException, FormatException {
        return switch (encoding) {
            case PageHeader.PLAIN -> new Plain(new ByteReader(page), fixedBytes);
            case PageHeader.DELTA_LENGTH_BYTE_ARRAY -> DeltaLengths.of(page);
            case PageHeader.DELTA_BYTE_ARRAY -> Suffixes.of(page);
            case PageHeader.BYTE_STREAM_SPLIT -> new Split(page, fixedBytes, count);
            default -> throw FormatException.unsupported(0, "values of the encoding " + encoding);
        };
    }

    /// PLAIN: a length, the bytes.
    record Plain(ByteReader in, int fixedBytes) implements ByteValues {
        @Override
        public ByteSource next() throws IOException, FormatException {
            long length = fixedBytes > 0 ? fixedBytes : in.u32();
            long from = in.position();
            in.skip(length);
            return in.source().slice(from, length);
        }
    }

    /// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
    final class DeltaLengths implements ByteValues {
        private final ByteReader in;
        private final int[] lengths;
        private int next;

        private DeltaLengths(ByteReader in, int[] lengths) {
            this.in = in;
            this.lengths = lengths;
        }

        static DeltaLengths of(ByteSource page) throws IOException, FormatException {
            ByteReader in = new ByteReader(page);
            return new DeltaLengths(in, DeltaReader.lengths(in));
        }

        @Override
        public ByteSource next() throws FormatException {
            if (next >= lengths.length) {
                throw FormatException.truncated(in.position(), "A page has too few values");
            }
            long from = in.position();
            int length = lengths[next++];
            in.skip(length);
            return in.source().slice(from, length);
        }
    }

    /// DELTA_BYTE_ARRAY: how much of the value before is repeated, and what follows it.
    final class Suffixes implements ByteValues {
        /// Most bytes that repeating may make of one page, and as a multiple of the page.
        private static final long MOST_BYTES = 256L << 20;

        private static final long MOST_RATIO = 200;
        private static final int LONGEST = 16 << 20;

        private final int[] prefixes;
        private final ByteValues suffixes;
        private final long most;
        private byte[] before = {};
        private long made;
        private int next;

        private Suffixes(int[] prefixes, ByteValues suffixes, long pageBytes) {
            this.prefixes = prefixes;
            this.suffixes = suffixes;
            this.most = Math.max(LONGEST * 2L, Math.min(MOST_BYTES, pageBytes * MOST_RATIO));
        }

        static Suffixes of(ByteSource page) throws IOException, FormatException {
            ByteReader in = new ByteReader(page);
            int[] prefixes = DeltaReader.lengths(in);
            ByteSource rest = page.slice(in.position(), page.size());
            return new Suffixes(prefixes, DeltaLengths.of(rest), page.size());
        }

        @Override
        public ByteSource next() throws IOException, FormatException {
            if (next >= prefixes.length) {
                throw FormatException.truncated(0, "A page has too few values");
            }
            int prefix = prefixes[next++];
            ByteSource suffix = suffixes.next();
            if (prefix > before.length) {
                throw FormatException.broken(
                        0, "A value repeats " + prefix + " bytes of one of " + before.length);
            }
            long length = prefix + suffix.size();
            made += length;
            if (length > LONGEST || made > most) {
                throw FormatException.limit(
                        0, "Values that repeat one another come to more than " + most + " bytes");
            }
            byte[] value = new byte[(int) length];
            System.arraycopy(before, 0, value, 0, prefix);
            suffix.read(0, value, prefix, (int) suffix.size());
            before = value;
            return ByteSource.of(value);
        }
    }

    /// BYTE_STREAM_SPLIT: all first bytes, all second bytes, and so on.
    final class Split implements ByteValues {
        private final ByteSource page;
        private final int fixedBytes;
        private final long count;
        private long next;

        Split(ByteSource page, int fixedBytes, long count) throws FormatException {
            if (fixedBytes <= 0 || page.size() / fixedBytes < count) {
                throw FormatException.truncated(0, "A page has too few values");
            }
            this.page = page;
            this.fixedBytes = fixedBytes;
            this.count = count;
        }

        @Override
        public ByteSource next() throws IOException, FormatException {
            if (next >= count) {
                throw FormatException.truncated(0, "A page has too few values");
            }
            byte[] value = new byte[fixedBytes];
            long stride = page.size() / fixedBytes;
            for (int i = 0; i < fixedBytes; i++) {
                page.read(i * stride + next, value, i, 1);
            }
            next++;
            return ByteSource.of(value);
        }
    }
}
