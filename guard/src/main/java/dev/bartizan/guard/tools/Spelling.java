package dev.bartizan.guard.tools;

import static java.lang.Character.UnicodeScript.CYRILLIC;
import static java.lang.Character.UnicodeScript.GREEK;
import static java.lang.Character.UnicodeScript.LATIN;

import java.lang.Character.UnicodeScript;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value in all the ways it may be spelled: as it is; a long number or an account with other
/// gaps; a telephone number with the country before it or without.
final class Spelling {
    private static final Pattern PHONE = Pattern.compile("\\+?[\\d ()./-]+");
    private static final Pattern RUN =
            Pattern.compile(
                    "(?<![\\p{L}\\d])\\+?\\(?\\d[\\d ()./\\u00a0-]{6,24}\\d(?![\\p{L}\\d])");
    private static final int SHORTEST = 8;
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_PHONE_DIGITS = 15;
    private static final int COUNTRY_DIGITS = 3;

    private final String plain;
    private final String tight;
    private final String phone;

    private Spelling(String plain, String tight, String phone) {
        this.plain = plain;
        this.tight = tight;
        this.phone = phone;
    }

    /// The spellings of a lower-case value.
    static Spelling of(String plain) {
        String tight = tight(plain);
        long digits = tight.chars().filter(Character::isDigit).count();
        boolean isLong = tight.length() >= SHORTEST && digits >= FEWEST_DIGITS;
        boolean isPhone = isLong && digits <= MOST_PHONE_DIGITS && PHONE.matcher(plain).matches();
        return new Spelling(
                plain, isLong ? tight : "", isPhone ? national(Atom.digits(tight)) : "");
    }

    /// The value without gaps.
    static String tight(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (!isGap(value.charAt(i))) {
                out.append(value.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean isGap(char c) {
        return c == ' ' || c == '(' || c == ')' || c == '.' || c == '-' || c == 0xA0;
    }

    private static String national(String digits) {
        String bare = digits.replaceAll("^0+", "");
        return bare.length() >= FEWEST_DIGITS ? bare : "";
    }

    boolean isIn(String text) {
        return find(text).isPresent();
    }

    /// The value as the lower-case text spells it.
    Optional<String> find(String text) {
        if (Texts.holds(text, plain)) {
            return Optional.of(plain);
        }
        if (tight.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> gapped = gapped(text);
        return gapped.isPresent() || phone.isEmpty() ? gapped : phoned(text);
    }

    private Optional<String> gapped(String text) {
        char first = tight.charAt(0);
        int at = text.indexOf(first);
        while (at >= 0) {
            int end = end(text, at);
            boolean isWhole =
                    end > 0
                            && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                            && (end == text.length()
                                    || !Character.isLetterOrDigit(text.charAt(end)));
            if (isWhole) {
                return Optional.of(text.substring(at, end));
            }
            at = text.indexOf(first, at + 1);
        }
        return Optional.empty();
    }

    /// Where the value ends that starts there, gaps skipped; or -1.
    private int end(String text, int start) {
        int at = start;
        int gaps = 0;
        for (int i = 0; i < tight.length(); i++) {
            while (at < text.length() && isGap(text.charAt(at)) && gaps++ < tight.length()) {
                at++;
            }
            if (at >= text.length() || text.charAt(at) != tight.charAt(i)) {
                return -1;
            }
            at++;
        }
        return at;
    }

    private Optional<String> phoned(String text) {
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            String there = national(Atom.digits(run.group()));
            boolean isSame =
                    !there.isEmpty()
                            && (there.endsWith(phone) || phone.endsWith(there))
                            && Math.abs(there.length() - phone.length()) <= COUNTRY_DIGITS;
            if (isSame) {
                return Optional.of(run.group());
            }
        }
        return Optional.empty();
    }

    /// Whether letters of Latin stand beside such of Greek or Cyrillic in one piece of an address.
    static boolean mixesScripts(String address) {
        if (address.indexOf('@') < 0 && address.indexOf('.') < 0) {
            return false;
        }
        for (String piece : address.split("[@.:/_-]+", -1)) {
            boolean isLatin = piece.codePoints().anyMatch(c -> UnicodeScript.of(c) == LATIN);
            boolean isOther =
                    piece.codePoints()
                            .anyMatch(c ->
                                    UnicodeScript.of(c) == GREEK
                                            || UnicodeScript.of(c) == CYRILLIC);
            if (isLatin && isOther) {
                return true;
            }
        }
        return false;
    }
}
