package dev.bartizan.guard.training;

import dev.bartizan.guard.personal.Gazetteer;
import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.datafaker.Faker;

/// Invented people, places and companies of many countries, to fill templates with, and the
/// gazetteer made of a part of them. Names come from the lists of Datafaker (Apache-2.0) and from
/// the country names of the Java library.
final class FakeNames {
    private static final String[] LOCALES = {
        "en-US", "en-US", "en-US", "en-GB", "en-AU", "de-AT", "fr-FR", "es-MX", "pt-BR", "en-IND",
        "de", "es", "it", "pt", "nl", "sv", "nb-NO", "da-DK", "fi-FI", "pl", "cs", "sk", "hu", "hr",
        "tr", "vi", "id", "et", "ca", "en-ZA", "en-NEP", "en-NG", "en-PAK", "el-GR", "lv", "sq",
        "ro-MD", "nl-BE", "es-AR", "en-PH", "ru", "uk", "bg"
    };

    /// The first locales also make numbers of their country.
    private static final int WITH_NUMBERS = 9;

    private static final int DRAWS = 2_000;
    private final List<Faker> fakers = new ArrayList<>();
    private final Map<String, List<String>> pool = new HashMap<>();
    private final Map<String, List<String>> parts = new HashMap<>();
    private final Random random;

    FakeNames(Random random) {
        this.random = random;
        for (String line : Resources.lines(FakeNames.class, "name-words.txt")) {
            int equals = line.indexOf('=');
            parts.put(
                    line.substring(1, equals), List.of(line.substring(equals + 1).split(";", -1)));
        }
        for (String tag : LOCALES) {
            fakers.add(new Faker(Locale.forLanguageTag(tag), random));
        }
        for (String locale : Locale.getISOCountries()) {
            Locale place = Locale.of("", locale);
            list("country").add(place.getDisplayCountry(Locale.ENGLISH));
            for (Locale language : List.of(Locale.GERMAN, Locale.FRENCH, Locale.of("es"))) {
                list("country-names").add(place.getDisplayCountry(language));
            }
        }
        list("city").addAll(Resources.lines(FakeNames.class, "cities.txt"));
        for (Faker faker : fakers) {
            for (int i = 0; i < DRAWS; i++) {
                draw("first", () -> faker.name().firstName());
                draw("last", () -> faker.name().lastName());
                draw("city", () -> faker.address().city());
                draw("street", () -> faker.address().streetName());
                if (i % 5 == 0) {
                    draw("org", () -> faker.company().name());
                    draw("state", () -> faker.address().state());
                    draw("job", () -> faker.job().title());
                    draw("people", () -> faker.nation().nationality());
                }
            }
        }
    }

