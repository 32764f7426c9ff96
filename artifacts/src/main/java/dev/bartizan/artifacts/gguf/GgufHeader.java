package dev.bartizan.artifacts.gguf;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a sound GGUF file says of its model.
///
/// @param values texts and numbers by key, as text
/// @param lists lists of texts by key
/// @param tensors in the file's order
public record GgufHeader(
        Map<String, String> values, Map<String, List<String>> lists, List<Table> tensors) {
    private static final int MOST_TEXTS = 2_000_000;

    public GgufHeader {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
        tensors = List.copyOf(tensors);
    }

    /// One tensor.
    ///
    /// @param values how many numbers it has
    /// @param rows size of its last axis
    /// @param type name of the type of its values, such as `q4_k`
    public record Table(String name, long values, long rows, String type) {}

    private static final String[] TYPES = {
        "f32", "f16", "q4_0", "q4_1", "", "", "q5_0", "q5_1", "q8_0", "q8_1", "q2_k", "q3_k",
        "q4_k", "q5_k", "q6_k", "q8_k", "iq2_xxs", "iq2_xs", "iq3_xxs", "iq1_s", "iq4_nl", "iq3_s",
        "iq2_s", "iq4_xs", "i8", "i16", "i32", "i64", "f64", "iq1_m", "bf16", "", "", "", "tq1_0",
        "tq2_0"
    };

    /// Reads the header and checks that the tensors lie in the file.
    ///
    /// @throws FormatException when anything about it is broken
    public static GgufHeader read(ByteSource bytes) throws IOException, FormatException {
        GgufInput input = GgufAnalyser.input(bytes);
        long tensorCount = input.length();
        long pairs = input.length();
        if (pairs < 0
                || pairs > GgufAnalyser.MOST_PAIRS
                || tensorCount < 0
                || tensorCount > GgufAnalyser.MOST_TENSORS) {
            throw FormatException.limit(
                    8, "It promises " + tensorCount + " tensors and " + pairs + " keys");
        }
        Pairs keys = new Pairs(input);
        for (long i = 0; i < pairs; i++) {
            keys.readOne();
        }
        List<String> problems = new ArrayList<>();
        GgufTensors tensors = new GgufTensors(input, (_, message) -> problems.add(message));
        tensors.read(tensorCount);
        long end = input.reader().position();
        long alignment = alignment(keys.values);
        tensors.checkPlaces((end + alignment - 1) / alignment * alignment, alignment, bytes.size());
        if (!problems.isEmpty()) {
            throw FormatException.broken(end, problems.getFirst());
        }
        List<Table> tables =
                tensors.all().stream()
                        .map(t -> new Table(t.name(), t.values(), t.rows(), type(t.type())))
                        .toList();
        return new GgufHeader(keys.values, keys.lists, tables);
    }

    private static long alignment(Map<String, String> values) throws FormatException {
        try {
            long alignment = Long.parseLong(values.getOrDefault("general.alignment", "32"));
            if (alignment > 0 && (alignment & 7) == 0 && alignment <= 1 << 20) {
                return alignment;
            }
        } catch (NumberFormatException e) {
            throw FormatException.broken(8, "An alignment that is no number");
        }
        throw FormatException.broken(8, "An alignment of " + values.get("general.alignment"));
    }

    private static String type(int number) {
        boolean isKnown = number >= 0 && number < TYPES.length && !TYPES[number].isEmpty();
        return isKnown ? TYPES[number] : "type-" + number;
    }

    /// Keys with their values.
    private static final class Pairs {
        private final GgufInput input;
        private final Map<String, String> values = new LinkedHashMap<>();
        private final Map<String, List<String>> lists = new LinkedHashMap<>();
        private int texts;

        Pairs(GgufInput input) {
            this.input = input;
        }

        void readOne() throws IOException, FormatException {
            long at = input.reader().position();
            String key = input.text();
            long type = input.u32();
            if (values.containsKey(key) || lists.containsKey(key)) {
                throw FormatException.broken(at, "The key \"" + key + "\" stands twice");
            }
            if (type == GgufAnalyser.ARRAY) {
                list(key, at, 0);
            } else {
                values.put(key, scalar(type, at));
            }
        }

        private String scalar(long type, long at) throws IOException, FormatException {
            ByteReader reader = input.reader();
            return switch (Math.clamp(type, -1, 99)) {
                case GgufAnalyser.STRING -> input.text();
                case 4, 5 -> Long.toString(input.u32());
                case 0, 1, 7 -> Integer.toString(reader.u8());
                case 10, 11 -> Long.toString(input.u64());
                case 6 -> Float.toString(Float.intBitsToFloat((int) input.u32()));
                case 2, 3 -> {
                    reader.skip(2);
                    yield "";
                }
                case 12 -> Double.toString(Double.longBitsToDouble(input.u64()));
                default -> throw FormatException.broken(at, "A value of type " + type);
            };
        }

        private void list(String key, long at, int depth) throws IOException, FormatException {
            long itemType = input.u32();
            long count = input.length();
            if (count < 0 || count > input.reader().remaining()) {
                throw FormatException.truncated(at, "A list of " + count + " values");
            }
            if (itemType == GgufAnalyser.STRING) {
                texts(key, count, at);
            } else if (itemType == GgufAnalyser.ARRAY && depth < GgufPairs.DEEPEST_LIST) {
                for (long i = 0; i < count; i++) {
                    list(key, at, depth + 1);
                }
            } else if (itemType >= 0
                    && itemType < GgufAnalyser.SIZES.length
                    && GgufAnalyser.SIZES[(int) itemType] > 0) {
                input.reader().skip(count * GgufAnalyser.SIZES[(int) itemType]);
            } else {
                throw FormatException.broken(at, "A list of values of type " + itemType);
            }
        }

        private void texts(String key, long count, long at) throws IOException, FormatException {
            if (count > MOST_TEXTS - texts) {
                throw FormatException.limit(at, "More than " + MOST_TEXTS + " texts in lists");
            }
            texts += (int) count;
            List<String> list = lists.computeIfAbsent(key, _ -> new ArrayList<>());
            for (long i = 0; i < count; i++) {
                list.add(input.text());
            }
        }
    }
}
