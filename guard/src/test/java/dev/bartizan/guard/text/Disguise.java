package dev.bartizan.guard.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Ways to write a text so that a plain reader does not see it.
public enum Disguise {
    BASE64(t -> Base64.getEncoder().encodeToString(utf8(t))),
    BASE64_URL(t -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(t))),
    BASE64_LINES(t -> Base64.getMimeEncoder(40, new byte[] {'\n'}).encodeToString(utf8(t))),
    HEX(t -> each(t, c -> String.format("%02x", c))),
    HEX_APART(t -> each(t, c -> String.format("0x%02X ", c))),
    BINARY(t ->
            each(
                    t,
                    c ->
                            String.format("%8s ", Integer.toBinaryString(c))
                                            .replace(' ', '0')
                                            .substring(0, 8)
                                    + " ")),
    DECIMAL(t -> each(t, c -> c + " ")),
    PERCENT(t -> each(t, c -> String.format("%%%02X", c))),
    ENTITIES(t -> each(t, c -> "&#" + c + ";")),
    HEX_ENTITIES(t -> each(t, c -> "&#x" + Integer.toHexString(c) + ";")),
    BACKSLASH(t -> each(t, c -> String.format("\\u%04x", c))),
    ROT13(t -> shifted(t, 13)),
    ROT7(t -> shifted(t, 7)),
    MIRRORED(t ->
            each(
                    t,
                    c ->
                            Character.isLowerCase(c)
                                    ? letter('z' - c + 'a')
                                    : Character.isUpperCase(c)
                                            ? letter('Z' - c + 'A')
                                            : letter(c))),
    BACKWARDS(t -> new StringBuilder(t).reverse().toString()),
    LEET(t -> t.replace('e', '3').replace('a', '4').replace('o', '0').replace('t', '7')),
    SPACED(t -> t.chars().mapToObj(c -> letter(c)).collect(Collectors.joining(" "))),
    DASHED(t -> t.replace(" ", "   ").replaceAll("(?<=[a-zA-Z])(?=[a-zA-Z])", "-")),
    TOGETHER(t -> t.replace(" ", "")),
    ZERO_WIDTH(t -> each(t, c -> letter(c) + "\u200b")),
    SOFT_HYPHENS(t -> each(t, c -> letter(c) + "\u00ad\u2060")),
    TAGS(t -> each(t, c -> Character.toString(0xE0000 + c))),
    SELECTORS(t -> each(t, c -> Character.toString(0xE0100 + c - 16))),
    FULL_WIDTH(t -> each(t, c -> c == ' ' ? " " : letter(c + 0xFEE0))),
    BOLD(t ->
            each(
                    t,
                    c ->
                            Character.isLowerCase(c)
                                    ? Character.toString(0x1D41A + c - 'a')
                                    : Character.isUpperCase(c)
                                            ? Character.toString(0x1D400 + c - 'A')
                                            : letter(c))),
    CIRCLED(t ->
            each(
                    t,
                    c ->
                            Character.isLowerCase(c)
                                    ? letter(0x24D0 + c - 'a')
                                    : Character.isUpperCase(c)
                                            ? letter(0x24B6 + c - 'A')
                                            : letter(c))),
    ZALGO(t -> each(t, c -> letter(c) + "\u0315\u0324\u0360")),
    CYRILLIC(t ->
            t.replace('a', 'а')
                    .replace('e', 'е')
                    .replace('o', 'о')
                    .replace('p', 'р')
                    .replace('s', 'ѕ')
                    .replace('P', 'Р')),
    GREEK(t -> t.replace('a', 'α').replace('o', 'ο').replace('t', 'τ').replace('v', 'ν')),
    MIXED_CASE(t ->
            each(
                    t,
                    c ->
                            c % 2 == 0
                                    ? letter(Character.toUpperCase(c))
                                    : letter(Character.toLowerCase(c))));

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    private final UnaryOperator<String> way;

    Disguise(UnaryOperator<String> way) {
        this.way = way;
    }

    /// The text in disguise.
    public String of(String text) {
        return way.apply(text);
    }

    private static String each(String text, IntFunction<String> one) {
        return text.chars().mapToObj(one).collect(Collectors.joining());
    }

    private static String letter(int c) {
        return Character.toString(c);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shifted(String text, int by) {
        return each(
                text,
                c ->
                        Character.isLetter(c)
                                ? letter(
                                        (c | 0x20) == c
                                                ? 'a' + (c - 'a' + by) % 26
                                                : 'A' + (c - 'A' + by) % 26)
                                : letter(c));
    }
}
