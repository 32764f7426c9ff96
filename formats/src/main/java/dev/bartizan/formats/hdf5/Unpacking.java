package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.hdf5.Hdf5Tree.Filter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Undoes the filters that the chunks of a dataset went through, the last one first (HDF5 File
/// Format Specification 3.0, IV.A.2.l): deflate, shuffle, the Fletcher-32 checksum, which is cut
/// off and not compared, and LZF, which h5py registers.
public final class Unpacking {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER_32 = 3;
    private static final int LZF = 32_000;
    private static final Set<Integer> KNOWN = Set.of(DEFLATE, SHUFFLE, FLETCHER_32, LZF);
    private static final int CHECKSUM_BYTES = 4;
    private static final int BLOCK_BYTES = 1 << 13;

    private Unpacking() {}

    /// Whether all chunks of a dataset are known and can be unpacked.
    public static boolean isKnown(Dataset dataset) {
        return dataset.isMapped()
                && dataset.skipped().size() == dataset.data().size()
                && dataset.filters().stream().allMatch(filter -> KNOWN.contains(filter.id()));
    }

    /// The elements of a chunk.
    ///
    /// @param index which of the dataset's ranges it is
    /// @param packed the bytes of that range
    /// @param limit most bytes to unpack to
    /// @throws FormatException when they are broken, or more than that
    public static byte[] chunk(Dataset dataset, int index, byte[] packed, int limit)
            throws FormatException {
        byte[] bytes = packed;
        for (int i = dataset.filters().size() - 1; i >= 0; i--) {
            boolean isSkipped = (dataset.skipped().get(index) >> i & 1) != 0;
            bytes = isSkipped ? bytes : undo(dataset.filters().get(i), bytes, limit);
        }
        return bytes;
    }

    private static byte[] undo(Filter filter, byte[] bytes, int limit) throws FormatException {
        return switch (filter.id()) {
            case DEFLATE -> inflate(bytes, limit);
            case SHUFFLE -> together(bytes, filter.values().isEmpty() ? 1 : filter.values().get(0));
            case FLETCHER_32 -> withoutChecksum(bytes);
            case LZF -> Lzf.unpack(bytes, limit);
            default -> throw FormatException.unsupported(0, "The filter " + filter.id());
        };
    }

    private static byte[] inflate(byte[] bytes, int limit) throws FormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * bytes.length);
        byte[] block = new byte[BLOCK_BYTES];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            while (!inflater.finished()) {
                int n = inflater.inflate(block);
                if (n == 0 && !inflater.finished()) {
                    throw FormatException.truncated(bytes.length, "The packed bytes end early");
                }
                if (n > limit - out.size()) {
                    throw FormatException.limit(0, "It unpacks to more than " + limit + " bytes");
                }
                out.write(block, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw FormatException.broken(0, "The packed bytes are broken: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /// Shuffled, the first bytes of all elements stand first, then the second ones; what does not
    /// fill an element stays at the end.
    private static byte[] together(byte[] bytes, int elementBytes) {
        if (elementBytes <= 1 || elementBytes > bytes.length) {
            return bytes;
        }
        byte[] all = bytes.clone();
        int elements = bytes.length / elementBytes;
        for (int k = 0; k < elementBytes; k++) {
            for (int i = 0; i < elements; i++) {
                all[i * elementBytes + k] = bytes[k * elements + i];
            }
        }
        return all;
    }

    private static byte[] withoutChecksum(byte[] bytes) throws FormatException {
        if (bytes.length < CHECKSUM_BYTES) {
            throw FormatException.truncated(0, "A chunk is shorter than its checksum");
        }
        return Arrays.copyOf(bytes, bytes.length - CHECKSUM_BYTES);
    }
}
