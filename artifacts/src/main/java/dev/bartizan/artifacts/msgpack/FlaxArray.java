package dev.bartizan.artifacts.msgpack;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// An array as Flax packs it: a document of shape, name of the type, and bytes (flax,
/// `serialization.py`, `_ndarray_to_bytes`).
final class FlaxArray {
    private static final Pattern TYPE =
            Pattern.compile(
                    "u?int(2|4|8|16|32|64)|float(16|32|64|128)|float[48]_\\w{1,20}|bfloat16|bool_?|complex(64|128|256)|(str|bytes|void|datetime64|timedelta64).*|object|key<.*");

    /// Bytes of one value.
    private static final Map<String, Integer> WIDTHS =
            Map.ofEntries(
                    Map.entry("int8", 1),
                    Map.entry("uint8", 1),
                    Map.entry("bool", 1),
                    Map.entry("int16", 2),
                    Map.entry("uint16", 2),
                    Map.entry("float16", 2),
                    Map.entry("bfloat16", 2),
                    Map.entry("int32", 4),
                    Map.entry("uint32", 4),
                    Map.entry("float32", 4),
                    Map.entry("int64", 8),
                    Map.entry("uint64", 8),
                    Map.entry("float64", 8),
                    Map.entry("complex64", 8),
                    Map.entry("complex128", 16));

    private FlaxArray() {}

    /// What contradicts itself in an array; empty when nothing does, or when it is no array of
    /// Flax.
    ///
    /// @param in where the document starts
    static String problem(ByteReader in) throws IOException, FormatException {
        if (in.u8() != 0x93) {
            return "";
        }
        int head = in.u8();
        long axes = head == 0xdc ? in.u8() << 8 | in.u8() : head & 0x0f;
        if (head != 0xdc && (head & 0xf0) != 0x90) {
            return "";
        }
        double count = 1;
        for (long i = 0; i < axes; i++) {
            long size = whole(in);
            if (size < 0) {
                return "An array has a size below nothing";
            }
            count *= size;
        }
        int text = in.u8();
        if ((text & 0xe0) != 0xa0 && text != 0xd9) {
            return "";
        }
        String type = in.utf8(text == 0xd9 ? in.u8() : text & 0x1f);
        if (!TYPE.matcher(type).matches()) {
            return "An array is of a type that does not exist";
        }
        long bytes =
                switch (in.u8()) {
                    case 0xc4 -> in.u8();
                    case 0xc5 -> in.u8() << 8 | in.u8();
                    case 0xc6 -> in.u32BigEndian();
                    default -> -1;
                };
        int width = WIDTHS.getOrDefault(type, 0);
        return bytes >= 0 && width > 0 && bytes != count * width
                ? String.format(
                        Locale.ROOT,
                        "An array of %.0f values of %d bytes has %d bytes",
                        count,
                        width,
                        bytes)
                : "";
    }

    private static long whole(ByteReader in) throws IOException, FormatException {
        int b = in.u8();
        return switch (b) {
            case 0xcc -> in.u8();
            case 0xcd -> in.u8() << 8 | in.u8();
            case 0xce -> in.u32BigEndian();
            case 0xcf, 0xd3 -> in.i64BigEndian();
            case 0xd0 -> (byte) in.u8();
            case 0xd1 -> (short) (in.u8() << 8 | in.u8());
            case 0xd2 -> (int) in.u32BigEndian();
            default -> b >= 0xe0 ? b - 256 : b & 0x7f;
        };
    }
}
