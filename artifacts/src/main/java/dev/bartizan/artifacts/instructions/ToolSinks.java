package dev.bartizan.artifacts.instructions;

import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where tools send what they are given, when that is a host that collects for whoever asks for an
/// address on it, or a machine without a name.
final class ToolSinks {
    private static final int DEEPEST = 40;
    private static final int MOST = 200;
    private static final int BEFORE = 120;

    /// Keys under which a value is used as it stands.
    private static final Set<String> USED =
            Set.of("default", "const", "enum", "uri", "uriTemplate", "url", "endpoint");

    private static final Set<String> SHOWN = Set.of("example", "examples", "placeholder");

    private static final Pattern SENDS =
            Pattern.compile(
                    "(?i)\\b(?:send|sent|post|forward|upload|report|copy|copie|deliver|transmit|push|write|written|log|mirror|submit|stream|relay|save|store|keep|kept|goe?|went|saved|go)(?:s|es|d|ed|ing|ded|ting)?\\b");
    private static final Pattern SHOWS =
            Pattern.compile(
                    "(?i)(?:e\\.g\\.|\\bex\\.|for example|for instance|such as|\\blike|examples?:?|format:?|similar to)[\\s`'\"(:,]{0,6}$");

    /// A command in the place of a value, which reads what is private.
    private static final Pattern TAKEN =
            Pattern.compile(
                    "(?:\\$\\(|`)\\s{0,4}(?:cat|head|tail|base64|printenv|env|cat\\s{1,4}-)\\b[^`)\\n]{0,60}(?:\\.ssh|\\.aws|\\.env\\b|\\.netrc|\\.kube|/etc/(?:passwd|shadow)|id_(?:rsa|ed25519)|_(?:KEY|TOKEN|SECRET)\\b)");

    private static final Pattern SENTENCE = Pattern.compile("[.!?]\\s|\\n");

    /// Where machines in a cloud are told the keys of their role.
    private static final Pattern ROLE_KEYS =
            Pattern.compile(
                    "(?i)\\b(?:access|fetch|get|read|open|request|call|query|curl|load|visit)\\w{0,3}\\b[^.!?\\n]{0,40}?https?://(?:169\\.254\\.169\\.254|metadata\\.google\\.internal|100\\.100\\.100\\.200)/[\\w./-]{0,80}?(?:credentials|token|identity)");

    private static final Pattern FORBIDS =
            Pattern.compile(
                    "(?i)\\b(?:never|not|don't|block\\w*|den(?:y|ies)|refus\\w+|prevent\\w*|cannot|forbid\\w*)\\b[^.!?\\n]{0,60}$");

    private static final Pattern REFUSED =
            Pattern.compile(
                    "(?i)[^.!?\\n]{0,60}?\\b(?:refused|blocked|denied|rejected|forbidden|filtered|not allowed)\\b");

    private ToolSinks() {}

    /// What a tool or resource sends to such a host.
    static Optional<String> in(Json node) {
        return in(node, "", 0);
    }

    private static Optional<String> in(Json node, String key, int depth) {
        if (depth > DEEPEST || SHOWN.contains(key)) {
            return Optional.empty();
        }
        return switch (node) {
            case Json.Text text -> inText(text.value(), USED.contains(key));
            case Json.Members members ->
                    members.members().stream()
                            .map(member -> in(member.value(), member.key(), depth + 1))
                            .flatMap(Optional::stream)
                            .findFirst();
            case Json.Items items -> first(items.items(), key, depth + 1);
            case Json.Numeral _, Json.Truth _, Json.Null _ -> Optional.empty();
        };
    }

    private static Optional<String> first(List<Json> items, String key, int depth) {
        return items.stream()
                .map(item -> in(item, key, depth))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> inText(String given, boolean isUsed) {
        if (isUsed && TAKEN.matcher(given).find()) {
            return Optional.of("is set to what a command reads: " + brief(given.strip()));
        }
        if (!given.contains("//")) {
            return Optional.empty();
        }
        String text = Plain.of(given).text();
        if (isUsed) {
            Matcher address = Hosts.UNKNOWN.matcher(text.strip());
            boolean isSink = address.lookingAt() && !Hosts.isToFillIn(text);
            return isSink
                    ? Optional.of("is set to send to " + brief(text.strip()))
                    : Optional.empty();
        }
        Matcher address = Hosts.UNKNOWN.matcher(text);
        for (int seen = 0; seen < MOST && address.find(); seen++) {
            String before = sentence(text, address.start());
            String whole = word(text, address.start());
            boolean isSent = SENDS.matcher(before).find() && !FORBIDS.matcher(before).find();
            if (isSent && !SHOWS.matcher(before).find() && !Hosts.isToFillIn(whole)) {
                return Optional.of("sends what it is given to " + brief(whole));
            }
        }
        Matcher keys = ROLE_KEYS.matcher(text);
        for (int seen = 0; seen < MOST && keys.find(); seen++) {
            boolean isRefused =
                    FORBIDS.matcher(sentence(text, keys.start())).find()
                            || REFUSED.matcher(text).region(keys.end(), text.length()).lookingAt();
            if (!isRefused) {
                return Optional.of("takes the keys of the machine's role");
            }
        }
        return Optional.empty();
    }

    /// What stands before a place in its sentence.
    private static String sentence(String text, int at) {
        String before = text.substring(Math.max(0, at - BEFORE), at);
        Matcher end = SENTENCE.matcher(before.replace("e.g. ", "e.g._"));
        int start = 0;
        while (end.find()) {
            start = end.end();
        }
        return before.substring(start);
    }

    private static String word(String text, int at) {
        int end = at;
        while (end < text.length()
                && end < at + BEFORE
                && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    private static String brief(String text) {
        return text.length() <= BEFORE ? text : text.substring(0, BEFORE) + "…";
    }
}
