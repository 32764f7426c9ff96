package dev.bartizan.artifacts.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Markup whose scripts send something on as soon as it is shown.
public final class ActiveMarkup {
    private static final int LONGEST = 4 << 20;

    /// A handler of an element that fetches or posts.
    private static final Pattern HANDLER =
            Pattern.compile(
                    "(?i)\\bon(?:error|load|begin|toggle|focus|mouseover|pageshow|animationstart)\\s{0,5}=\\s{0,5}[\"']?[^\"<>]{0,200}?(?:fetch\\s?\\(|XMLHttpRequest|document\\.cookie|sendBeacon|new Image|\\bimport\\s?\\(|\\beval\\s?\\()");

    /// Cookies and what is kept in the browser, put into a request.
    private static final Pattern STEALS =
            Pattern.compile(
                    "(?i)(?:https?://|fetch\\s?\\(|sendBeacon|\\.src\\s?=|location)[^<\\n]{0,200}?(?:document\\.cookie|localStorage\\s?\\)|JSON\\.stringify\\(localStorage)");

    private ActiveMarkup() {}

    /// The first such place.
    public static Optional<String> sends(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Matcher handler = HANDLER.matcher(part);
        if (part.indexOf('<') >= 0 && handler.find()) {
            return Optional.of(handler.group());
        }
        boolean mayRun = part.contains("<script") || part.contains("<SCRIPT");
        Matcher steals = STEALS.matcher(part);
        return mayRun && steals.find() ? Optional.of(steals.group()) : Optional.empty();
    }
}
