package dev.bartizan.core.facts;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells the kind of private text in one entry of a vocabulary or of metadata. What it finds is
/// named, never quoted.
public final class PrivateText {
    private static final int LONGEST = 4_000;
    private static final int WORDS_OF_A_SENTENCE = 6;
    private static final Pattern MAIL =
            Pattern.compile("[\\w.%+-]{2,64}+@[A-Za-z0-9-]{2,63}+(?:\\.[A-Za-z0-9-]{2,63}+){1,4}+");
    private static final Pattern KEY =
            Pattern.compile(
                    "(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}+|github_pat_\\w{20,}+"
                            + "|glpat-[\\w-]{16,}+|hf_[A-Za-z0-9]{20,}+|sk-[\\w-]{20,}+"
                            + "|xox[abprs]-[\\w-]{10,}+|AIza[\\w-]{30,}+"
                            + "|(?<![\\w-])eyJ[\\w-]{8,}+\\.eyJ[\\w-]{8,}+|-----BEGIN [A-Z ]{0,20}PRIVATE KEY"
                            + "|(?i:password|passwd|api[_-]?key|secret)\\s?[=:]\\s?[^\\s]{6,}");
    private static final Pattern CARD = Pattern.compile("(?<![\\w.])[3-6][0-9 -]{12,22}(?![\\w.])");
    private static final Pattern ACCOUNT =
            Pattern.compile("\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\\b");
    private static final Pattern SOCIAL =
            Pattern.compile(
                    "(?<![\\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\\w-])");
    private static final Pattern PHONE =
            Pattern.compile(
                    "(?<![\\w+])\\+[1-9][0-9]{0,2}[ (-]{1,2}[0-9][0-9 ()-]{6,16}[0-9](?!\\w)");
    private static final Pattern HOME =
            Pattern.compile("(?:/home/|/Users/|[A-Za-z]:\\\\Users\\\\)[\\w.-]{2,}+");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}+");

    private PrivateText() {}

    /// The kind, a value of {@link ModelFact#PRIVATE_TEXT}; empty when nothing of the kind is
    /// there. Looks at the first 4,000 characters, in linear time.
    public static Optional<String> kind(String text) {
        String part = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        if (part.length() < 6) {
            return Optional.empty();
        }
        if (KEY.matcher(part).find()) {
            return Optional.of("key");
        }
        if (part.indexOf('@') > 0 && MAIL.matcher(part).find()) {
            return Optional.of("e-mail-address");
        }
        if (CARD.matcher(part).results().anyMatch(found -> isCard(found.group()))) {
            return Optional.of("card-number");
        }
        if (ACCOUNT.matcher(part).results().anyMatch(found -> isAccount(found.group()))) {
            return Optional.of("account-number");
        }
        if (SOCIAL.matcher(part).find()) {
            return Optional.of("social-security-number");
        }
        if (PHONE.matcher(part).find()) {
            return Optional.of("phone-number");
        }
        return HOME.matcher(part).find() ? Optional.of("home-folder") : Optional.empty();
    }

    /// The kind in an entry of a vocabulary, where whole sentences are text that somebody wrote.
    public static Optional<String> kindOfEntry(String entry) {
        return kind(entry).or(() -> isSentence(entry) ? Optional.of("sentence") : Optional.empty());
    }

    private static boolean isSentence(String entry) {
        return entry.length() >= 24
                && entry.length() <= LONGEST
                && WORD.matcher(entry).results().limit(WORDS_OF_A_SENTENCE).count()
                        == WORDS_OF_A_SENTENCE
                && entry.codePoints().filter(c -> c == ' ' || c == 0x2581 || c == 0x120).count()
                        >= WORDS_OF_A_SENTENCE - 1;
    }

    /// Luhn's check of 13 to 19 digits.
    private static boolean isCard(String text) {
        String digits = text.replaceAll("[ -]", "");
        if (digits.length() < 13 || digits.length() > 19 || digits.chars().distinct().count() < 2) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }

    /// The check of ISO 13616: rearranged and read as a number it leaves 1 modulo 97.
    private static boolean isAccount(String text) {
        String plain = text.replace(" ", "");
        if (plain.length() < 15 || plain.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        (plain.substring(4) + plain.substring(0, 4))
                .chars()
                .forEach(c -> number.append(Character.digit(c, 36)));
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
