package dev.bartizan.artifacts.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// What Python's functions make of letters and numbers that stand in the source: the texts that
/// programs hide so.
final class Decoded {
    private Decoded() {}

    static boolean isDecoder(String function) {
        return switch (function) {
            case "chr",
                    "bytes",
                    "bytearray",
                    "bytes.fromhex",
                    "bytearray.fromhex",
                    "binascii.unhexlify",
                    "binascii.a2b_base64",
                    "binascii.a2b_hex",
                    "base64.b64decode",
                    "base64.urlsafe_b64decode",
                    "base64.b16decode",
                    "codecs.decode",
                    "map" ->
                    true;
            default -> false;
        };
    }

    /// What the function makes of its argument, or arguments; unknown where they are.
    static Value of(String function, Value argument) {
        String name = function.substring(function.lastIndexOf('.') + 1);
        if (!argument.isKnown() && !name.equals("map")) {
            return Value.unknown();
        }
        return switch (name) {
            case "chr", "bytes", "bytearray" -> letters(argument);
            case "map" -> mapped(argument);
            case "fromhex", "unhexlify", "a2b_hex", "b16decode" -> hex(argument.joined());
            case "b64decode", "a2b_base64", "urlsafe_b64decode" -> base64(first(argument));
            default -> codec(argument);
        };
    }

    /// `map(chr, [104, 105])`, as its letters.
    private static Value mapped(Value argument) {
        if (!(argument instanceof Value.Items items) || items.items().size() != 2) {
            return Value.unknown();
        }
        Value numbers = items.items().getLast();
        return numbers.isKnown() ? letters(numbers) : Value.unknown();
    }

    private static String first(Value argument) {
        return argument instanceof Value.Items items && !items.items().isEmpty()
                ? items.items().getFirst().joined()
                : argument.joined();
    }

    private static Value codec(Value argument) {
        if (!(argument instanceof Value.Items items) || items.items().size() < 2) {
            return Value.unknown();
        }
        String text = items.items().getFirst().joined();
        return switch (items.items().get(1).joined().replaceAll("[-_]", "")) {
            case "rot13", "rot_13" -> new Value.Text(turned(text));
            case "hex" -> hex(text);
            case "base64" -> base64(text);
            default -> Value.unknown();
        };
    }

    private static String turned(String text) {
        StringBuilder turned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char base = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
            turned.append(base == 0 ? c : (char) (base + (c - base + 13) % 26));
        }
        return turned.toString();
    }

    /// Numbers, one after another, as letters; a text as itself.
    private static Value letters(Value argument) {
        List<String> words = new ArrayList<>();
        if (argument instanceof Value.Items items) {
            items.items().forEach(item -> words.addAll(List.of(item.joined().split("[ ,]+"))));
        } else {
            words.addAll(List.of(argument.joined().split("[ ,]+")));
        }
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            try {
                text.appendCodePoint(Integer.decode(word));
            } catch (IllegalArgumentException _) {
                return argument;
            }
        }
        return new Value.Text(text.toString());
    }

    private static Value hex(String digits) {
        try {
            return text(HexFormat.of().parseHex(digits.replaceAll("\\s+", "")));
        } catch (IllegalArgumentException _) {
            return Value.unknown();
        }
    }

    private static Value base64(String letters) {
        try {
            return text(
                    Base64.getMimeDecoder().decode(letters.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException _) {
            return Value.unknown();
        }
    }

    private static Value text(byte[] bytes) {
        return new Value.Text(new String(bytes, StandardCharsets.UTF_8));
    }
}
