package dev.bartizan.reports.diagram;

import dev.bartizan.reports.VisibleText;
import java.util.List;

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

    /// The text on one line, or broken between words onto two when one is too short for it.
    public static List<String> twoLines(String text, double width, double fontSize) {
        String shown = VisibleText.of(text);
        if (width(shown, fontSize) <= width) {
            return List.of(shown);
        }
        for (int i = shown.length() - 1; i > 0; i--) {
            boolean isBreak = shown.charAt(i) == ' ' || shown.charAt(i - 1) == '-';
            if (isBreak && width(shown.substring(0, i), fontSize) <= width) {
                return List.of(
                        shown.substring(0, i).stripTrailing(),
                        fit(shown.substring(i).stripLeading(), width, fontSize));
            }
        }
        return List.of(fit(shown, width, fontSize));
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
