package dev.bartizan.reports.page;

import dev.bartizan.core.Digest;
import dev.bartizan.reports.markup.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The frame of a page that needs nothing but itself: no script, no network, one style sheet whose
/// digest the content security policy names.
final class PageFrame {
    private static final Map<String, String> ICONS = icons();

    private PageFrame() {}

    /// A whole page.
    ///
    /// @param title of the window
    /// @param body writes what is in the body
    static String write(Markup markup, String title, Markup.Content body) {
        return write(markup, title, "", body);
    }

    /// A whole page with pictures that stand in it.
    static String writeWithPictures(Markup markup, String title, Markup.Content body) {
        return write(markup, title, "img-src data:; ", body);
    }

    private static String write(Markup markup, String title, String policy, Markup.Content body) {
        String style = style();
        markup.element(
                "html",
                () -> {
                    markup.line();
                    markup.element("head", () -> head(markup, title, policy, style)).line();
                    markup.element(
                                    "body",
                                    () -> {
                                        symbols(markup);
                                        body.write();
                                    })
                            .line();
                },
                "lang",
                "en",
                "xmlns",
                "http://www.w3.org/1999/xhtml");
        return "<!DOCTYPE html>\n" + markup + "\n";
    }

    private static void head(Markup markup, String title, String policy, String style) {
        markup.line().empty("meta", "charset", "utf-8").line();
        markup.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; "
                                + policy
                                + "style-src '"
                                + hash(style)
                                + "'; base-uri 'none'; form-action 'none'")
                .line();
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        markup.empty("meta", "name", "color-scheme", "content", "light dark").line();
        markup.empty("meta", "name", "referrer", "content", "no-referrer").line();
        markup.text("title", title).line();
        markup.element("style", () -> markup.own(style)).line();
    }

    private static String hash(String style) {
        byte[] digest = Digest.sha256().digest(style.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String style() {
        try (InputStream in = PageFrame.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void symbols(Markup markup) {
        markup.element(
                        "svg",
                        () ->
                                ICONS.forEach((name, path) ->
                                        markup.element(
                                                "symbol",
                                                () -> markup.empty("path", "d", path),
                                                "id",
                                                "i-" + name,
                                                "viewBox",
                                                "0 0 16 16")),
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        "symbols",
                        "width",
                        "0",
                        "height",
                        "0",
                        "aria-hidden",
                        "true")
                .line();
    }

    private static Map<String, String> icons() {
        Map<String, String> icons = new LinkedHashMap<>();
        icons.put("confirmed", "M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM5.5 5.5l5 5M10.5 5.5l-5 5");
        icons.put(
                "accepted", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M6.3 5.2v5.6M9.7 5.2v5.6");
        icons.put("stale", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M8 4.3V8l2.6 1.8");
        icons.put(
                "undetermined",
                "M8 1.5l6.5 6.5L8 14.5L1.5 8zM6.3 6.6c0-2.2 3.4-2.2 3.4-.1c0 1.3-1.7 1.3-1.7"
                        + " 2.6M8 10.9v.3");
        icons.put("withstood", "M8 1.5l5.5 2v4c0 3.4-2.2 5.8-5.5 7c-3.3-1.2-5.5-3.6-5.5-7v-4z");
        icons.put("cleared", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M4.9 8.2l2.2 2.2l4-4.6");
        icons.put(
                "proved",
                "M8 1.5l5.5 2v4c0 3.4-2.2 5.8-5.5 7c-3.3-1.2-5.5-3.6-5.5-7v-4zM5.2 7.8l2 2l3.6-4");
        icons.put("declared", "M3.5 1.5h6l3 3v10h-9zM5.8 7.5h4.4M5.8 10.5h4.4");
        icons.put(
                "untested",
                "M6 1.8a6.5 6.5 0 0 1 4 0M12.9 3.8a6.5 6.5 0 0 1 1.4 3M14 10.5a6.5 6.5 0 0 1-2.3"
                        + " 2.8M9.2 14.4a6.5 6.5 0 0 1-3.8-.4M2.8 11.9a6.5 6.5 0 0 1-1.2-3M1.8"
                        + " 6a6.5 6.5 0 0 1 1.9-2.9");
        icons.put("none", "M4 8h8");
        return icons;
    }
}
