package dev.bartizan.core.ledger;

import dev.bartizan.core.JsonNumbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Canonical JSON of RFC 8785 (JSON Canonicalization Scheme): one spelling for each value, so that
/// a digest of the text is a digest of the value.
///
/// Keys are sorted by UTF-16 code units, strings carry only the escapes that JSON demands, numbers
/// are IEEE doubles in the shortest form of ECMAScript (ECMA-262, Number::toString), no white
/// space.
public final class Jcs {
    private static final int MAX_DEPTH = 200;
    private static final int PLAIN_DIGITS = 21;
    private static final int LEADING_ZEROS = -6;
    private static final int CONTROL = 0x20;

    private Jcs() {}

    /// The canonical text of a JSON tree.
    ///
    /// @throws IllegalArgumentException when it has no canonical form: a lone surrogate, a number
    ///   beyond a double, nesting deeper than 200
    public static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out, 0);
        return out.toString();
    }

    /// The canonical text in UTF-8.
    public static byte[] bytes(JsonNode node) {
        return write(node).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON is nested deeper than " + MAX_DEPTH);
        }
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out, depth);
            case ARRAY -> writeArray(node, out, depth);
            case STRING -> writeString(node.stringValue(), out);
            case NUMBER -> out.append(number(JsonNumbers.nearest(node)));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException("Not JSON: " + node.getNodeType());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out, int depth) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        out.append('{');
        boolean isFirst = true;
        for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
            if (!isFirst) {
                out.append(',');
            }
            isFirst = false;
            writeString(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out, depth + 1);
        }
        out.append('}');
    }

    private static void writeArray(JsonNode node, StringBuilder out, int depth) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(node.get(i), out, depth + 1);
        }
        out.append(']');
    }

    /// Appends a string with its quotes (RFC 8785 section 3.2.2.2).
    static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> i += writePlain(text, i, c, out);
            }
        }
        out.append('"');
    }

    /// Returns how many further characters it took.
    private static int writePlain(String text, int at, char c, StringBuilder out) {
        if (c < CONTROL) {
            out.append(String.format("\\u%04x", (int) c));
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            out.append(c);
            return 0;
        }
        boolean isPair =
                Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
        if (!isPair) {
            throw new IllegalArgumentException("Lone surrogate at character " + at);
        }
        out.append(c).append(text.charAt(at + 1));
        return 1;
    }

    /// A double as ECMAScript writes it.
    ///
    /// @throws IllegalArgumentException for NaN and infinities
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        if (value == 0) {
            return "0";
        }
        String sign = value < 0 ? "-" : "";
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        // The value is 0.digits times ten to the point-th power; the names n and k of ECMA-262.
        int point = digits.length() - shortest.scale();
        return sign + layOut(digits, point);
    }

    private static String layOut(String digits, int point) {
        int k = digits.length();
        if (k <= point && point <= PLAIN_DIGITS) {
            return digits + "0".repeat(point - k);
        }
        if (0 < point && point <= PLAIN_DIGITS) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (LEADING_ZEROS < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String fraction = k == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }

    /// `Double.toString` yields the shortest decimal that reads back, except that it spends a
    /// second digit where one would do (4.9E-324 for 5e-324); that case is mended here.
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() != 2) {
            return decimal;
        }
        BigDecimal low = decimal.round(new MathContext(1, RoundingMode.DOWN));
        BigDecimal high = decimal.round(new MathContext(1, RoundingMode.UP));
        boolean isLow = low.doubleValue() == value;
        boolean isHigh = high.doubleValue() == value;
        if (isLow && isHigh) {
            BigDecimal exact = new BigDecimal(value);
            return exact.subtract(low).compareTo(high.subtract(exact)) <= 0 ? low : high;
        }
        if (isLow) {
            return low;
        }
        return isHigh ? high : decimal;
    }
}
