package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.text.Spans;
import java.util.List;
import java.util.regex.Pattern;

/// Comments of Markdown that are written as the target of a link nobody uses: `[//]: # (text)`.
final class LinkComments {
    private static final int MOST = 200;
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(?m)^ {0,3}\\[[^\\]\\n]{0,40}]: {0,4}(?:#|<#?>)[ \\t]{0,4}\\n?[ \\t]{0,4}([(\"'])([^\\n]{1,4000})");

    private LinkComments() {}

    /// What such comments hold.
    static List<Spans.Span> in(String text) {
        if (!text.contains("]: #") && !text.contains("]: <") && !text.contains("]:#")) {
            return List.of();
        }
        return Finds.of(COMMENT, text)
                .results()
                .limit(MOST)
                .map(found -> new Spans.Span(found.start(2), found.end(2)))
                .toList();
    }
}
