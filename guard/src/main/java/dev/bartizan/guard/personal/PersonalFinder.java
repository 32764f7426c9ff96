package dev.bartizan.guard.personal;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds personal data: forms with check digits first, then names, places, organisations and
/// addresses by a small learned tagger. Safe to share; time is linear in the length of the text.
public final class PersonalFinder implements Guard.Recogniser {
    private final Tagger tagger;

    /// A finder with a tagger.
    public PersonalFinder(Tagger tagger) {
        this.tagger = tagger;
    }

    /// The finder that ships.
    public static PersonalFinder shipped() {
        return new PersonalFinder(
                Tagger.of(
                        Resources.bytes(PersonalFinder.class, "tagger.bin"), Gazetteer.shipped()));
    }

    /// What has the form of personal data alone: addresses of mail, numbers that check. Names and
    /// places are left out, which texts that are no messages are full of.
    public static List<Detection> forms(String text) {
        return detections(text, new ArrayList<>(FormScanner.scan(text)));
    }

    @Override
    public List<Detection> find(String text) {
        List<Place> forms = FormScanner.scan(text);
        List<Place> places = new ArrayList<>(forms);
        places.addAll(tagger.find(text, forms));
        return detections(text, places);
    }

    private static List<Detection> detections(String text, List<Place> places) {
        places.sort(Comparator.comparingInt(Place::start));
        List<Detection> out = new ArrayList<>(places.size());
        int at = 0;
        int points = 0;
        for (Place place : places) {
            points += text.codePointCount(at, place.start());
            int length = text.codePointCount(place.start(), place.end());
            String name = place.type().toLowerCase(Locale.ROOT).replace('_', ' ');
            String reason = (place.score() > 0.6 ? "has the form of " : "reads like ") + name;
            out.add(new Detection(place.type(), points, points + length, place.score(), reason));
            at = place.start();
        }
        return out;
    }
}
