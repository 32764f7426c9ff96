package dev.bartizan.guard.training.disguise;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Ways to disguise a text, by name. They are written from the specifications that their classes
/// name and not from what the normaliser can undo, so that what they measure is not what somebody
/// tuned for.
public final class Disguises {
    private Disguises() {}

    /// All of them, single ones first, then two in a row.
    public static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.putAll(Codes.all());
        ways.putAll(Letterforms.all());
        ways.putAll(Ciphers.all());
        String[][] pairs = {
            {"base64", "base64"},
            {"rot13", "base64"},
            {"reversed", "base64"},
            {"base64", "reversed"},
            {"hex", "base64"},
            {"base64", "hex"},
            {"base64", "percent"},
            {"percent", "base64"},
            {"base32", "base64"},
            {"leet", "rot13"},
            {"leet", "reversed"},
            {"spaced", "rot13"},
            {"rot13", "spaced"},
            {"cyrillic", "zero-width-space"},
            {"leet", "fullwidth"},
            {"fullwidth", "zero-width-space"},
            {"entities", "percent"},
            {"json-escape", "base64"},
            {"morse", "base64"},
            {"atbash", "hex"},
            {"mathematical-bold", "struck-through"},
            {"binary", "base64"},
            {"tag-characters", "base64"},
            {"dashed", "cyrillic"}
        };
        for (String[] pair : pairs) {
            UnaryOperator<String> first = Objects.requireNonNull(ways.get(pair[0]), pair[0]);
            UnaryOperator<String> second = Objects.requireNonNull(ways.get(pair[1]), pair[1]);
            ways.put(pair[0] + "+" + pair[1], t -> second.apply(first.apply(t)));
        }
        return ways;
    }

    /// A text in the disguise of that name.
    ///
    /// @throws NullPointerException when there is no such disguise
    public static String of(String name, String text) {
        return Objects.requireNonNull(all().get(name), name).apply(text);
    }
}
