package dev.bartizan.tensors.text;

import dev.bartizan.formats.json.Json;
import java.util.List;

/// Writes JSON that was read, so that a reader behind gets what was looked at and nothing else.
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /// An object of some members of another one.
    static String of(Json root, List<String> keys) {
        JsonText text = new JsonText();
        List<Json.Member> kept =
                keys.stream()
                        .filter(key -> root.get(key).isPresent())
                        .map(key -> new Json.Member(key, root.get(key).orElseThrow()))
                        .toList();
        text.value(new Json.Members(kept));
        return text.out.toString();
    }

    private void value(Json json) {
        switch (json) {
            case Json.Members map -> {
                char before = '{';
                for (Json.Member member : map.members()) {
                    out.append(before);
                    string(member.key());
                    out.append(':');
                    value(member.value());
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case Json.Items list -> {
                char before = '[';
                for (Json item : list.items()) {
                    out.append(before);
                    value(item);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case Json.Text text -> string(text.value());
            case Json.Numeral number -> out.append(number.written());
            case Json.Truth truth -> out.append(truth.value());
            case Json.Null _ -> out.append("null");
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
