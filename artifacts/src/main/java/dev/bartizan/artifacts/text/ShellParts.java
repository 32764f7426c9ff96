package dev.bartizan.artifacts.text;

import java.util.ArrayList;
import java.util.List;

/// The commands of a shell script one by one, pipelines whole: cut at line ends, `;`, `&&`, `||`
/// and `&` that stand outside of quotes and brackets.
final class ShellParts {
    private static final int MOST = 20_000;
    private static final int LONGEST = 4_000;

    private ShellParts() {}

    static List<String> of(String script) {
        List<String> parts = new ArrayList<>();
        char quote = 0;
        int depth = 0;
        int from = 0;
        for (int i = 0; i < script.length() && parts.size() < MOST; i++) {
            char c = script.charAt(i);
            if (c == '\n') {
                add(parts, script, from, i);
                from = i + 1;
                quote = 0;
                depth = 0;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && isEnd(script, i)) {
                add(parts, script, from, i);
                from = i + 1;
            }
        }
        if (parts.size() < MOST) {
            add(parts, script, from, script.length());
        }
        return parts;
    }

    private static boolean isEnd(String script, int at) {
        char c = script.charAt(at);
        char before = at == 0 ? ' ' : script.charAt(at - 1);
        char behind = at + 1 == script.length() ? ' ' : script.charAt(at + 1);
        if (c == '&') {
            return before != '>' && before != '<' && behind != '>' && before != '&';
        }
        return c == ';' || (c == '|' && behind == '|');
    }

    private static void add(List<String> parts, String script, int from, int to) {
        String part = script.substring(from, Math.min(to, from + LONGEST)).strip();
        String bare = part.startsWith("&") || part.startsWith("|") ? part.substring(1) : part;
        if (!bare.isBlank()) {
            parts.add(bare.strip());
        }
    }
}
