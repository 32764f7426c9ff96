package dev.bartizan.guard.training;

import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/// Invented numbers, dates and network names for templates.
final class FakeNumbers {
    private FakeNumbers() {}

    /// A value for a place in a template.
    static String value(String place, Faker faker, Random random) {
        return switch (place) {
            case "phone", "phone_number" -> phone(faker, random);
            case "email" -> faker.internet().emailAddress();
            case "url" -> "https://www." + faker.internet().domainName() + "/";
            case "card", "credit_card_number" -> card(random);
            case "iban" -> faker.finance().iban("GB");
            case "ip", "ip_address" -> faker.internet().ipV4Address();
            case "ssn" -> format(random, "###-##-####").replaceFirst("^[09]", "1");
            case "date", "date_of_birth", "date_time" -> date(random, place.equals("date_time"));
            case "time" -> format(random, "1#:0#");
            case "day", "day_of_week" ->
                    pick(
                            random,
                            "Monday",
                            "Tuesday",
                            "Wednesday",
                            "Thursday",
                            "Friday",
                            "Saturday",
                            "Sunday");
            case "licence", "us_driver_license" ->
                    pick(random, "", "A", "D", "LH", "S")
                            + format(random, pick(random, "########", "#########", "######T"));
            default -> throw new IllegalArgumentException("no value for {{" + place + "}}");
        };
    }

    private static String phone(Faker faker, Random random) {
        if (random.nextInt(3) == 0) {
            return faker.phoneNumber().phoneNumber();
        }
        return format(
                random,
                pick(
                        random,
                        "(###) ###-####",
                        "###-###-####",
                        "001-###-###-####x###",
                        "### ####",
                        "## ## ## ##",
                        "0## ## ## ##",
                        "06-########",
                        "##########",
                        "(##) ###-###",
                        "##-##-##-##",
                        "## ######",
                        "+1 ### ### ####",
                        "+4# ### #######",
                        "0### ######",
                        "### ### ####",
                        "(0###) ####-####",
                        "#### ####",
                        "###.###.####x####"));
    }

    /// Digits with a right Luhn digit at the end.
    static String card(Random random) {
        String head = pick(random, "4", "51", "55", "37", "6011", "35");
        int length = head.equals("37") ? 15 : 16;
        StringBuilder digits = new StringBuilder(head);
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = digits.length() - 1, n = 0; i >= 0; i--, n++) {
            int value = (digits.charAt(i) - '0') * (n % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }

    private static String date(Random random, boolean withTime) {
        int year = 1920 + random.nextInt(110);
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(28);
        String name =
                java.time.Month.of(month)
                        .getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH);
        String date =
                switch (random.nextInt(6)) {
                    case 0 -> year + "-" + two(month) + "-" + two(day);
                    case 1 -> day + "." + month + "." + year;
                    case 2 -> name + " " + day + ", " + year;
                    case 3 -> day + " " + name + " " + year;
                    default -> month + "/" + day + "/" + year;
                };
        return withTime && random.nextBoolean()
                ? date
                        + " "
                        + two(random.nextInt(24))
                        + ":"
                        + two(random.nextInt(60))
                        + ":"
                        + two(random.nextInt(60))
                : date;
    }

    private static String two(int value) {
        return String.format(Locale.ROOT, "%02d", value);
    }

    private static String format(Random random, String form) {
        StringBuilder out = new StringBuilder();
        form.chars()
                .forEach(c -> out.append(c == '#' ? (char) ('0' + random.nextInt(10)) : (char) c));
        return out.toString();
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
