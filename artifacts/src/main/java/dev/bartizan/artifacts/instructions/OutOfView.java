package dev.bartizan.artifacts.instructions;

import java.util.List;
import java.util.Optional;

/// Text behind so many blanks or empty lines that who reads it in a window does not see it.
final class OutOfView {
    /// No table or layout needs as many.
    private static final int MOST_BLANKS = 100;

    private static final int MOST_LINES = 20;
    private static final int SHOWN = 60;
    private static final int LEAST_BEHIND = 12;

    private OutOfView() {}

    /// What stands behind the blanks of a text of a tool.
    static Optional<String> in(List<String> texts) {
        return texts.stream().map(OutOfView::behind).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> behind(String text) {
        int blanks = 0;
        int lines = 0;
        boolean isBehindSome = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lines++;
                blanks = 0;
            } else if (Character.isSpaceChar(c) || c == '\t' || c == '\r') {
                blanks++;
            } else {
                boolean isPushed = blanks > MOST_BLANKS || lines > MOST_LINES;
                if (isBehindSome && isPushed && text.length() - i >= LEAST_BEHIND) {
                    return Optional.of(
                            text.substring(i, Math.min(text.length(), i + SHOWN))
                                    .replaceAll("\\s+", " "));
                }
                isBehindSome = true;
                blanks = 0;
                lines = 0;
            }
        }
        return Optional.empty();
    }
}
