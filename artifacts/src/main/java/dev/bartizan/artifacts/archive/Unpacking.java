package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Unpacks bytes that are packed as a whole.
public final class Unpacking {
    private static final int BLOCK_BYTES = 1 << 16;

    private Unpacking() {}

    /// The unpacked bytes; empty when they are packed in no known way. The caller closes them.
    ///
    /// @param limit most bytes to unpack
    /// @throws FormatException when they are broken, or more than the limit
    public static Optional<ByteSource> unpack(ByteSource bytes, long limit)
            throws IOException, FormatException {
        Item item = new Item("", bytes, Optional.empty(), 0, Item.Role.ANY);
        for (Packing packing : Packing.values()) {
            if (packing.recognises(item)) {
                return Optional.of(unpack(packing, bytes, limit));
            }
        }
        return Optional.empty();
    }

    private static ByteSource unpack(Packing packing, ByteSource bytes, long limit)
            throws IOException, FormatException {
        byte[] block = new byte[BLOCK_BYTES];
        try (Spool spool = new Spool(limit);
                InputStream in = decoded(() -> packing.open(new SourceStream(bytes)))) {
            for (int n = decoded(() -> in.read(block)); n >= 0; n = decoded(() -> in.read(block))) {
                if (!spool.add(block, 0, n)) {
                    throw FormatException.limit(0, "It unpacks to more than " + limit + " bytes");
                }
            }
            return spool.toSource();
        }
    }

    /// A step of a decoder.
    private interface Step<T> {
        T take() throws IOException;
    }

    /// What a decoder gives. The libraries throw all kinds of exceptions at bytes that cannot be.
    private static <T> T decoded(Step<T> step) throws FormatException {
        try {
            return step.take();
        } catch (IOException | RuntimeException e) {
            throw FormatException.broken(
                    0, "The packed bytes cannot be unpacked whole: " + e.getMessage());
        }
    }
}
