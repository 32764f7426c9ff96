package dev.bartizan.artifacts.text;

import java.util.ArrayList;
import java.util.List;

/// Parts of a text between two signs, found in one pass: an expression that looks for the second
/// sign behind every first one takes forever where the second never comes.
public final class Spans {
    /// Where the inner text stands; the signs lie around it.
    public record Span(int start, int end) {}

    private Spans() {}

    /// Those that are closed, in order; within one, the opening sign means nothing.
    public static List<Span> of(String text, String open, String close) {
        List<Span> spans = new ArrayList<>();
        int at = text.indexOf(open);
        while (at >= 0) {
            int start = at + open.length();
            int end = text.indexOf(close, start);
            if (end < 0) {
                break;
            }
            spans.add(new Span(start, end));
            at = text.indexOf(open, end + close.length());
        }
        return spans;
    }

    /// The text without them and their signs.
    public static String without(String text, String open, String close) {
        StringBuilder left = new StringBuilder();
        int from = 0;
        for (Span span : of(text, open, close)) {
            left.append(text, from, span.start() - open.length());
            from = span.end() + close.length();
        }
        return left.append(text, from, text.length()).toString();
    }
}
