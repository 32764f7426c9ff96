package dev.bartizan.guard.personal;

import static dev.bartizan.guard.personal.Checks.dayAndMonth;
import static dev.bartizan.guard.personal.Checks.digit;
import static dev.bartizan.guard.personal.Checks.isVaried;
import static dev.bartizan.guard.personal.Checks.number;
import static dev.bartizan.guard.personal.Checks.weighted;

import java.util.List;
import java.util.function.Predicate;

/// National numbers written in digits: how many digits, how they are grouped when written out, and
/// the check that the issuer's rule asks for. What another number could be by chance also needs a
/// word nearby that says what it is.
///
/// @param type what a hit is called
/// @param digits how many
/// @param grouping lengths of the groups with what stands between them (`3-2-4`); such a form needs
///   no word nearby; empty when there is none
/// @param check whether the digits are right
/// @param words what must stand nearby otherwise, lower case
record NumberKind(
        String type, int digits, String grouping, Predicate<String> check, List<String> words) {
    /// Copies the list.
    NumberKind {
        words = List.copyOf(words);
    }

    /// The kinds known, the surest first.
    static final List<NumberKind> ALL =
            List.of(
                    new NumberKind(
                            "US_SSN",
                            9,
                            "3-2-4",
                            Checks::ssn,
                            List.of("ssn", "social security", "social sec")),
                    new NumberKind(
                            "US_ITIN",
                            9,
                            "",
                            NumberKind::itin,
                            List.of("itin", "taxpayer", "tax id")),
                    new NumberKind(
                            "CH_AHV",
                            13,
                            "3.4.4.2",
                            d -> d.startsWith("756") && ean(d),
                            List.of("ahv", "avs", "oasi")),
                    new NumberKind(
                            "BR_CPF", 11, "3.3.3-2", NumberKind::cpf, List.of("cpf", "cadastro")),
                    new NumberKind(
                            "BE_NATIONAL_NUMBER",
                            11,
                            "2.2.2-3.2",
                            NumberKind::belgian,
                            List.of("rijksregister", "registre national", "national number")),
                    new NumberKind(
                            "SE_PERSONNUMMER",
                            10,
                            "6-4",
                            d -> dayAndMonth(d, 2, true) && Checks.luhnSum(d) % 10 == 0,
                            List.of("personnummer", "personal number")),
                    new NumberKind(
                            "SE_PERSONNUMMER",
                            12,
                            "8-4",
                            d ->
                                    dayAndMonth(d, 4, true)
                                            && Checks.luhnSum(d.substring(2)) % 10 == 0,
                            List.of("personnummer", "personal number")),
                    new NumberKind(
                            "FR_NIR",
                            15,
                            "1 2 2 2 3 3 2",
                            NumberKind::nir,
                            List.of("insee", "nir", "securite sociale", "sécurité sociale")),
                    new NumberKind("PL_PESEL", 11, "", NumberKind::pesel, List.of("pesel")),
                    new NumberKind(
                            "DE_TAX_ID",
                            11,
                            "",
                            d -> d.charAt(0) != '0' && Checks.mod11And10(d),
                            List.of("steuer", "tax id", "idnr", "tax number")),
                    new NumberKind(
                            "TR_TCKN",
                            11,
                            "",
                            NumberKind::turkish,
                            List.of("kimlik", "tckn", "t.c.")),
                    new NumberKind(
                            "NO_FODSELSNUMMER",
                            11,
                            "6 5",
                            NumberKind::norwegian,
                            List.of("fødselsnummer", "fodselsnummer", "personnummer")),
                    new NumberKind(
                            "IN_AADHAAR",
                            12,
                            "",
                            d -> d.charAt(0) > '1' && Checks.verhoeff(d),
                            List.of("aadhaar", "aadhar", "uidai", "uid")),
                    new NumberKind(
                            "ZA_ID",
                            13,
                            "",
                            d -> dayAndMonth(d, 2, true) && Checks.luhn(d),
                            List.of("id number", "south africa", "sa id", "identity number")),
                    new NumberKind(
                            "UK_NHS",
                            10,
                            "3 3 4",
                            NumberKind::nhs,
                            List.of("nhs", "national health")),
                    new NumberKind(
                            "NL_BSN",
                            9,
                            "",
                            d -> weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 && isVaried(d),
                            List.of("bsn", "burgerservice", "sofinummer")),
                    new NumberKind(
                            "CA_SIN",
                            9,
                            "",
                            d -> Checks.luhnSum(d) % 10 == 0 && isVaried(d),
                            List.of("social insurance", "sin:", "sin number", "sin is", "my sin")),
                    new NumberKind(
                            "AU_TFN",
                            9,
                            "",
                            d -> weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && isVaried(d),
                            List.of("tfn", "tax file")),
                    new NumberKind(
                            "PT_NIF",
                            9,
                            "",
                            NumberKind::portuguese,
                            List.of("nif", "contribuinte")),
                    new NumberKind(
                            "DK_CPR",
                            10,
                            "6-4",
                            d -> dayAndMonth(d, 0, false) && danish(d),
                            List.of("cpr", "personnummer")),
                    new NumberKind(
                            "KR_RRN",
                            13,
                            "6-7",
                            NumberKind::korean,
                            List.of("resident registration", "주민등록")),
                    new NumberKind(
                            "JP_MY_NUMBER",
                            12,
                            "",
                            NumberKind::japanese,
                            List.of("my number", "マイナンバー", "individual number")));

    private static boolean itin(String d) {
        int group = number(d, 3, 5);
        return d.charAt(0) == '9' && group >= 50 && group != 89 && group != 93;
    }

    private static boolean ean(String d) {
        int sum = weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
        return (10 - sum % 10) % 10 == digit(d, 12);
    }

    private static boolean cpf(String d) {
        int first = weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return first == digit(d, 9) && second == digit(d, 10) && isVaried(d);
    }

    private static boolean belgian(String d) {
        long body = Long.parseLong(d, 0, 9, 10);
        int check = number(d, 9, 11);
        return 97 - body % 97 == check || 97 - (2_000_000_000L + body) % 97 == check;
    }

    private static boolean nir(String d) {
        int month = number(d, 3, 5);
        boolean person = d.charAt(0) == '1' || d.charAt(0) == '2';
        long body = Long.parseLong(d, 0, 13, 10);
        return person
                && month >= 1
                && (month <= 12 || month >= 20)
                && 97 - body % 97 == number(d, 13, 15);
    }

    private static boolean pesel(String d) {
        int sum = weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
        int month = number(d, 2, 4) % 20;
        int day = number(d, 4, 6);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && (10 - sum % 10) % 10 == digit(d, 10);
    }

    private static boolean turkish(String d) {
        int odd = digit(d, 0) + digit(d, 2) + digit(d, 4) + digit(d, 6) + digit(d, 8);
        int even = digit(d, 1) + digit(d, 3) + digit(d, 5) + digit(d, 7);
        int tenth = Math.floorMod(odd * 7 - even, 10);
        return d.charAt(0) != '0'
                && tenth == digit(d, 9)
                && (odd + even + tenth) % 10 == digit(d, 10);
    }

    private static boolean norwegian(String d) {
        int first = (11 - weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2) % 11) % 11;
        int second = (11 - weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return first == digit(d, 9) && second == digit(d, 10) && isVaried(d);
    }

    private static boolean nhs(String d) {
        int check = (11 - weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return check == digit(d, 9) && isVaried(d);
    }

    private static boolean portuguese(String d) {
        int check = 11 - weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check > 9 ? 0 : check) == digit(d, 8) && isVaried(d);
    }

    /// Numbers given out since 2007 need not pass the old check; the date must.
    private static boolean danish(String d) {
        return weighted(d, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0 || number(d, 4, 6) >= 7;
    }

    private static boolean korean(String d) {
        int sum = weighted(d, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
        boolean checked = (11 - sum % 11) % 10 == digit(d, 12);
        return dayAndMonth(d, 2, true)
                && digit(d, 6) >= 1
                && digit(d, 6) <= 8
                && (checked || number(d, 0, 2) >= 20);
    }

    private static boolean japanese(String d) {
        int rest = weighted(d, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (rest <= 1 ? 0 : 11 - rest) == digit(d, 11) && isVaried(d);
    }
}
