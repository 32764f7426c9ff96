package dev.bartizan.artifacts.config;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads TOML (TOML 1.0, "Spec") into the values that JSON has; dates are texts. Lenient where
/// readers differ: keys that stand twice, lines within inline tables.
final class TomlReader {
    private static final int DEEPEST = 60;
    private static final int MOST_VALUES = 1_000_000;
    private static final String ENDS_VALUE = ",]}#";

    /// A number, a truth, a date, a time.
    private static final Pattern BARE =
            Pattern.compile(
                    "true|false|[+-]?(?:inf|nan)|[+-]?\\d[\\w.:+-]*+(?: \\d\\d:[\\d:.]++(?:Z|[+-]\\d\\d:\\d\\d)?)?");

    private final String text;
    private final Table root = new Table();
    private int at;
    private int values;

    /// A table as it grows.
    private record Table(Map<String, Object> entries) {
        Table() {
            this(new LinkedHashMap<>());
        }

        Json toJson() {
            List<Json.Member> members = new ArrayList<>();
            entries.forEach((key, value) -> members.add(new Json.Member(key, json(value))));
            return new Json.Members(members);
        }

        private static Json json(Object value) {
            return switch (value) {
                case Table table -> table.toJson();
                case List<?> tables -> new Json.Items(tables.stream().map(Table::json).toList());
                case Json json -> json;
                default -> new Json.Null();
            };
        }
    }

    private TomlReader(String text) {
        this.text = text;
    }

    /// The document as an object.
    static Json read(String text) throws FormatException {
        TomlReader reader = new TomlReader(text);
        reader.document();
        return reader.root.toJson();
    }

    private void document() throws FormatException {
        Table table = root;
        at = text.startsWith("\ufeff") ? 1 : 0;
        for (blank(); at < text.length(); blank()) {
            if (text.charAt(at) == '[') {
                boolean isList = text.startsWith("[[", at);
                at += isList ? 2 : 1;
                List<String> path = path();
                expect(isList ? "]]" : "]");
                table = isList ? added(path) : table(root, path, path.size());
            } else {
                entry(table, 0);
            }
            lineEnd();
        }
    }

    private void entry(Table table, int depth) throws FormatException {
        List<String> path = path();
        expect("=");
        spaces();
        Object value = value(depth + 1);
        table(table, path, path.size() - 1).entries().put(path.getLast(), value);
    }

    /// The table that the first names of a path lead to.
    private Table table(Table from, List<String> path, int names) throws FormatException {
        Table table = from;
        for (String name : path.subList(0, names)) {
            Object next = table.entries().computeIfAbsent(name, _ -> new Table());
            Object last = next instanceof List<?> list && !list.isEmpty() ? list.getLast() : next;
            if (!(last instanceof Table found)) {
                throw broken("A key is a value and a table at once");
            }
            table = found;
        }
        return table;
    }

    private Table added(List<String> path) throws FormatException {
        Table holder = table(root, path, path.size() - 1);
        List<Object> all = new ArrayList<>();
        if (holder.entries().get(path.getLast()) instanceof List<?> before) {
            all.addAll(before);
        }
        Table table = new Table();
        all.add(table);
        holder.entries().put(path.getLast(), all);
        return table;
    }

    private List<String> path() throws FormatException {
        List<String> path = new ArrayList<>();
        do {
            at += path.isEmpty() ? 0 : 1;
            spaces();
            path.add(key());
            spaces();
            if (path.size() > DEEPEST) {
                throw broken("A key has too many parts");
            }
        } while (at < text.length() && text.charAt(at) == '.');
        return path;
    }

    private String key() throws FormatException {
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return string();
        }
        int start = at;
        while (at < text.length() && isBareKey(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw broken("A key is missing");
        }
        return text.substring(start, at);
    }

