package dev.bartizan.artifacts.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the elements of an XML document close as they open (XML 1.0, section 3). Nothing is
/// resolved, and nothing else of the document is judged.
final class Nesting {
    private static final int DEEPEST = 10_000;
    private static final int LONGEST_NAME = 256;
    private static final int MOST_ATTRIBUTES = 100;

    private final String text;
    private final Deque<String> open = new ArrayDeque<>();
    private final List<String> attributes = new ArrayList<>();
    private int at;
    private boolean hadRoot;

    private Nesting(String text) {
        this.text = text;
    }

    /// What is wrong, for people; empty when all is well.
    static Optional<String> problem(String text) {
        return new Nesting(text).walk();
    }

    private Optional<String> walk() {
        for (at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
            Optional<String> problem = markup();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("\"" + open.peek() + "\" is never closed");
    }

    private Optional<String> markup() {
        if (text.startsWith("<!--", at)) {
            return skip("-->");
        }
        if (text.startsWith("<![CDATA[", at)) {
            return skip("]]>");
        }
        if (text.startsWith("<?", at)) {
            return skip("?>");
        }
        if (text.startsWith("<!", at)) {
            int end = text.indexOf('>', at);
            return skip(end >= 0 && text.indexOf('[', at, end) >= 0 ? "]" : ">");
        }
        return tag();
    }

    private Optional<String> skip(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return Optional.of("markup does not end with " + end);
        }
        at = found + end.length();
        return Optional.empty();
    }

    private Optional<String> tag() {
        boolean closes = text.startsWith("</", at);
        int start = at + (closes ? 2 : 1);
        int end = start;
        while (end < text.length() && end - start < LONGEST_NAME && isName(text.charAt(end))) {
            end++;
        }
        String name = text.substring(start, end);
        int close = closing(end);
        if (close < 0 || name.isEmpty()) {
            return Optional.of("a tag at " + at + " does not end or has no name");
        }
        at = close + 1;
        if (!closes && open.isEmpty() && hadRoot) {
            return Optional.of("\"" + name + "\" stands behind the end of the document");
        }
        hadRoot = true;
        Set<String> met = new HashSet<>();
        for (String attribute : attributes) {
            if (!met.add(attribute)) {
                return Optional.of(
                        "\"" + name + "\" has the attribute \"" + attribute + "\" twice");
            }
        }
        if (closes) {
            return name.equals(open.poll())
                    ? Optional.empty()
                    : Optional.of("\"" + name + "\" is closed where another is open");
        }
        if (text.charAt(close - 1) != '/') {
            open.push(name);
        }
        return open.size() > DEEPEST
                ? Optional.of("more than " + DEEPEST + " elements in one another")
                : Optional.empty();
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
    }

    private String nameBefore(int end, int from) {
        int last = end;
        while (last > from && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        int start = last;
        while (start > from && last - start < LONGEST_NAME && isName(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, last);
    }

    /// Where a tag ends; signs in the values of its attributes do not end it.
    private int closing(int from) {
        char quote = 0;
        attributes.clear();
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '=' && attributes.size() < MOST_ATTRIBUTES) {
                attributes.add(nameBefore(i, from));
            } else if (c == '>') {
                return i;
            }
        }
        return -1;
    }
}
