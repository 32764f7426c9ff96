package dev.bartizan.guard.training;

import dev.bartizan.guard.personal.TaggerTraining.Entity;
import dev.bartizan.guard.personal.TaggerTraining.Sample;
import dev.bartizan.guard.text.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/// Sentences with places for names, filled with invented ones.
final class PersonalTemplates {
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("person", "PERSON"),
                    Map.entry("name", "PERSON"),
                    Map.entry("name_male", "PERSON"),
                    Map.entry("name_female", "PERSON"),
                    Map.entry("first", "PERSON"),
                    Map.entry("first_name", "PERSON"),
                    Map.entry("first_name_male", "PERSON"),
                    Map.entry("first_name_female", "PERSON"),
                    Map.entry("first_name_nonbinary", "PERSON"),
                    Map.entry("last", "PERSON"),
                    Map.entry("last_name", "PERSON"),
                    Map.entry("last_name_male", "PERSON"),
                    Map.entry("last_name_female", "PERSON"),
                    Map.entry("prefix", "PREFIX"),
                    Map.entry("prefix_male", "PERSON"),
                    Map.entry("prefix_female", "PREFIX"),
                    Map.entry("city", "LOCATION"),
                    Map.entry("country", "LOCATION"),
                    Map.entry("state", "LOCATION"),
                    Map.entry("state_abbr", "LOCATION"),
                    Map.entry("org", "ORGANIZATION"),
                    Map.entry("organization", "ORGANIZATION"),
                    Map.entry("street", "ADDRESS"),
                    Map.entry("street_name", "ADDRESS"),
                    Map.entry("number", "ADDRESS"),
                    Map.entry("building_number", "ADDRESS"),
                    Map.entry("secondary_address", "ADDRESS"),
                    Map.entry("postcode", "ADDRESS"),
                    Map.entry("zipcode", "ADDRESS"),
                    Map.entry("address", "ADDRESS"),
                    Map.entry("job", "TITLE"),
                    Map.entry("date", "DATE_TIME"),
                    Map.entry("date_time", "DATE_TIME"),
                    Map.entry("date_of_birth", "DATE_TIME"),
                    Map.entry("day", "DATE_TIME"),
                    Map.entry("day_of_week", "DATE_TIME"),
                    Map.entry("phone", "PHONE_NUMBER"),
                    Map.entry("phone_number", "PHONE_NUMBER"),
                    Map.entry("licence", "US_DRIVER_LICENSE"),
                    Map.entry("us_driver_license", "US_DRIVER_LICENSE"));
    private static final Pattern LANGUAGE = Pattern.compile("^[a-z]{2}: ");
    private final FakeNames names;
    private final Random random;

    PersonalTemplates(FakeNames names, Random random) {
        this.names = names;
        this.random = random;
    }

    /// The templates written for this project.
    static List<String> own() {
        return Resources.lines(PersonalTemplates.class, "personal-templates.txt").stream()
                .map(line -> LANGUAGE.matcher(line).replaceFirst(""))
                .toList();
    }

    /// The templates of the corpus, one a line; a template's number is its place.
    static List<String> corpus(Path folder) throws IOException {
        String text =
                new String(
                        Files.readAllBytes(folder.resolve("pii_templates.txt")),
                        StandardCharsets.UTF_8);
        return text.lines().toList();
    }

    /// A template filled once; now and then all in small or all in capital letters.
    Sample fill(String template) {
        StringBuilder text = new StringBuilder();
        List<Entity> entities = new ArrayList<>();
        String line = template.replace("\\n", "\n").replace("\\,", ",");
        int at = 0;
        while (at < line.length()) {
            int open = line.indexOf("{{", at);
            int close = open < 0 ? -1 : line.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            text.append(line, at, open);
            String place = line.substring(open + 2, close);
            String value = names.value(place);
            String type = TYPES.get(place);
            if (type != null) {
                entities.add(new Entity(type, text.length(), text.length() + value.length()));
            }
            text.append(value);
            at = close + 2;
        }
        text.append(line.substring(at));
        String whole = text.toString();
        String other =
                switch (random.nextInt(28)) {
                    case 0, 1, 2, 3 -> whole.toLowerCase(Locale.ROOT);
                    case 4 -> whole.toUpperCase(Locale.ROOT);
                    default -> whole;
                };
        return new Sample(other.length() == whole.length() ? other : whole, entities);
    }
}
