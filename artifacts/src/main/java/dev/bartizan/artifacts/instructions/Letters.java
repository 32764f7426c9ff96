package dev.bartizan.artifacts.instructions;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;

/// What letters stand for others, by their look or their make.
final class Letters {
    /// Tags that change how a text looks and nothing else.
    static final Set<String> APPEARANCE =
            Set.of(
                    "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "mark",
                    "sub", "sup", "wbr", "del", "ins", "code", "kbd", "tt");

    /// Signs with which a sentence may go on.
    static final String GOES_ON = "`~/'\"";

    private static final String CYRILLIC = "аАвВсСеЕёЁнНіІїЇјЈкКмМоОрРѕЅтТхХуУԁһӏԛԝгпь";
    private static final String CYRILLIC_LATIN = "aABBcCeEeEHHiIiIjJkKMMoOpPsStTxXyYdhlqwrnb";
    private static final String GREEK = "αΑΒΕεΗΙιΚκΜΝνΟοΡρΤτΥυΧχΖϲγ";
    private static final String GREEK_LATIN = "aABEeHIiKkMNvOopPTtYuXxZcy";
    private static final String OTHERS =
            "ɑɡıȷᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢłŁđĐøØðÐħŧĸŋƒ’‘‛ʼ′＇“”„«»–—−‐‑⁄∕…";
    private static final String OTHERS_LATIN =
            "agijabcdefghijklmnoprstuvwyzlLdDoOdDhtknf''''''\"\"\"\"\"-----//.";

    /// What letters of European languages are plainly.
    private static final String[] KNOWN = new String[0x250];

    static {
        for (int c = 0; c < KNOWN.length; c++) {
            KNOWN[c] = compute(c);
        }
    }

    private Letters() {}

    /// What nobody sees (DerivedCoreProperties: Default_Ignorable_Code_Point).
    static boolean isIgnorable(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x61C
                || (c >= 0x17B4 && c <= 0x17B5)
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x206F)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFEFF
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    /// Spaces of all kinds, and letters that show nothing.
    static boolean isBlank(int c) {
        return Character.isSpaceChar(c)
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800;
    }

    /// Whether it is a Cyrillic or Greek letter that no Latin one looks like.
    static boolean isOfAnotherScript(char c) {
        return c >= 0x370 && c < 0x530 && Character.isLetter(c) && lookalike(c).isEmpty();
    }

    /// The Latin letter that a Cyrillic or Greek one looks like; empty if none does.
    static String lookalike(int c) {
        if (c < 0x370 || c > 0x52F) {
            return "";
        }
        int cyrillic = CYRILLIC.indexOf(c);
        if (cyrillic >= 0) {
            return CYRILLIC_LATIN.substring(cyrillic, cyrillic + 1);
        }
        int greek = GREEK.indexOf(c);
        return greek >= 0 ? GREEK_LATIN.substring(greek, greek + 1) : "";
    }

    /// The letters of ASCII that one is made from; empty if there are none.
    static String plain(int c) {
        if (c < KNOWN.length) {
            return KNOWN[c];
        }
        boolean mayBe =
                c <= 0x2BC
                        || (c >= 0x1D00 && c <= 0x24FF)
                        || (c >= 0xA730 && c <= 0xA7FF)
                        || (c >= 0xFF00 && c <= 0xFFEF)
                        || (c >= 0x1D400 && c <= 0x1D7FF)
                        || (c >= 0x1F100 && c <= 0x1F1FF);
        return mayBe ? compute(c) : "";
    }

    /// Whether it is a letter that ordinary texts have no use for: mathematical, circled,
    /// fullwidth, small capitals.
    static boolean isDress(int c) {
        return (c >= 0x1D00 && c <= 0x1D7F)
                || (c >= 0x2460 && c <= 0x24FF)
                || (c >= 0xFF21 && c <= 0xFF5A)
                || (c >= 0x1D400 && c <= 0x1D7FF)
                || (c >= 0x1F110 && c <= 0x1F1FF)
                || (c >= 0x262 && c <= 0x2AF);
    }

    private static String compute(int c) {
        if (c >= 0x1F1E6 && c <= 0x1F1FF) {
            return Character.toString('a' + c - 0x1F1E6);
        }
        if (c >= 0x1F150 && c <= 0x1F169) {
            return Character.toString('a' + c - 0x1F150);
        }
        if (c >= 0x1F170 && c <= 0x1F189) {
            return Character.toString('a' + c - 0x1F170);
        }
        int other = c < 0x10000 ? OTHERS.indexOf(c) : -1;
        if (other >= 0) {
            return OTHERS_LATIN.substring(other, other + 1);
        }
        switch (c) {
            case 'ß' -> {
                return "ss";
            }
            case 'æ', 'Æ' -> {
                return "ae";
            }
            case 'œ', 'Œ' -> {
                return "oe";
            }
            default -> {}
        }
        String apart = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
        int[] letters =
                apart.codePoints()
                        .filter(each -> Character.getType(each) != Character.NON_SPACING_MARK)
                        .toArray();
        boolean isPlain = letters.length > 0 && Arrays.stream(letters).allMatch(l -> l < 0x80);
        return isPlain ? new String(letters, 0, letters.length) : "";
    }
}
