package dev.bartizan.guard.training.disguise;

import static dev.bartizan.guard.training.disguise.Codes.each;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Ways to write the same letters in other forms, from the Unicode Standard: compatibility forms
/// (chapters 18 and 22), confusables (UTS #39), format characters (chapter 23), combining marks
/// (chapter 7), tag characters and variation selectors.
final class Letterforms {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String CYRILLIC = "аЬсԁеfɡһіјκӏмпорԛгѕтџѵԝхуz";
    private static final String GREEK = "αbϲdεfgηιjκlmνορqrstυνωχγz";
    private static final String ARMENIAN = "ɑbcԁefցհijklmոօpզrstսvաxyz";
    private static final String SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ";
    private static final String SUPERSCRIPT = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ";
    private static final String TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz";
    private static final String ACCENTED = "áḅçđéḟǵĥíĵķĺḿñóṕqŕśťúṽŵẍýž";
    private static final String CURRENCY = "₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ";

    private Letterforms() {}

    static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.put(
                "fullwidth", t -> each(t, c -> c > ' ' && c < 0x7F ? point(c + 0xFEE0) : point(c)));
        mathematical(ways);
        ways.put("circled", t -> block(t, 0x24B6, 0x24D0));
        ways.put("circled-negative", t -> block(t, 0x1F150, 0x1F150));
        ways.put("squared", t -> block(t, 0x1F130, 0x1F130));
        ways.put("parenthesised", t -> block(t, 0x1F110, 0x249C));
        ways.put("regional-indicators", t -> block(t, 0x1F1E6, 0x1F1E6));
        ways.put("cyrillic", t -> table(t, CYRILLIC));
        ways.put("greek", t -> table(t, GREEK));
        ways.put("armenian", t -> table(t, ARMENIAN));
        ways.put("small-capitals", t -> table(t, SMALL_CAPITALS));
        ways.put("superscript", t -> table(t, SUPERSCRIPT));
        ways.put("turned-letters", t -> table(t, TURNED));
        ways.put("accented", t -> table(t, ACCENTED));
        ways.put("currency-letters", t -> table(t, CURRENCY));
        ways.put("struck-through", t -> each(t, c -> point(c) + "\u0336"));
        ways.put("marks-above-and-below", t -> each(t, c -> point(c) + "\u0301\u0323\u0489"));
        ways.put("enclosing-marks", t -> each(t, c -> c > ' ' ? point(c) + "\u20DD" : point(c)));
        ways.put("zero-width-space", t -> each(t, c -> point(c) + "\u200B"));
        ways.put("zero-width-joiner", t -> each(t, c -> point(c) + "\u200D"));
        ways.put("word-joiner", t -> each(t, c -> point(c) + "\u2060"));
        ways.put("soft-hyphen", t -> each(t, c -> point(c) + "\u00AD"));
        ways.put("invisible-plus", t -> each(t, c -> point(c) + "\u2064"));
        ways.put("hangul-filler", t -> each(t, c -> point(c) + "\u3164"));
        ways.put("variation-selector", t -> each(t, c -> point(c) + "\uFE0F"));
        ways.put("selectors-as-bytes", t -> "Hello\uD83D\uDE00" + each(t, Letterforms::selector));
        ways.put("tag-characters", t -> each(t, c -> point(0xE0000 + c)));
        ways.put("tags-after-text", t -> "Nice day. " + each(t, c -> point(0xE0000 + c)));
        ways.put("zero-width-bits", Letterforms::bits);
        ways.put(
                "right-to-left-override",
                t -> "\u202E" + new StringBuilder(t).reverse() + "\u202C");
        ways.put(
                "bidi-marks", t -> each(t, c -> point(c) + (c == ' ' ? "\u200F" : "\u2066\u2069")));
        ways.put("no-break-spaces", t -> t.replace(' ', '\u00A0'));
        ways.put("ideographic-spaces", t -> t.replace(' ', '\u3000'));
        ways.put("braille-blanks", t -> t.replace(' ', '\u2800'));
        return ways;
    }

    private static void mathematical(Map<String, UnaryOperator<String>> ways) {
        String[] names = {"bold", "italic", "bold-script", "bold-fraktur", "sans", "monospace"};
        int[] starts = {0x1D400, 0x1D434, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D670};
        for (int i = 0; i < names.length; i++) {
            int capital = starts[i];
            ways.put(
                    "mathematical-" + names[i],
                    t -> block(t, capital, capital + 26).replace("\uD835\uDC55", "\u210E"));
        }
    }

    private static String block(String text, int capital, int small) {
        return each(
                text,
                c ->
                        c >= 'a' && c <= 'z'
                                ? point(small + c - 'a')
                                : c >= 'A' && c <= 'Z' ? point(capital + c - 'A') : point(c));
    }

    private static String table(String text, String letters) {
        int[] to = letters.codePoints().toArray();
        return each(
                text,
                c -> {
                    int at = LOWER.indexOf(Character.toLowerCase(c));
                    return at < 0 ? point(c) : point(to[at]);
                });
    }

    private static String selector(int c) {
        return c < 16 ? point(0xFE00 + c) : point(0xE0100 + c - 16);
    }

    private static String bits(String text) {
        StringBuilder out = new StringBuilder("Nice day. ");
        for (byte b : Codes.utf8(text)) {
            for (int bit = 7; bit >= 0; bit--) {
                out.append((b >> bit & 1) == 1 ? '\u200C' : '\u200B');
            }
        }
        return out.toString();
    }

    static String point(int c) {
        return Character.toString(c);
    }
}
