package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.BitSet;

/// Values that pages name by number. Each is given to the sink once.
final class Dictionary implements AutoCloseable {
    private static final int MOST_VALUES = 4 << 20;

    private final ByteSource page;
    private final long[] places;
    private final BitSet seen = new BitSet();

    private Dictionary(ByteSource page, long[] places) {
        this.page = page;
        this.places = places;
    }

    /// @param page its bytes, which it closes
    /// @param count how many values are promised
    static Dictionary of(ByteSource page, int fixedBytes, long count)
            throws IOException, FormatException {
        long most = Math.min(MOST_VALUES, page.size() / (fixedBytes > 0 ? fixedBytes : 4));
        if (count > most) {
            throw FormatException.limit(
                    0, "A dictionary of " + count + " values in " + page.size() + " bytes");
        }
        long[] places = new long[2 * (int) count];
        ByteReader in = new ByteReader(page);
        for (int i = 0; i < count; i++) {
            long length = fixedBytes > 0 ? fixedBytes : in.u32();
            places[2 * i] = in.position();
            places[2 * i + 1] = length;
            in.skip(length);
        }
        return new Dictionary(page, places);
    }

    /// A value that a row names.
    void use(int number, long row, ColumnSink sink) throws IOException, FormatException {
        if (number < 0 || number >= places.length / 2) {
            throw FormatException.broken(
                    0, "Value " + number + " of a dictionary of " + places.length / 2);
        }
        if (!seen.get(number)) {
            seen.set(number);
            sink.cell(row, page.slice(places[2 * number], places[2 * number + 1]));
        }
    }

    /// Gives what no row names, too.
    void finish(ColumnSink sink) throws IOException {
        int all = places.length / 2;
        for (int i = seen.nextClearBit(0); i < all; i = seen.nextClearBit(i + 1)) {
            sink.cell(ColumnSink.NO_ROW, page.slice(places[2 * i], places[2 * i + 1]));
        }
    }

    @Override
    public void close() throws IOException {
        page.close();
    }
}
