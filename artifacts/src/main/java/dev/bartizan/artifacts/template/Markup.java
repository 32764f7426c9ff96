package dev.bartizan.artifacts.template;

import java.util.Map;
import java.util.regex.Pattern;

/// What Jinja's filters for markup leave of a text (MarkupSafe, `Markup.striptags`).
final class Markup {
    private static final Pattern TAG = Pattern.compile("<!--(?:(?!-->).){0,400}+-->|<[^<>]*+>");
    private static final Pattern SPACES = Pattern.compile("\\s++");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));");
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "lowbar", "_");

    private Markup() {}

    /// Without tags and comments.
    static String stripped(String text) {
        return plain(SPACES.matcher(TAG.matcher(text).replaceAll("")).replaceAll(" ").strip());
    }

    /// With entities as what they stand for.
    static String plain(String text) {
        return ENTITY.matcher(text)
                .replaceAll(entity ->
                        java.util.regex.Matcher.quoteReplacement(
                                entity.group(1) != null
                                        ? Formatting.character(Long.parseLong(entity.group(1)))
                                        : entity.group(2) != null
                                                ? Formatting.character(
                                                        Long.parseLong(entity.group(2), 16))
                                                : NAMED.getOrDefault(
                                                        entity.group(3), entity.group())));
    }
}
