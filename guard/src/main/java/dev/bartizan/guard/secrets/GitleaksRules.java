package dev.bartizan.guard.secrets;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.regex.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads rule files of gitleaks (TOML): `[[rules]]` with `id`, `regex`, `secretGroup`, `entropy`,
/// `keywords`, and allow-lists with `regexes` and `stopwords`. Only the TOML that such files use is
/// understood: tables, strings of all four kinds, numbers, booleans and lists of strings. Rules on
/// paths alone do not apply to text and are left out.
public final class GitleaksRules {
    /// Most characters of a file.
    public static final int MAX_CHARACTERS = 4 << 20;

    private final String text;
    private final String place;
    private int at;
    private final List<SecretRule> rules = new ArrayList<>();
    private final Map<String, List<String>> rule = new TreeMap<>();
    private final Map<String, List<String>> allow = new TreeMap<>();
    private final List<String> allAllowed = new ArrayList<>();
    private final List<String> allStops = new ArrayList<>();
    private String table = "";

    private GitleaksRules(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /// The rules of a file.
    ///
    /// @throws UserError when the file cannot be understood
    public static List<SecretRule> parse(String text, String place) {
        if (text.length() > MAX_CHARACTERS) {
            throw new UserError(
                    "The rule file is larger than " + MAX_CHARACTERS + " characters.",
                    place,
                    "Split it.");
        }
        GitleaksRules reader = new GitleaksRules(text, place);
        reader.read();
        return List.copyOf(reader.rules);
    }

    private void read() {
        while (skipBlank()) {
            if (text.charAt(at) == '[') {
                header();
            } else {
                entry();
            }
        }
        endRule();
    }

    private void header() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end).strip();
        at = end < 0 ? text.length() : end;
        int comment = line.indexOf('#');
        table = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (table.equals("[[rules]]")) {
            endRule();
        }
    }

    private void entry() {
        int equals = text.indexOf('=', at);
        int line = text.indexOf('\n', at);
        if (equals < 0 || (line >= 0 && line < equals)) {
            throw wrong("a key without `=`");
        }
        String key = text.substring(at, equals).strip();
        at = equals + 1;
        List<String> value = value();
        if (table.equals("[[rules]]")) {
            rule.put(key, value);
        } else if (table.startsWith("[[rules.allowlist") || table.startsWith("[rules.allowlist")) {
            allow.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(value);
        } else if (table.contains("allowlist")) {
            if (key.equals("regexes")) {
                allAllowed.addAll(value);
            } else if (key.equals("stopwords")) {
                allStops.addAll(value);
            }
        }
    }

    private List<String> value() {
        skipSpaces();
        if (at >= text.length()) {
            throw wrong("a key without a value");
        }
        char c = text.charAt(at);
        if (c == '[') {
            return list();
        }
        if (c == '"' || c == '\'') {
            return List.of(string());
        }
        int end = at;
        while (end < text.length() && "\n,]#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String bare = text.substring(at, end).strip();
        at = end;
        return List.of(bare);
    }

    private List<String> list() {
        List<String> out = new ArrayList<>();
        at++;
        while (true) {
            if (!skipBlank()) {
                throw wrong("a list without end");
            }
            char c = text.charAt(at);
            if (c == ']') {
                at++;
                return out;
            }
            if (c == ',') {
                at++;
            } else if (c == '{') {
                at = closing('}');
            } else {
                out.addAll(value());
            }
        }
    }

    private int closing(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw wrong("a bracket without end");
        }
        return found + 1;
    }

    private String string() {
        String quote =
                text.startsWith("'''", at)
                        ? "'''"
                        : text.startsWith("\"\"\"", at) ? "\"\"\"" : text.substring(at, at + 1);
        int from = at + quote.length();
        int end = from;
        while (true) {
            end = text.indexOf(quote, end);
            if (end < 0) {
                throw wrong("a string without end");
            }
            if (quote.charAt(0) == '\'' || !isEscaped(end)) {
                break;
            }
            end++;
        }
        at = end + quote.length();
        String raw = text.substring(from, end);
        return quote.charAt(0) == '"' ? raw.replace("\\\"", "\"").replace("\\\\", "\\") : raw;
    }

    private boolean isEscaped(int quote) {
        int slashes = 0;
        for (int i = quote - 1; i >= 0 && text.charAt(i) == '\\'; i--) {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private void skipSpaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
            } else if (c <= ' ') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void endRule() {
        if (rule.containsKey("regex") && rule.containsKey("id")) {
            List<Expression> allowed = new ArrayList<>();
            allow.getOrDefault("regexes", List.of()).forEach(r -> allowed.add(expression(r)));
            allAllowed.forEach(r -> allowed.add(expression(r)));
            List<String> stops = new ArrayList<>(allow.getOrDefault("stopwords", List.of()));
            stops.addAll(allStops);
            if (!stops.isEmpty()) {
                allowed.add(anyOf(stops));
            }
            List<String> keywords = lower(rule.getOrDefault("keywords", List.of()));
            if (first("each-keyword").equals("true")) {
                keywords.forEach(word -> add(behind(word), List.of(word), allowed));
            } else {
                add(first("regex"), keywords, allowed);
            }
        }
        rule.clear();
        allow.clear();
    }

    private void add(String expression, List<String> keywords, List<Expression> allowed) {
        RepetitionLimits limits = RepetitionLimits.of(expression);
        rules.add(
                new SecretRule(
                        first("id"),
                        expression(limits.expression()),
                        limits.longest(),
                        (int) number("secretGroup"),
                        number("entropy"),
                        keywords,
                        allowed,
                        hint()));
    }

    /// Finds any of the words, in either case.
    private Expression anyOf(List<String> words) {
        return expression(
                "(?i)" + words.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /// The expression of the rule with a keyword before it, behind the flags.
    private String behind(String keyword) {
        String expression = first("regex");
        int flags = expression.startsWith("(?i)") ? 4 : 0;
        return expression.substring(0, flags)
                + Pattern.quote(keyword)
                + expression.substring(flags);
    }

    private SecretRule.Hint hint() {
        if (first("each-keyword").equals("true")) {
            return SecretRule.Hint.VALUE_BEHIND;
        }
        if (first("starts").equals("true")) {
            return SecretRule.Hint.STARTS;
        }
        return first("digit-follows").equals("true")
                ? SecretRule.Hint.DIGIT_FOLLOWS
                : SecretRule.Hint.NONE;
    }

    private String first(String key) {
        return rule.getOrDefault(key, List.of()).stream().findFirst().orElse("");
    }

    private double number(String key) {
        String value = first(key);
        try {
            return value.isEmpty() ? 0 : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw wrong("`" + key + "` of rule " + first("id") + " is not a number");
        }
    }

    private static List<String> lower(List<String> words) {
        return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
    }

    private Expression expression(String expression) {
        try {
            return Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw wrong("an expression that is not RE2: " + e.getMessage());
        }
    }

    private UserError wrong(String what) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new UserError(
                "The rule file has " + what + ".",
                place + ":" + line,
                "Mend that line, or leave the rule out.");
    }
}
