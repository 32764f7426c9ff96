package dev.bartizan.guard.personal;

/// Check digits and ranges of numbers that name a person, an account or a machine. All take text of
/// the right characters only; what is too short or too long is not right.
final class Checks {
    private static final int[][] VERHOEFF_PRODUCT = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[] VERHOEFF_TURN = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private Checks() {}

    /// Luhn's check: 12 to 19 digits, not all the same.
    static boolean luhn(String digits) {
        return digits.length() >= 12
                && digits.length() <= 19
                && isVaried(digits)
                && luhnSum(digits) % 10 == 0;
    }

    /// The sum that Luhn's check takes modulo ten.
    static int luhnSum(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int value = digit(digits, i) * (twice ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        return sum;
    }

    /// A payment card: Luhn, and a first digit that issuers use.
    static boolean card(String digits) {
        char first = digits.isEmpty() ? '0' : digits.charAt(0);
        boolean old = digits.startsWith("1800") || digits.startsWith("2131");
        return (old || (first >= '2' && first <= '6')) && luhn(digits);
    }

    /// ISO 7064 mod 97-10 of an IBAN without spaces, either case.
    static boolean iban(String iban) {
        if (iban.length() < 15 || iban.length() > 34) {
            return false;
        }
        int rest = 0;
        for (int n = 0; n < iban.length(); n++) {
            int value = Character.digit(iban.charAt((n + 4) % iban.length()), 36);
            if (value < 0) {
                return false;
            }
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /// A social security number that may have been issued: area, group and serial in range.
    static boolean ssn(String digits) {
        return digits.length() == 9
                && !digits.startsWith("000")
                && !digits.startsWith("666")
                && digits.charAt(0) != '9'
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000");
    }

    /// Each of four parts is at most 255.
    static boolean ipv4(String address) {
        int part = 0;
        int dots = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            part = c == '.' ? 0 : part * 10 + c - '0';
            dots += c == '.' ? 1 : 0;
            if (part > 255) {
                return false;
            }
        }
        return dots == 3;
    }

    /// Verhoeff's check (dihedral group of ten), as in Aadhaar numbers.
    static boolean verhoeff(String digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = digit(digits, digits.length() - 1 - i);
            for (int turn = 0; turn < i % 8; turn++) {
                value = VERHOEFF_TURN[value];
            }
            check = VERHOEFF_PRODUCT[check][value];
        }
        return check == 0 && isVaried(digits);
    }

    /// The weighted sum of the digits, one weight each.
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(digits, i) * weights[i];
        }
        return sum;
    }

    /// ISO 7064 mod 11,10: the last digit checks the others, as in German tax numbers.
    static boolean mod11And10(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /// The digits from `from` are a day and month: `DDMM`, or `MMDD` when `monthFirst`.
    static boolean dayAndMonth(String digits, int from, boolean monthFirst) {
        int a = number(digits, from, from + 2);
        int b = number(digits, from + 2, from + 4);
        int day = monthFirst ? b : a;
        int month = monthFirst ? a : b;
        return day >= 1 && day <= 31 && month >= 1 && month <= 12;
    }

    /// The digits of a range as a number.
    static int number(String digits, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + digit(digits, i);
        }
        return value;
    }

    static int digit(String digits, int at) {
        return digits.charAt(at) - '0';
    }

    static boolean isVaried(String digits) {
        for (int i = 1; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(0)) {
                return true;
            }
        }
        return false;
    }
}
