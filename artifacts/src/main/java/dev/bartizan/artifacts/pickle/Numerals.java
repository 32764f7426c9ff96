package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/// Whole numbers as Python's `int` reads them from text: white space around, a sign, single
/// underscores between digits, and a prefix for the base where the base is open (Python language
/// reference 2.4.5, `int(text, 0)`). The C unpickler reads a leading zero as octal there.
final class Numerals {
    private static final int MOST_DIGITS = 4_300;
    private static final LazyPattern FORM =
            LazyPattern.of("([+-]?)(0[xXoObB])?_?([0-9a-fA-F]++(?:_[0-9a-fA-F]++)*+)");

    private Numerals() {}

    /// In base 10; empty where Python raises.
    static Optional<BigInteger> decimal(String text) {
        return parse(text, false);
    }

    /// In the base its prefix names; empty where Python raises.
    static Optional<BigInteger> whole(String text) {
        return parse(text, true);
    }

    private static Optional<BigInteger> parse(String text, boolean mayHavePrefix) {
        Matcher matcher = FORM.matcher(text.strip());
        if (text.length() > MOST_DIGITS || !matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(2);
        String digits = matcher.group(3).replace("_", "");
        if (prefix != null && !mayHavePrefix) {
            return Optional.empty();
        }
        try {
            BigInteger size = new BigInteger(digits, radix(prefix, digits, mayHavePrefix));
            return Optional.of(matcher.group(1).equals("-") ? size.negate() : size);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int radix(
            @org.jspecify.annotations.Nullable String prefix, String digits, boolean isOpen) {
        if (prefix == null) {
            return isOpen && digits.length() > 1 && digits.startsWith("0") ? 8 : 10;
        }
        return switch (prefix.toLowerCase(Locale.ROOT)) {
            case "0x" -> 16;
            case "0o" -> 8;
            default -> 2;
        };
    }
}
