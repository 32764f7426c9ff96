package dev.bartizan.artifacts.rdata;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Numbers and texts of R's serialisation in XDR, the binary form that R writes (R Internals, 1.8).
///
/// @param reader where it stands
record RdsInput(ByteReader reader) {
    private static final int LONGEST_KEPT = 1 << 16;

    int i32() throws IOException, FormatException {
        return (int) reader.u32BigEndian();
    }

    /// Length of a vector: longer ones have -1 and two words.
    long length() throws IOException, FormatException {
        long at = reader.position();
        int first = i32();
        if (first >= 0) {
            return first;
        }
        long high = reader.u32BigEndian();
        long low = reader.u32BigEndian();
        if (first != -1 || high > 1 << 16) {
            throw FormatException.broken(at, "A vector of length " + first);
        }
        return high << 32 | low;
    }

    void skip(long count, int width) throws FormatException {
        if (count > reader.remaining() / width) {
            throw FormatException.truncated(
                    reader.position(),
                    count + " values promised, " + reader.remaining() + " bytes present");
        }
        reader.skip(count * width);
    }

    /// A text; only its start when it is long.
    String text() throws IOException, FormatException {
        int length = i32();
        if (length < 0) {
            return "";
        }
        int kept = Math.min(length, LONGEST_KEPT);
        String text = new String(reader.bytes(kept), StandardCharsets.UTF_8);
        reader.skip(length - (long) kept);
        return text;
    }
}
