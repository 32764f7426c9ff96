package dev.bartizan.guard.personal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Dates with a month or a day of the week in words, in the languages that write them with Latin
/// letters.
final class CalendarWords {
    private static final Map<String, Integer> MONTHS = months();
    private static final Set<String> DAYS =
            Set.copyOf(
                    new HashSet<>(
                            Arrays.asList(
                                    ("monday tuesday wednesday thursday friday saturday sunday montag dienstag"
                                                    + " mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi"
                                                    + " jeudi vendredi samedi dimanche lunes martes miércoles jueves"
                                                    + " viernes sábado domingo")
                                            .split(" "))));
    private static final Set<String> MAKES_DATE = Set.of("of", "de", "the", "di");
    private static final Set<String> ORDINAL = Set.of("", "st", "nd", "rd", "th");
    private static final int LONGEST = 12;

    private CalendarWords() {}

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        String[] lists = {
            "january february march april may june july august september october november december",
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
        };
        for (String list : lists) {
            String[] names = list.split(" ", -1);
            for (int i = 0; i < names.length; i++) {
                months.put(names[i], i + 1);
            }
        }
        months.put("sept", 9);
        return months.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// The date or day of the week whose word stands at `[start, end)`, or null. What belongs to
    /// the date may stand before the word, but not before `floor`.
    static @Nullable Place of(String text, int start, int end, int floor) {
        if (end - start < 3 || end - start > LONGEST) {
            return null;
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (DAYS.contains(word)) {
            return new Place("DATE_TIME", start, end, 0.7);
        }
        if (!MONTHS.containsKey(word)) {
            return null;
        }
        int from = dayBefore(text, start, floor);
        int to = dayAfter(text, end, from < start);
        return from < start || to > end ? new Place("DATE_TIME", from, to, 0.9) : null;
    }

    private static int dayBefore(String text, int start, int floor) {
        int i = start - 1;
        int word = i;
        while (i > floor
                && (text.charAt(i) == ' ' || text.charAt(i) == '.' || text.charAt(i) == '-')) {
            i--;
        }
        if (i == word) {
            return start;
        }
        int end = i + 1;
        while (i >= floor && Character.isLetter(text.charAt(i))) {
            i--;
        }
        String small = text.substring(i + 1, end).toLowerCase(Locale.ROOT);
        if (MAKES_DATE.contains(small)) {
            while (i > floor && text.charAt(i) == ' ') {
                i--;
            }
            int stop = i + 1;
            while (i >= floor && Character.isLetter(text.charAt(i))) {
                i--;
            }
            small = text.substring(i + 1, stop).toLowerCase(Locale.ROOT);
        }
        return ORDINAL.contains(small) ? digitsBefore(text, i, floor, start) : start;
    }

    private static int digitsBefore(String text, int last, int floor, int otherwise) {
        int i = last;
        while (i >= floor && last - i < 3 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i--;
        }
        int count = last - i;
        boolean alone = i < 0 || !Character.isLetterOrDigit(text.charAt(i));
        return count >= 1 && count <= 2 && alone ? i + 1 : otherwise;
    }

    private static int dayAfter(String text, int end, boolean hasDay) {
        int i = end;
        int to = end;
        for (int part = hasDay ? 1 : 0; part < 2; part++) {
            int begin = i;
            while (begin < text.length()
                    && begin - i < 5
                    && " .,-".indexOf(text.charAt(begin)) >= 0) {
                begin++;
            }
            if (text.startsWith("de ", begin)) {
                begin += 3;
            }
            int stop = begin;
            while (stop < text.length()
                    && stop - begin < 5
                    && Character.isDigit(text.charAt(stop))) {
                stop++;
            }
            int count = stop - begin;
            if (begin == i || count == 0 || count == 3 || count > 4) {
                return to;
            }
            if (count < 4 && part == 1) {
                return to;
            }
            String tail =
                    text.substring(stop, Math.min(text.length(), stop + 2))
                            .toLowerCase(Locale.ROOT);
            stop += count < 4 && (!tail.isEmpty() && ORDINAL.contains(tail)) ? 2 : 0;
            to = stop;
            if (count == 4) {
                return to;
            }
            i = stop;
        }
        return to;
    }
}
