package dev.bartizan.guard.personal;

import java.util.ArrayList;
import java.util.List;

/// Joins the pieces of an address that stands inside a sentence: "send it to 12 Elm Road, Flat 3,
/// Leeds, 12345" holds one address. Lines of an envelope stay pieces, and so do a street and a city
/// alone.
final class AddressRuns {
    private static final int FEWEST = 4;

    private AddressRuns() {}

    /// The places in order, with such pieces as one.
    static List<Place> joined(String text, List<Place> places) {
        List<Place> out = new ArrayList<>(places.size());
        int i = 0;
        while (i < places.size()) {
            int end = i + 1;
            while (end < places.size() && continues(text, places.get(end - 1), places.get(end))) {
                end++;
            }
            boolean isOne =
                    end - i > 1
                            && isInSentence(text, places, i)
                            && (end - i >= FEWEST || goesOnPastCity(places.subList(i, end)));
            if (isOne) {
                Place first = places.get(i);
                int last = places.get(end - 1).end();
                out.add(new Place("ADDRESS", first.start(), last, first.score()));
            } else {
                out.addAll(places.subList(i, end));
            }
            i = end;
        }
        return out;
    }

    private static boolean isPiece(Place place) {
        return place.type().equals("ADDRESS") || place.type().equals("LOCATION");
    }

    private static boolean continues(String text, Place before, Place next) {
        if (!isPiece(before) || !isPiece(next)) {
            return false;
        }
        for (int i = before.end(); i < next.start(); i++) {
            if (" \t\n,".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether words that are no finding stand before it on its line.
    private static boolean isInSentence(String text, List<Place> places, int first) {
        int at = places.get(first).start() - 1;
        int floor = first == 0 ? 0 : places.get(first - 1).end();
        while (at >= floor && (text.charAt(at) == ' ' || text.charAt(at) == ':')) {
            at--;
        }
        return at >= floor && Character.isLetter(text.charAt(at));
    }

    /// Whether a number or a country follows the city.
    private static boolean goesOnPastCity(List<Place> run) {
        boolean hasStreet = false;
        for (int i = 0; i + 1 < run.size(); i++) {
            hasStreet |= run.get(i).type().equals("ADDRESS");
            if (hasStreet && run.get(i).type().equals("LOCATION")) {
                return true;
            }
        }
        return false;
    }
}
