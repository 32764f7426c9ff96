package dev.bartizan.formats.json;

/// Numbers as JSON writes them (RFC 8259, section 6).
public final class JsonNumbers {
    private JsonNumbers() {}

    /// Whether a text is one number: a sign, whole part without leading zeros, fraction, exponent.
    public static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            boolean isSigned =
                    at + 1 < text.length()
                            && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-');
            int from = at + (isSigned ? 2 : 1);
            at = digits(text, from);
            return at > from && at == text.length();
        }
        return at == text.length();
    }

    /// Where the digits that start at a place end.
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
