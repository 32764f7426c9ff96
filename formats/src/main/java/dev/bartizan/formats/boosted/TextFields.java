package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// `key=value` lines of one block of a LightGBM file.
///
/// @param fields by key
/// @param where names the block in messages
/// @param most longest list
record TextFields(Map<String, String> fields, String where, int most) {
    boolean has(String key) {
        return fields.containsKey(key);
    }

    String text(String key, String otherwise) {
        @Nullable String value = fields.get(key);
        return value == null ? otherwise : value;
    }

    int whole(String key, int otherwise) throws FormatException {
        return has(key) ? whole(key, text(key, ""), 0) : otherwise;
    }

    int[] wholes(String key, int count) throws FormatException {
        StringTokenizer words = words(key, count);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = whole(key, words.nextToken(), i);
        }
        return values;
    }

    double[] doubles(String key, int count) throws FormatException {
        StringTokenizer words = words(key, count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            String word = words.nextToken();
            try {
                values[i] = number(word);
            } catch (NumberFormatException _) {
                throw broken(key + " holds \"" + cut(word) + "\" as number " + i);
            }
        }
        return values;
    }

    private static double number(String word) {
        return switch (word) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> Double.parseDouble(word);
        };
    }

    private StringTokenizer words(String key, int count) throws FormatException {
        if (count > most) {
            throw FormatException.limit(0, where + ": " + key + " is longer than " + most);
        }
        StringTokenizer words = new StringTokenizer(text(key, ""), " ");
        if (words.countTokens() != count) {
            throw broken(
                    key + " holds " + words.countTokens() + " numbers, " + count + " are needed");
        }
        return words;
    }

    private int whole(String key, String word, int index) throws FormatException {
        try {
            long value = Long.parseLong(word.strip());
            if (value >= Integer.MIN_VALUE && value < 1L << Integer.SIZE) {
                return (int) value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw broken(key + " holds \"" + cut(word) + "\" as number " + index);
    }

    private static String cut(String word) {
        return word.length() > 20 ? word.substring(0, 20) + "…" : word;
    }

    FormatException broken(String what) {
        return FormatException.broken(0, where + ": " + what);
    }
}