    private List<String> list(String name) {
        return pool.computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private void draw(String name, Supplier<String> source) {
        try {
            String value = source.get();
            if (value != null && !value.isBlank() && value.indexOf('#') < 0) {
                list(name).add(value.strip());
            }
        } catch (RuntimeException e) {
            // A locale without that list has nothing to give.
            return;
        }
    }

    /// A gazetteer to learn with, of about two names in three, so that the tagger also learns to do
    /// without.
    Map<String, Integer> gazetteer() {
        return gazetteer(66);
    }

    /// A gazetteer of all names, to use what was learned with.
    Map<String, Integer> wholeGazetteer() {
        return gazetteer(100);
    }

    private Map<String, Integer> gazetteer(int percent) {
        boolean isWhole = percent == 100;
        Map<String, Integer> words = new LinkedHashMap<>();
        put(words, "first", Gazetteer.GIVEN, percent);
        put(words, "last", Gazetteer.FAMILY, percent);
        put(words, "city", Gazetteer.CITY, percent);
        put(words, "country", Gazetteer.COUNTRY, isWhole ? 100 : 95);
        put(words, "country-names", Gazetteer.COUNTRY, isWhole ? 100 : 95);
        put(words, "state", Gazetteer.COUNTRY, isWhole ? 100 : 95);
        put(words, "street", Gazetteer.STREET, percent);
        put(words, "org", Gazetteer.COMPANY, isWhole ? 100 : 50);
        put(words, "job", Gazetteer.JOB, isWhole ? 100 : 70);
        put(words, "people", Gazetteer.PEOPLE, isWhole ? 100 : 90);
        for (String tail : parts.getOrDefault("company-tail", List.of())) {
            put(words, tail, Gazetteer.COMPANY);
        }
        return words;
    }

    private void put(Map<String, Integer> words, String name, int kind, int percent) {
        Set<String> values = new LinkedHashSet<>(list(name));
        for (String value : values) {
            if (Hash.bucket("g" + value, 100) < percent) {
                put(words, value, kind);
            }
        }
    }

    private static void put(Map<String, Integer> words, String value, int kind) {
        for (String word : value.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+", -1)) {
            if (word.length() > 1) {
                words.merge(word, kind, (a, b) -> a | b);
            }
        }
    }

    private String one(String name) {
        List<String> values = list(name);
        return values.get(random.nextInt(values.size()));
    }

    private String word(String list) {
        List<String> values = parts.getOrDefault(list, List.of());
        return values.get(random.nextInt(values.size()));
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    private Faker faker() {
        return fakers.get(random.nextInt(WITH_NUMBERS));
    }

    /// A value for a place in a template; the name of the place without its brackets.
    String value(String place) {
        return switch (place) {
            case "person", "name", "name_male", "name_female" -> person();
            case "first",
                    "first_name",
                    "first_name_male",
                    "first_name_female",
                    "first_name_nonbinary" ->
                    one("first");
            case "last", "last_name", "last_name_male", "last_name_female" -> one("last");
            case "prefix", "prefix_male", "prefix_female" ->
                    one("Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Mr", "Mrs", "Ms", "Prof.");
            case "city" -> city();
            case "country" -> random.nextInt(8) == 0 ? one("state") : one("country");
            case "state" -> one("state");
            case "state_abbr" ->
                    one(
                            "AL", "AZ", "CA", "CO", "FL", "GA", "IL", "MA", "MI", "NC", "NY", "OH",
                            "TX", "WA", "AE");
            case "organization", "org" -> company();
            case "street_name", "street" -> street();
            case "secondary_address" ->
                    one("Suite ", "Apt. ", "Unit ", "Floor ", "Box ") + (1 + random.nextInt(999));
            case "building_number", "number" -> number();
            case "postcode", "zipcode" -> postcode();
            case "address" -> address();
            case "job" -> job();
            case "age" -> String.valueOf(1 + random.nextInt(99));
            case "year" -> String.valueOf(1900 + random.nextInt(130));
            case "nationality", "people", "nation_woman", "nation_plural" -> one("people");
            default -> FakeNumbers.value(place, faker(), random);
        };
    }

    private String person() {
        String name = one("first") + " " + one("last");
        return switch (random.nextInt(24)) {
            case 0 -> one("first") + " " + (char) ('A' + random.nextInt(26)) + ". " + one("last");
            case 1 -> name + " " + one("MD", "PhD", "Jr.", "III");
            case 2 -> one("first") + " " + name;
            case 3 -> name + "-" + one("last");
            case 4 -> (char) ('A' + random.nextInt(26)) + ". " + one("last");
            default -> name;
        };
    }

    private String company() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> one("org");
            case 2 -> word("company");
            case 3 -> one("last") + " " + word("company-tail");
            case 4 -> one("last") + ", " + one("last") + " and " + one("last");
            case 5 -> one("last") + "-" + one("last");
            case 6 -> capital(word("word")) + word("word");
            case 7 ->
                    capital(word("word"))
                            + (random.nextBoolean() ? " " : "")
                            + capital(word("word"));
            case 8 ->
                    capital(word("word"))
                            + " "
                            + capital(word("word"))
                            + " "
                            + word("company-tail");
            default ->
                    String.format(
                            Locale.ROOT,
                            word("company-form"),
                            random.nextBoolean() ? word("subject") : one("city"));
        };
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private String street() {
        String street = one("street");
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> street + " " + number();
            case 3, 4 -> number() + " " + street;
            case 5 ->
                    one("last")
                            + " "
                            + one(
                                    "Street", "Road", "Avenue", "Lane", "St", "Rd", "Ave", "Drive",
                                    "Way", "Court");
            default -> street;
        };
    }

    private String number() {
        String number = String.valueOf(1 + random.nextInt(random.nextBoolean() ? 200 : 9999));
        return random.nextInt(8) == 0 ? number + (char) ('a' + random.nextInt(4)) : number;
    }

    private String postcode() {
        return random.nextInt(4) > 0
                ? String.format(Locale.ROOT, "%05d", random.nextInt(100_000))
                : faker().address().zipCode();
    }

    private String address() {
        if (random.nextInt(30) == 0) {
            return barracks();
        }
        String gap = one("\n", ", ", " ", "\n ", ", ");
        String start =
                random.nextInt(4) > 0 ? number() + " " + street() : street() + " " + number();
        String inner = random.nextBoolean() ? gap : " ";
        String middle = random.nextInt(2) == 0 ? inner + value("secondary_address") : "";
        String region = random.nextInt(3) == 0 ? "nan" : value("state_abbr");
        String end =
                switch (random.nextInt(6)) {
                    case 0 -> gap + city();
                    case 1 -> gap + postcode() + " " + city();
                    case 2 ->
                            gap
                                    + city()
                                    + one(", ", "\n, ", " ")
                                    + region
                                    + one(" ", "\n ")
                                    + postcode();
                    case 3 -> gap + city() + gap + one("country") + " " + postcode();
                    case 4 -> gap + city() + one(", ", " ") + region + " " + postcode();
                    default -> gap + city() + gap + one("country");
                };
        return start + middle + end;
    }

    private String barracks() {
        String head =
                switch (random.nextInt(3)) {
                    case 0 -> "Unit " + number() + " Box " + number();
                    case 1 -> "PSC " + number() + ", Box " + number();
                    default -> one("USNS ", "USNV ", "USS ") + one("last");
                };
        return head + "\n" + one("APO ", "FPO ", "DPO ") + one("AA", "AE", "AP") + " " + postcode();
    }

    private String city() {
        String city = one("city");
        return random.nextInt(9) == 0 ? city.toUpperCase(Locale.ROOT) : city;
    }

    private String job() {
        if (random.nextInt(3) == 0) {
            return one("job");
        }
        String role = word("role");
        return switch (random.nextInt(4)) {
            case 0 -> capital(role);
            case 1 -> word("field") + " " + capital(role);
            case 2 -> word("field").toLowerCase(Locale.ROOT) + " " + role;
            default -> word("field") + " " + role;
        };
    }
}
