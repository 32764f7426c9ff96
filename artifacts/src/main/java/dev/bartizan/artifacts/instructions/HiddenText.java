package dev.bartizan.artifacts.instructions;

import dev.bartizan.core.Severity;
import java.util.Optional;

/// What a text holds that people do not see.
///
/// @param text spelled out in tag characters; empty for other hidden characters
/// @param severity of the hiding alone
/// @param message for people
record HiddenText(String text, Severity severity, String message) {
    private static final int FEW = 3;
    private static final int MANY = 16;

    /// Bits written with characters without width stand side by side; words need one at a time.
    private static final int IN_A_ROW = 6;

    private static final int TAGS = 0xE0000;

    static Optional<HiddenText> of(String text) {
        StringBuilder spelled = new StringBuilder();
        int overrides = 0;
        int zeroWidth = 0;
        int run = 0;
        int longest = 0;
        int before = -1;
        boolean hasRightToLeft = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c > TAGS && c <= TAGS + 0x7F) {
                spelled.append((char) (c - TAGS));
            }
            overrides += c == 0x202D || c == 0x202E ? 1 : 0;
            boolean isJoinerInLatin = (c == 0x200C || c == 0x200D) && before >= 0 && before < 0x250;
            boolean hasNoWidth =
                    c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0x200C || c == 0x200D;
            run = hasNoWidth ? run + 1 : 0;
            longest = Math.max(longest, run);
            boolean isBreak =
                    c == 0x200B
                            && run == 1
                            && i < text.length()
                            && parts(before, text.codePointAt(i));
            zeroWidth +=
                    isBreak
                            ? 0
                            : c == 0x200B || (c >= 0x2060 && c <= 0x2064) || isJoinerInLatin
                                    ? 1
                                    : 0;
            byte direction = Character.getDirectionality(c);
            hasRightToLeft |=
                    direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
            before = c;
        }
        String tags = withoutFlags(spelled.toString());
        Optional<HiddenText> smuggled = Smuggled.in(text).map(HiddenText::smuggled);
        if (tags.isEmpty() && smuggled.isPresent()) {
            return smuggled;
        }
        if (!tags.isEmpty()) {
            return Optional.of(
                    new HiddenText(
                            tags,
                            Severity.HIGH,
                            "Tag characters that nobody sees spell \"" + shown(tags) + "\""));
        }
        if (overrides > 0) {
            Severity severity = hasRightToLeft ? Severity.LOW : Severity.MEDIUM;
            return Optional.of(
                    new HiddenText(
                            turned(text),
                            severity,
                            "Direction overrides show another order than stands there"));
        }
        if (zeroWidth >= FEW || longest >= IN_A_ROW) {
            boolean isMuch = zeroWidth >= MANY || longest >= IN_A_ROW;
            Severity severity = isMuch ? Severity.MEDIUM : Severity.LOW;
            return Optional.of(
                    new HiddenText(
                            "",
                            severity,
                            Math.max(zeroWidth, longest)
                                    + " characters without width stand in the text"));
        }
        return Optional.empty();
    }

    /// Whether two characters are of scripts that write no spaces, where a break of no width tells
    /// where a line may end.
    private static boolean parts(int before, int behind) {
        return before >= 0 && isWithoutSpaces(before) && isWithoutSpaces(behind);
    }

    private static boolean isWithoutSpaces(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case THAI,
                    LAO,
                    MYANMAR,
                    KHMER,
                    TIBETAN,
                    HAN,
                    HIRAGANA,
                    KATAKANA,
                    HANGUL,
                    JAVANESE,
                    BALINESE,
                    TAI_LE,
                    NEW_TAI_LUE,
                    TAI_THAM,
                    TAI_VIET ->
                    true;
            default -> (c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF00 && c <= 0xFF65);
        };
    }

    private static HiddenText smuggled(String said) {
        return new HiddenText(
                said, Severity.HIGH, "Characters that nobody sees spell \"" + shown(said) + "\"");
    }

    /// What stands behind overrides of the direction, as it is read on the screen.
    private static String turned(String text) {
        StringBuilder turned = new StringBuilder();
        for (int i = text.indexOf('\u202e'); i >= 0; i = text.indexOf('\u202e', i + 1)) {
            int end = i + 1;
            while (end < text.length() && "\n\u202c".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            turned.append(new StringBuilder(text.substring(i + 1, end)).reverse()).append('\n');
            i = end - 1;
        }
        return turned.toString();
    }

    /// Flags of regions are a black flag, a few tags and an end: `gbeng`, `gbsct`, `gbwls`, `ustx`.
    private static String withoutFlags(String tags) {
        return tags.isEmpty()
                ? tags
                : tags.replaceAll("(gb(eng|sct|wls)|us[a-z]{2})\\x7f?", "").replace("\u007f", "");
    }

    private static String shown(String tags) {
        return tags.length() <= 80 ? tags : tags.substring(0, 80) + "…";
    }
}
