package dev.bartizan.artifacts.instructions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Orders to terminals within a text (ECMA-48): some have parts of it not shown, or shown over.
final class Terminal {
    private static final Pattern ORDER =
            Pattern.compile("(?:\\u001b\\[|\\u009b)([0-9;:?]{0,40})([A-Za-z])");

    /// What moves the place of writing, or wipes out what is there.
    private static final String OVERWRITES = "ABCDEFGHJKSTfsu";

    private static final int CONCEAL = 8;

    private Terminal() {}

    /// Whether a text has parts that a terminal does not leave to be read; colours leave them.
    static boolean hides(String text) {
        if (text.indexOf('\u001b') < 0 && text.indexOf('\u009b') < 0) {
            return false;
        }
        Matcher order = ORDER.matcher(text);
        while (order.find()) {
            char what = order.group(2).charAt(0);
            if (OVERWRITES.indexOf(what) >= 0 || (what == 'm' && conceals(order.group(1)))) {
                return true;
            }
        }
        return false;
    }

    /// Whether colours are set so that nothing is seen: concealed, or letters like their ground.
    private static boolean conceals(String parameters) {
        String[] codes = parameters.split("[;:]", -1);
        int letters = -1;
        int ground = -2;
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i].matches("\\d{1,3}") ? Integer.parseInt(codes[i]) : 0;
            if (code == CONCEAL) {
                return true;
            }
            if (code == 38 || code == 48) { // a colour by numbers, which are no orders
                boolean isOfTable = i + 1 < codes.length && codes[i + 1].equals("5");
                i += isOfTable ? 2 : 4;
                continue;
            }
            letters = code >= 30 && code < 38 ? code - 30 : letters;
            ground = code >= 40 && code < 48 ? code - 40 : ground;
        }
        return letters == ground;
    }
}