    private static boolean isBareKey(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private Object value(int depth) throws FormatException {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw broken("Values are nested too deep, or are too many");
        }
        if (at >= text.length()) {
            throw broken("The document ends where a value is due");
        }
        return switch (text.charAt(at)) {
            case '"', '\'' -> new Json.Text(string());
            case '[' -> array(depth);
            case '{' -> inline(depth);
            default -> bare();
        };
    }

    private Json array(int depth) throws FormatException {
        List<Json> items = new ArrayList<>();
        at++;
        for (blank(); !isAt(']'); blank()) {
            items.add(Table.json(value(depth + 1)));
            blank();
            if (!isAt(']')) {
                expect(",");
            }
        }
        at++;
        return new Json.Items(items);
    }

    private Table inline(int depth) throws FormatException {
        Table table = new Table();
        at++;
        for (blank(); !isAt('}'); blank()) {
            entry(table, depth);
            blank();
            if (!isAt('}')) {
                expect(",");
            }
        }
        at++;
        return table;
    }

    private Json bare() throws FormatException {
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && ENDS_VALUE.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        boolean hasTime =
                at + 3 < text.length()
                        && text.charAt(at) == ' '
                        && Character.isDigit(text.charAt(at + 1))
                        && text.charAt(at + 3) == ':';
        if (hasTime) {
            at++;
            while (at < text.length() && "0123456789:.Zz+-".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
        String word = text.substring(start, at);
        if (!BARE.matcher(word).matches()) {
            at = start;
            throw broken("A value is no value of TOML");
        }
        return switch (word) {
            case "true" -> new Json.Truth(true);
            case "false" -> new Json.Truth(false);
            default -> new Json.Numeral(word);
        };
    }

    private String string() throws FormatException {
        char quote = text.charAt(at);
        String triple = String.valueOf(quote).repeat(3);
        boolean isLong = text.startsWith(triple, at);
        int start = at;
        at += isLong ? 3 : 1;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLong ? text.startsWith(triple, at) : c == quote) {
                at += isLong ? 3 : 1;
                while (isLong && at < text.length() && text.charAt(at) == quote) {
                    value.append(quote);
                    at++;
                }
                return value.toString();
            }
            if (c == '\n' && !isLong) {
                break;
            }
            if (c == '\\' && quote == '"') {
                escape(value);
            } else {
                value.append(c);
                at++;
            }
        }
        at = start;
        throw broken("A text is not closed");
    }

    private void escape(StringBuilder value) throws FormatException {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int digits = c == 'u' ? 4 : c == 'U' ? 8 : c == 'x' ? 2 : 0;
        int plain = "btnfre\"\\".indexOf(c);
        if (digits > 0 && at + 2 + digits <= text.length()) {
            String hex = text.substring(at + 2, at + 2 + digits);
            if (!hex.matches("[0-9a-fA-F]+")
                    || Long.parseLong(hex, 16) > Character.MAX_CODE_POINT) {
                throw broken("An escape names no character");
            }
            value.appendCodePoint(Integer.parseInt(hex, 16));
            at += 2 + digits;
        } else if (plain >= 0) {
            value.append("\b\t\n\f\r\u001b\"\\".charAt(plain));
            at += 2;
        } else if (Character.isWhitespace(c)) { // the line goes on
            at++;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        } else {
            throw broken("An escape is none of TOML's");
        }
    }

    private boolean isAt(char c) throws FormatException {
        if (at >= text.length()) {
            throw broken("The document ends within a value");
        }
        return text.charAt(at) == c;
    }

    private void expect(String sign) throws FormatException {
        spaces();
        if (!text.startsWith(sign, at)) {
            throw broken("\"" + sign + "\" is missing");
        }
        at += sign.length();
    }

    private void spaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /// Goes past white space, lines and comments.
    private void blank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                return;
            }
        }
    }

    private void lineEnd() throws FormatException {
        spaces();
        boolean isEnd = at >= text.length() || "#\r\n".indexOf(text.charAt(at)) >= 0;
        if (!isEnd) {
            throw broken("A line goes on behind its value");
        }
    }

    private FormatException broken(String what) {
        return FormatException.broken(at, what);
    }
}
