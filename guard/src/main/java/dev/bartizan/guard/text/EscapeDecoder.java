package dev.bartizan.guard.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Escapes of single characters: HTML entities, percent signs, backslashes.
final class EscapeDecoder implements Decoder {
    private static final int MAX_ENTITY = 12;
    private static final Map<String, String> NAMED =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", " "),
                    Map.entry("colon", ":"),
                    Map.entry("period", "."),
                    Map.entry("comma", ","),
                    Map.entry("excl", "!"),
                    Map.entry("quest", "?"),
                    Map.entry("newline", "\n"),
                    Map.entry("tab", "\t"),
                    Map.entry("shy", ""),
                    Map.entry("zwnj", ""),
                    Map.entry("zwj", ""));

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int i = 0;
        while (i < text.length()) {
            Replacement one =
                    switch (text.charAt(i)) {
                        case '&' -> entity(text, i);
                        case '%' -> percent(text, i, '%', "url");
                        case '=' -> percent(text, i, '=', "quoted-printable");
                        case '\\' -> backslash(text, i);
                        default -> null;
                    };
            if (one == null) {
                i++;
            } else {
                found.add(one);
                i = one.to();
            }
        }
        return found;
    }

    private static @Nullable Replacement entity(String text, int at) {
        int semicolon = -1;
        for (int i = at + 1; i < text.length() && i <= at + MAX_ENTITY; i++) {
            if (text.charAt(i) == ';') {
                semicolon = i;
                break;
            }
        }
        if (semicolon < at + 2) {
            return null;
        }
        String name = text.substring(at + 1, semicolon);
        if (name.charAt(0) != '#') {
            String named = NAMED.get(name.toLowerCase(java.util.Locale.ROOT));
            return named == null ? null : new Replacement(at, semicolon + 1, named, "html");
        }
        boolean hex = name.length() > 1 && (name.charAt(1) | 0x20) == 'x';
        int point = number(name, hex ? 2 : 1, name.length(), hex ? 16 : 10);
        return point(at, semicolon + 1, point, "html");
    }

    private static @Nullable Replacement point(int from, int to, int point, String how) {
        if (point < 9 || !Character.isValidCodePoint(point) || (point < ' ' && point > 13)) {
            return null;
        }
        return new Replacement(from, to, Character.toString(point), how);
    }

    private static @Nullable Replacement percent(String text, int at, char mark, String how) {
        byte[] bytes = new byte[4];
        int count = 0;
        int i = at;
        while (count < 4 && i + 2 < text.length() && text.charAt(i) == mark) {
            int value = number(text, i + 1, i + 3, 16);
            if (value < 0) {
                break;
            }
            bytes[count++] = (byte) value;
            i += 3;
            String read = utf8(bytes, count);
            if (read != null) {
                return mark == '%' || count > 1 || isRun(text, at)
                        ? new Replacement(at, i, read, how)
                        : null;
            }
        }
        return null;
    }

    private static boolean isRun(String text, int at) {
        return (at + 3 < text.length() && text.charAt(at + 3) == '=')
                || (at >= 3 && text.charAt(at - 3) == '=');
    }

    private static @Nullable Replacement backslash(String text, int at) {
        if (at + 1 >= text.length()) {
            return null;
        }
        char kind = text.charAt(at + 1);
        if (kind == 'x') {
            return point(at, at + 4, number(text, at + 2, at + 4, 16), "escape");
        }
        if (kind == 'u' && at + 2 < text.length() && text.charAt(at + 2) == '{') {
            int close = text.indexOf('}', at, Math.min(text.length(), at + 11));
            return close < 0
                    ? null
                    : point(at, close + 1, number(text, at + 3, close, 16), "escape");
        }
        if (kind == 'u') {
            return point(at, at + 6, number(text, at + 2, at + 6, 16), "escape");
        }
        if (kind == 'U') {
            return point(at, at + 10, number(text, at + 2, at + 10, 16), "escape");
        }
        return kind >= '0' && kind <= '3'
                ? point(at, at + 4, number(text, at + 1, at + 4, 8), "escape")
                : null;
    }

    private static int number(String text, int from, int to, int radix) {
        if (to > text.length() || from >= to || to - from > 8) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    private static @Nullable String utf8(byte[] bytes, int count) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
