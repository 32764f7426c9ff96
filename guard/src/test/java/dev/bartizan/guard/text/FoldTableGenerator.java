package dev.bartizan.guard.text;

import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the table of look-alikes: UTS #39 skeletons as ICU knows them, and letters whose Unicode
/// name says which Latin letter they show. Run with the resource's path to write it again.
final class FoldTableGenerator {
    private static final Pattern LATIN_NAME =
            Pattern.compile(
                    "(?:.*\\b)?(?:LATIN|REGIONAL INDICATOR SYMBOL|TURNED LATIN)"
                            + " (?:SUBSCRIPT |SUPERSCRIPT )?(?:SMALL |CAPITAL )?(?:LETTER )?"
                            + "(?:SMALL CAPITAL |SMALL |CAPITAL )?(?:TURNED |REVERSED |INVERTED |SCRIPT )?"
                            + "([A-Z])(?: WITH .*)?");

    private FoldTableGenerator() {}

    public static void main(String[] args) throws IOException {
        StringBuilder out =
                new StringBuilder(
                        "# Look-alikes of ASCII: code point, what it reads as. UTS #39 (Unicode"
                                + " licence) by way of ICU, and character names.\n");
        table().forEach((point, target) ->
                out.append(Integer.toHexString(point)).append(' ').append(target).append('\n'));
        Files.writeString(Path.of(args[0]), out, StandardCharsets.UTF_8);
    }

    static Map<Integer, String> table() {
        SpoofChecker checker = new SpoofChecker.Builder().build();
        Map<Integer, String> table = new TreeMap<>();
        for (int point = 0x80; point <= 0x1FFFF; point++) {
            String target = target(checker, point);
            if (target != null) {
                table.put(point, target);
            }
        }
        return table;
    }

    private static @Nullable String target(SpoofChecker checker, int point) {
        int type = Character.getType(point);
        if (!Character.isDefined(point)
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.FORMAT
                || type == Character.NON_SPACING_MARK
                || Character.isWhitespace(point)) {
            return null;
        }
        String text = Character.toString(point);
        if (isAscii(Normalizer.normalize(text, Normalizer.Form.NFKC))) {
            return null;
        }
        if (Character.isDigit(point)) {
            return Integer.toString(Character.digit(point, 10));
        }
        String skeleton = strip(checker.getSkeleton(text));
        boolean upper = Character.isUpperCase(point);
        if (isAscii(skeleton) && skeleton.length() <= 3) {
            return upper && skeleton.equals("l") ? "I" : skeleton;
        }
        String bare = strip(text);
        if (bare.length() == 1 && isAscii(bare)) {
            return null;
        }
        Matcher name = LATIN_NAME.matcher(String.valueOf(Character.getName(point)));
        if (!name.matches()) {
            return null;
        }
        String letter = name.group(1);
        return upper ? letter : letter.toLowerCase(java.util.Locale.ROOT);
    }

    private static String strip(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{Mn}+", "");
    }

    private static boolean isAscii(String text) {
        return !text.isBlank() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
