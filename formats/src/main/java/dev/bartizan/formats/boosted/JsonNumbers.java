package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import java.util.List;

/// Numbers and lists of a JSON object, with the path in every message.
///
/// @param object the object
/// @param path where it stands in the document
record JsonNumbers(Json object, String path) {
    /// The object under a key.
    JsonNumbers child(String key) throws FormatException {
        return new JsonNumbers(
                object.get(key).orElseThrow(() -> broken("\"" + key + "\" is missing")),
                path + "." + key);
    }

    boolean has(String key) {
        return object.get(key).isPresent();
    }

    List<Json> items(String key) throws FormatException {
        Json value = object.get(key).orElseThrow(() -> broken("\"" + key + "\" is missing"));
        if (!(value instanceof Json.Items items)) {
            throw broken("\"" + key + "\" is no list");
        }
        return items.items();
    }

    /// Whole numbers, `true` and `false` as 1 and 0; none when the key is missing.
    int[] wholes(String key) throws FormatException {
        if (!has(key)) {
            return new int[0];
        }
        List<Json> items = items(key);
        int[] values = new int[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole(items.get(i), key);
        }
        return values;
    }

    /// float32 numbers as written, rounded once; none when the key is missing.
    float[] floats(String key) throws FormatException {
        if (!has(key)) {
            return new float[0];
        }
        List<Json> items = items(key);
        float[] values = new float[items.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(items.get(i) instanceof Json.Numeral numeral)) {
                throw broken("\"" + key + "\" holds something else than numbers");
            }
            values[i] = Float.parseFloat(numeral.written());
        }
        return values;
    }

    /// A whole number, plain or in quotes as XGBoost keeps parameters.
    int parameter(String key, int otherwise) throws FormatException {
        if (!has(key)) {
            return otherwise;
        }
        Json value = object.get(key).orElseThrow();
        return whole(value instanceof Json.Text text ? new Json.Numeral(text.value()) : value, key);
    }

    /// The same, from 0 to the most there may be.
    int bounded(String key, int otherwise, int most) throws FormatException {
        int value = parameter(key, otherwise);
        if (value < 0) {
            throw broken("\"" + key + "\" is negative");
        }
        if (value > most) {
            throw FormatException.limit(0, key + " is " + value + ", more than " + most);
        }
        return value;
    }

    private int whole(Json value, String key) throws FormatException {
        if (value instanceof Json.Truth truth) {
            return truth.value() ? 1 : 0;
        }
        if (value instanceof Json.Numeral numeral) {
            long number =
                    numeral.whole().orElseThrow(() -> broken(numeral.written() + " in " + key));
            if (number == (int) number) {
                return (int) number;
            }
        }
        throw broken("\"" + key + "\" holds something else than 32-bit whole numbers");
    }

    FormatException broken(String what) {
        return FormatException.broken(0, path + ": " + what);
    }
}
