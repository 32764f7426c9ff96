package dev.bartizan.threats.exchange;

import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Writes plain values as YAML that reads back to the same values.
final class YamlWriter {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*+(?: [A-Za-z0-9_./>-]++)*+");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    static String write(Map<String, Object> document) {
        YamlWriter writer = new YamlWriter();
        writer.map(document, 0);
        return writer.text.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        map.forEach((key, value) -> {
            indent(depth);
            text.append(scalar(String.valueOf(key))).append(':');
            value(value, depth + 1);
        });
    }

    private void value(Object value, int depth) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> text.append(" {}\n");
            case Map<?, ?> map -> {
                text.append('\n');
                map(map, depth);
            }
            case List<?> list when list.isEmpty() -> text.append(" []\n");
            case List<?> list -> {
                text.append('\n');
                list.forEach(item -> {
                    indent(depth);
                    text.append('-');
                    item(item, depth);
                });
            }
            default -> text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Object item, int depth) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            int start = text.length();
            map(map, depth + 1);
            text.replace(start, start + 2 * (depth + 1), " ");
            return;
        }
        value(item, depth + 1);
    }

    private void indent(int depth) {
        text.append("  ".repeat(depth));
    }

    private static String scalar(Object value) {
        if (!(value instanceof String word)) {
            return value.toString();
        }
        boolean isPlain =
                PLAIN.matcher(word).matches() && !word.contains(": ") && isTextToYaml(word);
        return isPlain ? word : quoted(word);
    }

    private static boolean isTextToYaml(String word) {
        return YamlReader.read("", word.getBytes(StandardCharsets.UTF_8), new Problems())
                .filter(node -> node instanceof YamlNode.Scalar scalar && scalar.isText())
                .isPresent();
    }

    private static String quoted(String word) {
        StringBuilder json = new StringBuilder();
        for (char c : JSON.writeValueAsString(word).toCharArray()) {
            if (isOdd(c)) {
                json.append(String.format(java.util.Locale.ROOT, "\\u%04X", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    /// Characters that a system file may not hold as they are.
    private static boolean isOdd(char c) {
        boolean isControl = c >= 0x7f && c < 0xa0;
        boolean isLineEnd = c == 0x2028 || c == 0x2029;
        return isControl || isLineEnd || c == 0xfeff || c == 0xfffe || c == 0xffff;
    }
}
