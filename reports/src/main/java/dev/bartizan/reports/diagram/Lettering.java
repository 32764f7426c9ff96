package dev.bartizan.reports.diagram;

import dev.bartizan.reports.VisibleText;

/// How much room text takes, guessed on the safe side, since the reader's fonts are unknown.
public final class Lettering {
    private static final String NARROW = " iIjl.,:;|'!()[]{}ft-·";
    private static final String BROAD = "mwMW@%";

    private Lettering() {}

    /// Width of a text in a bold system font of that size, rather too large than too small.
    public static double width(String text, double fontSize) {
        return text.codePoints().mapToDouble(Lettering::em).sum() * fontSize;
    }

    /// The text made safe to show and cut to a width, ending in an ellipsis when cut.
    public static String fit(String text, double width, double fontSize) {
        String shown = VisibleText.of(text);
        if (width(shown, fontSize) <= width) {
            return shown;
        }
        StringBuilder cut = new StringBuilder();
        double used = em('…') * fontSize;
        for (int codePoint : shown.codePoints().toArray()) {
            used += em(codePoint) * fontSize;
            if (used > width) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.toString().stripTrailing() + "…";
    }

    private static double em(int codePoint) {
        if (NARROW.indexOf(codePoint) >= 0) {
            return 0.4;
        }
        if (BROAD.indexOf(codePoint) >= 0) {
            return 1;
        }
        if (codePoint > 0x2e80) {
            return 1.1;
        }
        return codePoint > 0x7f || Character.isUpperCase(codePoint) ? 0.78 : 0.65;
    }
}
