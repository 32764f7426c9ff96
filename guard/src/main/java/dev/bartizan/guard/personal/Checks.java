package dev.bartizan.guard.personal;

/// Check digits of numbers that name a person or an account.
final class Checks {
    private Checks() {}

    /// Luhn's check of a card number: 12 to 19 digits, not all the same.
    static boolean luhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            int value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        boolean varied = digits.chars().distinct().count() > 1;
        return digits.length() >= 12 && digits.length() <= 19 && varied && sum % 10 == 0;
    }

    /// ISO 7064 mod 97-10 of an IBAN without spaces.
    static boolean iban(String iban) {
        if (iban.length() < 15 || iban.length() > 34) {
            return false;
        }
        String turned = iban.substring(4) + iban.substring(0, 4);
        int rest = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            if (value < 0) {
                return false;
            }
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /// A social security number that may have been issued: area, group and serial in range.
    static boolean ssn(String digits) {
        int area = Integer.parseInt(digits, 0, 3, 10);
        return area != 0
                && area != 666
                && area < 900
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000");
    }

    /// Each part of an IPv4 address is at most 255.
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
}
