package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value with a form of its own inside a text: an address that money, words or data can go to.
///
/// @param kind its form
/// @param value as written, lower case
/// @param start first character in the text
record Atom(Kind kind, String value, int start) {
    private static final Pattern FORMS =
            Pattern.compile(
                    "(?i)(?<url>\\b(?:https?|ftp|wss?|s3|gs)://[^\\s\"'<>)\\]|`、。，]{1,4000}|\\bwww\\.[^\\s\"'<>)\\]|`]{1,4000})"
                            + "|(?<email>(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8})"
                            + "|(?<wallet>\\b0x[0-9a-f]{16,128}\\b|\\bbc1[0-9a-z]{20,90}\\b)"
                            + "|(?<iban>\\b[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\\b)"
                            + "|(?<handle>(?<![\\w@])@[\\w][\\w.-]{1,40})"
                            + "|(?<number>(?<![\\w.])\\+?\\d[\\d ()/.-]{5,24}\\d(?![\\w]))"
                            + "|(?<path>(?<![\\w/.])(?:~|\\.{1,2}|[a-z]:)?[/\\\\](?:[\\w.@~-]{1,255}[/\\\\]?){1,60}|(?<![\\w/.-])[\\w.-]{1,255}(?:/[\\w.-]{1,255}){1,40})");

    /// The form of a value.
    enum Kind {
        /// An address on the network.
        URL,
        /// A mailbox.
        EMAIL,
        /// An address of a cryptocurrency.
        WALLET,
        /// An international bank account.
        IBAN,
        /// A name with an at sign.
        HANDLE,
        /// A long number: a telephone, an account, a card.
        NUMBER,
        /// A place in a file system.
        PATH
    }

    /// The values in a text, in order.
    static List<Atom> in(String text) {
        List<Atom> atoms = new ArrayList<>();
        Matcher matcher = FORMS.matcher(text);
        while (matcher.find()) {
            Kind kind = kind(matcher);
            String value = matcher.group().replaceAll("[.,;:!?]+$", "");
            boolean isDate = kind == Kind.NUMBER && value.matches("\\d{4}-\\d{2}-\\d{2}.*");
            if (!isDate && !value.isEmpty()) {
                atoms.add(new Atom(kind, Texts.plain(value), matcher.start()));
            }
        }
        return atoms;
    }

    private static Kind kind(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            if (matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
                return kind;
            }
        }
        throw new IllegalStateException("a form without a kind");
    }

    /// Whether it is the value, other gaps aside.
    boolean isSpelled(String other) {
        boolean isNumber = kind == Kind.NUMBER || kind == Kind.IBAN || kind == Kind.WALLET;
        return value.equals(other)
                || (isNumber && other.length() <= 60 && Spelling.of(other).isIn(value));
    }

    /// Whether something can be sent to it.
    boolean isAddress() {
        return kind != Kind.PATH;
    }

    /// The digits of a long number, so that its spelling does not matter.
    static String digits(String value) {
        return value.replaceAll("[^0-9]", "");
    }
}
