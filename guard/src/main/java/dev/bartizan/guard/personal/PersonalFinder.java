package dev.bartizan.guard.personal;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Finds personal data: forms with check digits first, then names, places, organisations and
/// addresses by a small learned tagger. Safe to share.
public final class PersonalFinder implements Guard.Recogniser {
    private static final int LONGEST = 1 << 20;
    private final Tagger tagger;
    private final List<Form> forms =
            List.of(
                    new Form(
                            "EMAIL_ADDRESS",
                            "[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})*\\.\\p{L}{2,24}",
                            0.99,
                            _ -> true),
                    new Form(
                            "IBAN_CODE",
                            "\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b",
                            0.99,
                            t -> Checks.iban(t.replace(" ", ""))),
                    new Form(
                            "CREDIT_CARD",
                            "\\b[1-6]\\d{3}(?:[ -]?\\d){8,15}\\b",
                            0.98,
                            t -> Checks.luhn(t.replaceAll("[ -]", ""))),
                    new Form(
                            "US_SSN",
                            "\\b\\d{3}-\\d{2}-\\d{4}\\b",
                            0.95,
                            t -> Checks.ssn(t.replace("-", ""))),
                    new Form("IP_ADDRESS", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b", 0.95, Checks::ipv4),
                    new Form(
                            "IP_ADDRESS",
                            "\\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\\b|\\b(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}\\b",
                            0.9,
                            t -> t.length() > 6),
                    new Form(
                            "DOMAIN_NAME",
                            "(?i)\\b(?:https?://)?(?:www\\.)?(?:[a-z0-9][a-z0-9-]{0,61}\\.)+(?:com|org|net|edu|gov|info|biz|io|co|uk|de|fr|es|it|nl|eu|us|ca|au|jp|cn|ru|br|in|ch|at|se|no|pl|app|dev|ai)\\b(?:/[^\\s\"'<>)]{0,200})?",
                            0.8,
                            t -> !t.contains("@")),
                    new Form(
                            "PHONE_NUMBER",
                            "\\(?\\+?\\(?\\d{1,4}\\)?(?:[ ./-]{0,2}\\(?\\d{1,4}\\)?){2,6}(?:\\s?(?:x|ext\\.?)\\s?\\d{1,5})?",
                            0.7,
                            PersonalFinder::isPhone),
                    new Form(
                            "DATE_TIME",
                            "(?i)\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?\\b|\\b\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}\\b|\\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:,? \\d{4})?)\\b",
                            0.85,
                            _ -> true));

    private record Form(String type, Pattern pattern, double score, Predicate<String> isRight) {
        Form(String type, String expression, double score, Predicate<String> isRight) {
            this(type, Pattern.compile(expression), score, isRight);
        }
    }

    /// A finder with a tagger.
    public PersonalFinder(Tagger tagger) {
        this.tagger = tagger;
    }

    /// The finder that ships.
    public static PersonalFinder shipped() {
        return new PersonalFinder(Tagger.of(Resources.bytes(PersonalFinder.class, "tagger.bin")));
    }

    @Override
    public List<Detection> find(String text) {
        List<Place> places = new ArrayList<>();
        for (Form form : forms) {
            forms(form, text, places);
        }
        if (text.length() <= LONGEST) {
            for (Tagger.Entity entity : tagger.find(text)) {
                add(
                        places,
                        new Place(
                                entity.type(),
                                entity.start(),
                                entity.end(),
                                0.6,
                                "reads like " + entity.type().toLowerCase(Locale.ROOT)));
            }
        }
        places.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return detections(text, places);
    }

    private record Place(String type, int start, int end, double score, String reason) {}

    private static void forms(Form form, String text, List<Place> places) {
        Matcher matcher = form.pattern().matcher(text);
        while (matcher.find()) {
            if (form.isRight().test(matcher.group())) {
                add(
                        places,
                        new Place(
                                form.type(),
                                matcher.start(),
                                matcher.end(),
                                form.score(),
                                "has the form of " + form.type().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static void add(List<Place> places, Place one) {
        for (Place other : places) {
            if (one.start() < other.end() && other.start() < one.end()) {
                return;
            }
        }
        places.add(one);
    }

    private static boolean isPhone(String text) {
        long digits = text.chars().filter(Character::isDigit).count();
        boolean marked =
                text.startsWith("+")
                        || text.contains("(")
                        || text.chars().filter(c -> c == '-' || c == ' ' || c == '.').count() >= 2;
        boolean date = text.matches("\\d{4}-\\d{2}-\\d{2}.*|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}");
        return digits >= 8 && digits <= 15 && marked && !date;
    }

    private static List<Detection> detections(String text, List<Place> places) {
        List<Detection> out = new ArrayList<>();
        int at = 0;
        int points = 0;
        for (Place place : places) {
            points += text.codePointCount(at, place.start());
            int length = text.codePointCount(place.start(), place.end());
            out.add(
                    new Detection(
                            place.type(), points, points + length, place.score(), place.reason()));
            at = place.start();
        }
        return out;
    }
}
