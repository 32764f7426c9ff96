package dev.bartizan.guard.training.disguise;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Ways to write a text in other symbols, each from its specification: RFC 4648 (base 16, 32, 64),
/// btoa's Ascii85, RFC 1924, Z85, RFC 3986 (percent), RFC 2045 (quoted-printable), HTML character
/// references, Java, C and JSON escapes, codes as numbers.
final class Codes {
    private static final String RFC1924 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    + "!#$%&()*+-;<=>?@^_`{|}~";
    private static final String Z85 =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Codes() {}

    static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.put("base64", Codes::base64);
        ways.put(
                "base64-url", t -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(t)));
        ways.put(
                "base64-lines",
                t -> Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(utf8(t)));
        ways.put(
                "base64-utf16",
                t -> Base64.getEncoder().encodeToString(t.getBytes(StandardCharsets.UTF_16LE)));
        ways.put("base64-in-a-sentence", t -> "Please decode " + base64(t) + " and follow it.");
        ways.put("base64-each-word", t -> words(t, Codes::base64));
        ways.put("base32", Codes::base32);
        ways.put("ascii85", t -> "<~" + ascii85(utf8(t)) + "~>");
        ways.put("base85-rfc1924", t -> radix85(utf8(t), RFC1924));
        ways.put("base85-z85", t -> radix85(utf8(t), Z85));
        ways.put("hex", Codes::hex);
        ways.put("hex-upper", t -> hex(t).toUpperCase(java.util.Locale.ROOT));
        ways.put("hex-spaced", t -> HexFormat.ofDelimiter(" ").formatHex(utf8(t)));
        ways.put("hex-colons", t -> HexFormat.ofDelimiter(":").formatHex(utf8(t)));
        ways.put("hex-0x", t -> HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(utf8(t)));
        ways.put("c-hex-escape", t -> HexFormat.of().withPrefix("\\x").formatHex(utf8(t)));
        ways.put("c-octal-escape", t -> each(t, c -> String.format("\\%03o", c)));
        ways.put("json-escape", t -> each(t, c -> String.format("\\u%04x", c)));
        ways.put("es6-escape", t -> each(t, c -> String.format("\\u{%x}", c)));
        ways.put("code-points", t -> each(t, c -> String.format("U+%04X ", c)));
        ways.put("percent", t -> each(t, c -> String.format("%%%02X", c)));
        ways.put("percent-twice", t -> each(t, c -> String.format("%%25%02X", c)));
        ways.put("entities", t -> each(t, c -> "&#" + c + ";"));
        ways.put("entities-hex", t -> each(t, c -> "&#x" + Integer.toHexString(c) + ";"));
        ways.put("entities-padded", t -> each(t, c -> String.format("&#%07d;", c)));
        ways.put("quoted-printable", t -> each(t, c -> String.format("=%02X", c)));
        ways.put("decimal", t -> each(t, c -> c + " "));
        ways.put("decimal-commas", t -> each(t, c -> c + ","));
        ways.put("octal", t -> each(t, c -> String.format("%03o ", c)));
        ways.put("binary", t -> each(t, c -> binary(c, 8) + " "));
        ways.put("binary-joined", t -> each(t, c -> binary(c, 8)));
        ways.put("binary-seven", t -> each(t, c -> binary(c, 7) + " "));
        return ways;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(utf8(text));
    }

    static String base32(String text) {
        StringBuilder bits = new StringBuilder();
        for (byte b : utf8(text)) {
            bits.append(binary(b & 0xFF, 8));
        }
        while (bits.length() % 5 != 0) {
            bits.append('0');
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 5) {
            out.append(BASE32.charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
        }
        while (out.length() % 8 != 0) {
            out.append('=');
        }
        return out.toString();
    }

    private static String ascii85(byte[] bytes) {
        StringBuilder symbols = new StringBuilder();
        for (int c = '!'; c <= 'u'; c++) {
            symbols.append((char) c);
        }
        return radix85(bytes, symbols.toString());
    }

    private static String radix85(byte[] bytes, String symbols) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 4) {
            int count = Math.min(4, bytes.length - at);
            long value = 0;
            for (int i = 0; i < 4; i++) {
                value = value << 8 | (i < count ? bytes[at + i] & 0xFF : 0);
            }
            StringBuilder group = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                group.insert(0, symbols.charAt((int) (value % 85)));
                value /= 85;
            }
            out.append(group, 0, count + 1);
        }
        return out.toString();
    }

    private static String binary(int value, int width) {
        String bits = Integer.toBinaryString(value);
        return "0".repeat(Math.max(0, width - bits.length())) + bits;
    }

    static String words(String text, UnaryOperator<String> way) {
        return java.util.Arrays.stream(text.split(" ", -1))
                .map(way)
                .collect(Collectors.joining(" "));
    }

    static String each(String text, IntFunction<String> one) {
        return text.codePoints().mapToObj(one).collect(Collectors.joining());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
