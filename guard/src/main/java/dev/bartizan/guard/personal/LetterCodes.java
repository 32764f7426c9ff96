package dev.bartizan.guard.personal;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers of letters and digits that name a person or an account, told by form and check sign:
/// IBAN, Italian, Spanish, British, Finnish, Indian, Mexican and Chinese numbers, addresses of
/// crypto currencies.
final class LetterCodes {
    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_STEPS = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
    };
    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final int LONGEST = 96;

    private LetterCodes() {}

    /// What the word at `[start, end)` is, or null; an IBAN may go on after spaces.
    static @Nullable Place of(String text, int start, int end, NearbyWords nearby) {
        Place iban = iban(text, start);
        if (iban != null) {
            return iban;
        }
        int length = end - start;
        if (length < 8 || length > LONGEST) {
            return null;
        }
        String word = text.substring(start, end);
        String upper = word.toUpperCase(Locale.ROOT);
        String type =
                switch (length) {
                    case 9 -> nine(upper, nearby, start, end);
                    case 10 -> isPan(upper, nearby, start, end) ? "IN_PAN" : null;
                    case 11 -> isFinnish(upper) ? "FI_PERSONAL_IDENTITY_CODE" : null;
                    case 16 -> isItalian(upper) ? "IT_FISCAL_CODE" : null;
                    case 18 ->
                            isChinese(upper) ? "CN_RESIDENT_ID" : isCurp(upper) ? "MX_CURP" : null;
                    default -> null;
                };
        if (type == null && length >= 26) {
            type = isCrypto(word) ? "CRYPTO" : null;
        }
        return type == null ? null : new Place(type, start, end, 0.95);
    }

    private static @Nullable Place iban(String text, int start) {
        if (start + 4 > text.length()
                || !isLetter(text.charAt(start))
                || !isLetter(text.charAt(start + 1))
                || !isDigit(text.charAt(start + 2))
                || !isDigit(text.charAt(start + 3))) {
            return null;
        }
        StringBuilder code = new StringBuilder(34);
        Place best = null;
        int i = start;
        while (i < text.length() && code.length() <= 34) {
            char c = text.charAt(i);
            if (isDigit(c) || isLetter(c)) {
                code.append(c);
                i++;
                boolean ends = i == text.length() || !Character.isLetterOrDigit(text.charAt(i));
                if (ends && Checks.iban(code.toString())) {
                    best = new Place("IBAN_CODE", start, i, 0.99);
                }
            } else if ((c == ' ' || c == '-')
                    && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i + 1))
                    && code.length() % 4 == 0) {
                i++;
            } else {
                break;
            }
        }
        return best;
    }

    private static @Nullable String nine(String word, NearbyWords nearby, int start, int end) {
        if (isSpanish(word)) {
            return "ES_NIF";
        }
        if (isBritish(word)) {
            return "UK_NINO";
        }
        boolean passport =
                Character.isLetter(word.charAt(0))
                        && allDigits(word, 2, 9)
                        && nearby.near(start, end, NearbyWords.PASSPORT);
        return passport ? "PASSPORT" : null;
    }

    private static boolean isSpanish(String word) {
        if (!allDigits(word, 1, 8) || !isLetter(word.charAt(8))) {
            return false;
        }
        int first = "XYZ".indexOf(word.charAt(0));
        if (first < 0 && !isDigit(word.charAt(0))) {
            return false;
        }
        String digits =
                (first < 0 ? word.substring(0, 1) : String.valueOf(first)) + word.substring(1, 8);
        return SPANISH.charAt(Integer.parseInt(digits) % 23) == word.charAt(8);
    }

    private static boolean isBritish(String word) {
        char a = word.charAt(0);
        char b = word.charAt(1);
        String pair = word.substring(0, 2);
        boolean pairUsed =
                isLetter(a)
                        && isLetter(b)
                        && "DFIQUV".indexOf(a) < 0
                        && "DFIOQUV".indexOf(b) < 0
                        && !"BG GB KN NK NT TN ZZ".contains(pair);
        return pairUsed && allDigits(word, 2, 8) && word.charAt(8) >= 'A' && word.charAt(8) <= 'D';
    }

    private static boolean isPan(String word, NearbyWords nearby, int start, int end) {
        return allLetters(word, 0, 5)
                && allDigits(word, 5, 9)
                && isLetter(word.charAt(9))
                && "ABCFGHJLPT".indexOf(word.charAt(3)) >= 0
                && (word.charAt(3) == 'P' || nearby.near(start, end, NearbyWords.PAN));
    }

    private static boolean isFinnish(String word) {
        if (!allDigits(word, 0, 6)
                || !allDigits(word, 7, 10)
                || "-+ABCDEFUVWXY".indexOf(word.charAt(6)) < 0) {
            return false;
        }
        int value = Integer.parseInt(word.substring(0, 6) + word.substring(7, 10));
        return Checks.dayAndMonth(word, 0, false) && FINNISH.charAt(value % 31) == word.charAt(10);
    }

    private static boolean isItalian(String word) {
        boolean form =
                allLetters(word, 0, 6)
                        && allDigits(word, 6, 8)
                        && "ABCDEHLMPRST".indexOf(word.charAt(8)) >= 0
                        && allDigits(word, 9, 11)
                        && isLetter(word.charAt(11))
                        && allDigits(word, 12, 15)
                        && isLetter(word.charAt(15));
        if (!form) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.digit(word.charAt(i), 36);
            int at = value > 9 ? value - 10 : value;
            sum += i % 2 == 0 ? ITALIAN_ODD[at] : at;
        }
        return sum % 26 == word.charAt(15) - 'A';
    }

    private static boolean isChinese(String word) {
        if (!allDigits(word, 0, 17)) {
            return false;
        }
        int sum = Checks.weighted(word, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        return "10X98765432".charAt(sum % 11) == word.charAt(17)
                && Checks.dayAndMonth(word, 10, true);
    }

    private static boolean isCurp(String word) {
        return allLetters(word, 0, 4)
                && allDigits(word, 4, 10)
                && "HMX".indexOf(word.charAt(10)) >= 0
                && allLetters(word, 11, 16)
                && isDigit(word.charAt(17))
                && Checks.dayAndMonth(word, 6, true);
    }

    private static boolean isCrypto(String word) {
        if (word.startsWith("0x")) {
            return word.length() == 42 && hex(word, 2);
        }
        int mark = word.lastIndexOf('1');
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith("bc1") || lower.startsWith("ltc1") || lower.startsWith("tb1")) {
            return bech32(lower, mark);
        }
        return word.length() <= 35 && "13LMD".indexOf(word.charAt(0)) >= 0 && base58(word);
    }

    private static boolean hex(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Base58Check: 25 bytes whose last four are the head of the double SHA-256 of the others.
    private static boolean base58(String word) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < word.length(); i++) {
            int digit = BASE58.indexOf(word.charAt(i));
            if (digit < 0) {
                return false;
            }
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] raw = value.toByteArray();
        if (raw.length > 26) {
            return false;
        }
        byte[] bytes = new byte[25];
        int skip = Math.max(0, raw.length - 25);
        System.arraycopy(raw, skip, bytes, 25 - (raw.length - skip), raw.length - skip);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] check = sha.digest(sha.digest(Arrays.copyOf(bytes, 21)));
            return Arrays.equals(check, 0, 4, bytes, 21, 25);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// BIP 173 and BIP 350: the checksum polynomial leaves 1, or the constant of bech32m.
    private static boolean bech32(String word, int mark) {
        int check = 1;
        for (int i = 0; i < mark; i++) {
            check = step(check, word.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < mark; i++) {
            check = step(check, word.charAt(i) & 31);
        }
        for (int i = mark + 1; i < word.length(); i++) {
            int value = BECH32.indexOf(word.charAt(i));
            if (value < 0) {
                return false;
            }
            check = step(check, value);
        }
        return check == 1 || check == 0x2bc830a3;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = ((check & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < BECH32_STEPS.length; i++) {
            next ^= ((top >> i) & 1) == 1 ? BECH32_STEPS[i] : 0;
        }
        return next;
    }

    private static boolean allDigits(String word, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allLetters(String word, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isLetter(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
