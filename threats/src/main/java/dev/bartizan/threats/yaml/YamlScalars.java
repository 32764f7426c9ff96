package dev.bartizan.threats.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a plain scalar means: the tag resolution of YAML 1.2.2, section 10.3.2 (core schema).
/// Deviations: integers beyond 18 digits are read as floating point; what is not a finite number
/// stays text.
final class YamlScalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int MAX_NUMBER_CHARACTERS = 400;

    private YamlScalars() {}

    static @Nullable Object resolve(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        if (text.length() > MAX_NUMBER_CHARACTERS) {
            return text;
        }
        if (INTEGER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        if (OCTAL.matcher(text).matches()) {
            return Long.valueOf(text.substring(2), 8);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Long.valueOf(text.substring(2), 16);
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? (Object) value : text;
        }
        return text;
    }
}
