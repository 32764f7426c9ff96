package dev.bartizan.guard.tools;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Days of the year and times of day in a text, however they are written: `2026-12-24`, `24.12.`,
/// `24 December`, `December 24th`, `12月24日`; `18:30`, `6.30 pm`, `18h30`, `19 Uhr`.
final class Moments {
    private static final int MOST = 400;
    private static final Map<String, Integer> MONTHS = months();

    /// The names of months as alternatives of an expression.
    static final String NAMES = String.join("|", MONTHS.keySet());

    private static final Pattern DIGITS =
            Pattern.compile(
                    "(?<!\\d)(?:\\d{4}[-/.](\\d{1,2})[-/.](\\d{1,2})|(\\d{1,2})[./](\\d{1,2})(?:[./]|(?!\\d)))|(\\d{1,2})月(\\d{1,2})日");
    private static final Pattern DAY_FIRST =
            Pattern.compile(
                    "(?<![\\d:.])(\\d{1,2})(?:st|nd|rd|th|º|er|\\.)?\\s+(?:of\\s+|de\\s+|d')?(\\p{L}{3,14})");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(\\p{L}{3,14})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])");
    private static final Pattern TIME =
            Pattern.compile(
                    "(?<![\\d.:])(\\d{1,2})(?:[:h時点](\\d{2})?|\\.(\\d{2})(?=\\s*(?:uhr|[ap]\\.?m)))(?::\\d{2})?\\s*([ap])?|(?<![\\d.:])(\\d{1,2})\\s*(?:([ap])\\.?m\\b|uhr|o'clock)");

    private Moments() {}

    private static Map<String, Integer> months() {
        String[] lists = {
            "january february march april may june july august september october november december",
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
        };
        Map<String, Integer> map = new HashMap<>();
        for (String list : lists) {
            int month = 1;
            for (String name : list.split(" ", -1)) {
                map.putIfAbsent(name, month++);
            }
        }
        return Map.copyOf(map);
    }

    /// The days, each as month times a hundred and day; both readings where the order is open.
    static Set<Integer> days(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Set<Integer> days = new HashSet<>();
        Matcher digits = DIGITS.matcher(lower);
        while (digits.find() && days.size() < MOST) {
            if (digits.group(1) != null) {
                add(days, digits.group(1), digits.group(2));
            } else if (digits.group(3) != null) {
                add(days, digits.group(3), digits.group(4));
                add(days, digits.group(4), digits.group(3));
            } else {
                add(days, digits.group(5), digits.group(6));
            }
        }
        Matcher dayFirst = DAY_FIRST.matcher(lower);
        while (dayFirst.find() && days.size() < MOST) {
            named(days, dayFirst.group(2), dayFirst.group(1));
        }
        Matcher monthFirst = MONTH_FIRST.matcher(lower);
        while (monthFirst.find() && days.size() < MOST) {
            named(days, monthFirst.group(1), monthFirst.group(2));
        }
        return days;
    }

    private static void named(Set<Integer> days, String name, String day) {
        Integer month = MONTHS.get(name);
        if (month != null) {
            add(days, String.valueOf(month), day);
        }
    }

    private static void add(Set<Integer> days, String month, String day) {
        int m = Integer.parseInt(month);
        int d = Integer.parseInt(day);
        if (m >= 1 && m <= 12 && d >= 1 && d <= 31) {
            days.add(m * 100 + d);
        }
    }

    /// The times of day in minutes after midnight.
    static Set<Integer> times(String text) {
        Set<Integer> times = new HashSet<>();
        Matcher time =
                TIME.matcher(text.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d)t(?=\\d)", " "));
        while (time.find() && times.size() < MOST) {
            boolean isBare = time.group(1) == null;
            int hour = Integer.parseInt(isBare ? time.group(5) : time.group(1));
            String minutes = time.group(2) == null ? time.group(3) : time.group(2);
            String half = isBare ? time.group(6) : time.group(4);
            if (half != null && hour <= 12) {
                hour = hour % 12 + (half.equals("p") ? 12 : 0);
            }
            if (hour < 24) {
                times.add(hour * 60 + (minutes == null ? 0 : Integer.parseInt(minutes)));
            }
        }
        return times;
    }
}
