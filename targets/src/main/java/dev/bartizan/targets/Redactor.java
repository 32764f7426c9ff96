package dev.bartizan.targets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes credentials out of text that is kept, also where an endpoint sends them back encoded, in
/// other case, or cut off at the end of what was read.
public final class Redactor {
    private static final int SHORTEST_SECRET = 4;
    private static final String MARK = "[redacted]";

    private final Map<String, List<String>> forms = new TreeMap<>();

    /// That hides nothing yet.
    public Redactor() {}

    /// Also takes out this secret from now on. Secrets of fewer than four characters would tear
    /// ordinary text apart and are not searched for.
    public synchronized void hide(String secret) {
        if (secret.length() < SHORTEST_SECRET || forms.containsKey(secret)) {
            return;
        }
        List<String> all = new ArrayList<>();
        Encodings.of(secret).values().forEach(all::addAll);
        all.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.put(
                secret,
                all.stream()
                        .map(form -> form.toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /// The text without secrets.
    public synchronized String redact(String text) {
        String result = text;
        for (List<String> secret : forms.values()) {
            for (String form : secret) {
                result = without(form, result);
            }
            for (String form : secret) {
                result = withoutStartAtEnd(form, result);
            }
        }
        return result;
    }

    private static String without(String form, String text) {
        return Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(MARK));
    }

    private static String withoutStartAtEnd(String form, String text) {
        int longest = Math.min(form.length() - 1, text.length());
        for (int length = longest; length >= SHORTEST_SECRET; length--) {
            int at = text.length() - length;
            if (text.regionMatches(true, at, form, 0, length)) {
                return text.substring(0, at) + MARK;
            }
        }
        return text;
    }
}
