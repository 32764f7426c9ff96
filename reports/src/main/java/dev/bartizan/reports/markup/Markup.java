package dev.bartizan.reports.markup;

import dev.bartizan.reports.VisibleText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Writes markup that is both HTML and well-formed XML: every text and attribute is escaped here
/// and nowhere else, every element that is opened is closed. Characters that must not be shown
/// become visible escapes, marked as such.
public final class Markup {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9:-]*");
    private static final int LONGEST_TEXT = 20_000;

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean isTagOpen;

    /// What writes the content of an element.
    public interface Content {
        /// Writes it.
        void write();
    }

    /// An element whose content `content` writes.
    ///
    /// @param name its name
    /// @param attributes names and values in turn; an empty value is written too
    public Markup element(String name, Content content, String... attributes) {
        start(name, attributes);
        content.write();
        return end();
    }

    /// An element that holds only text.
    public Markup text(String name, String text, String... attributes) {
        return element(name, () -> text(text), attributes);
    }

    /// An element that never has content, such as `meta`.
    public Markup empty(String name, String... attributes) {
        start(name, attributes);
        out.append(" />");
        isTagOpen = false;
        open.pop();
        return this;
    }

    /// Text of unknown origin.
    public Markup text(String text) {
        closeTag();
        VisibleText.walk(
                VisibleText.shorten(text, LONGEST_TEXT),
                new VisibleText.Sink() {
                    @Override
                    public void plain(int codePoint) {
                        escape(codePoint);
                    }

                    @Override
                    public void escaped(String escape) {
                        if (isGraphic()) {
                            out.append(escape);
                        } else {
                            out.append("<span class=\"esc\">").append(escape).append("</span>");
                        }
                    }
                });
        return this;
    }

    /// Text of our own that keeps its line feeds, such as a style sheet. Never for other text.
    ///
    /// @throws IllegalArgumentException when it holds a character of markup
    public Markup own(String text) {
        if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
            throw new IllegalArgumentException("Own text holds markup");
        }
        closeTag();
        out.append(text);
        return this;
    }

    /// A line feed between elements, for people who read the source.
    public Markup line() {
        closeTag();
        out.append('\n');
        return this;
    }

    /// What was written.
    ///
    /// @throws IllegalStateException when an element is still open
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Still open: " + open);
        }
        return out.toString();
    }

    private boolean isGraphic() {
        return open.contains("svg") || "title".equals(open.peek());
    }

    private void start(String name, String... attributes) {
        requireName(name);
        closeTag();
        out.append('<').append(name);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            requireName(attributes[i]);
            out.append(' ').append(attributes[i]).append("=\"");
            VisibleText.of(VisibleText.shorten(attributes[i + 1], LONGEST_TEXT))
                    .codePoints()
                    .forEach(this::escape);
            out.append('"');
        }
        open.push(name);
        isTagOpen = true;
    }

    private Markup end() {
        closeTag();
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    private void closeTag() {
        if (isTagOpen) {
            out.append('>');
            isTagOpen = false;
        }
    }

    private void escape(int codePoint) {
        switch (codePoint) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(codePoint);
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of markup: \"" + name + "\"");
        }
    }
}
