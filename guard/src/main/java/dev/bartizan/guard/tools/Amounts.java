package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers: how they are written, and which follow from others by the arithmetic of errands (sums,
/// shares, rates, differences).
final class Amounts {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\d,.])\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+(?:[.,]\\d{1,2})?(?!\\d)|\\d[\\d,.'’]*\\d|\\d");
    private static final double CLOSE = 0.006;
    private static final int MAX_FACTORS = 12;
    private static final int MAX_NUMBERS = 200;
    private static final Map<String, Double> SPELLED = spelled();
    private static final Map<String, Double> SHARES =
            Map.of(
                    "half", 2.0, "halves", 2.0, "hälfte", 2.0, "moitié", 2.0, "mitad", 2.0, "metà",
                    2.0, "third", 3.0, "quarter", 4.0, "fifth", 5.0, "split", 2.0);

    private final Set<Double> said;
    private final List<Double> shares = new ArrayList<>();

    private Amounts(String trusted) {
        said = new java.util.LinkedHashSet<>(in(trusted));
        for (String word : Texts.words(trusted)) {
            Double spelled = SPELLED.get(word);
            if (spelled != null) {
                said.add(spelled);
            }
            Double share = SHARES.get(word);
            if (share != null) {
                shares.add(share);
            }
        }
    }

    /// The numbers that trusted text says.
    static Amounts of(String trusted) {
        return new Amounts(trusted);
    }

    private static Map<String, Double> spelled() {
        Map<String, Double> map = new HashMap<>();
        String[] lists = {
            "one two three four five six seven eight nine ten eleven twelve",
            "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
            "un deux trois quatre cinq six sept huit neuf dix onze douze",
            "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
            "una due tre quattro cinque sei sette otto nove dieci undici dodici",
            "um dois três quatro cinco seis sete oito nove dez onze doze",
            "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
            "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
            "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
            "bir iki üç dört beş altı yedi sekiz dokuz on onbir oniki"
        };
        for (String list : lists) {
            double number = 1;
            for (String word : list.split(" ", -1)) {
                map.put(word, number++);
            }
        }
        map.put("eine", 1.0);
        map.put("twenty", 20.0);
        map.put("thirty", 30.0);
        map.put("fifty", 50.0);
        map.put("hundred", 100.0);
        map.put("thousand", 1000.0);
        map.put("dozen", 12.0);
        map.put("pair", 2.0);
        return Map.copyOf(map);
    }

    /// The readings of all numbers in a text: `1,250` is 1250 and 1.25.
    static List<Double> in(String text) {
        List<Double> all = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find() && all.size() < 2_000) {
            int end = matcher.end();
            if (isPartOfName(text, matcher.start())) {
                continue;
            }
            boolean thousands = end < text.length() && "kK".indexOf(text.charAt(end)) >= 0;
            for (double read : readings(matcher.group())) {
                if (!Double.isNaN(read)) {
                    all.add(thousands ? read * 1000 : read);
                }
            }
        }
        return all;
    }

    /// Whether a number is part of a name such as `T1` or `SUB-1`, and no currency stands before
    /// it.
    private static boolean isPartOfName(String text, int start) {
        int at = start;
        if (at > 1 && (text.charAt(at - 1) == '-' || text.charAt(at - 1) == '_')) {
            at--;
        }
        int letters = 0;
        while (at > 0 && Character.isLetter(text.charAt(at - 1)) && letters < 5) {
            at--;
            letters++;
        }
        boolean isRunTogether =
                letters > 0 && Vocabulary.isRunTogether(text.codePointBefore(start));
        boolean isCurrency = letters == 3 && text.charAt(start - 1) != '-';
        return letters > 0 && !isCurrency && !isRunTogether;
    }

    private static double[] readings(String digits) {
        String tight = digits.replaceAll("['’ \\u00a0\\u202f]", "");
        double point = parts(tight, ',') ? number(tight.replace(",", "")) : Double.NaN;
        boolean isComma = parts(tight, '.');
        double comma = isComma ? number(tight.replace(".", "").replace(',', '.')) : Double.NaN;
        return point == comma ? new double[] {point} : new double[] {point, comma};
    }

    /// Whether the sign may part thousands: three digits follow each one, up to the end or another
    /// sign.
    private static boolean parts(String digits, char sign) {
        for (int at = digits.indexOf(sign); at >= 0; at = digits.indexOf(sign, at + 1)) {
            int end = at + 1;
            while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
                end++;
            }
            if (end - at != 4) {
                return false;
            }
        }
        return true;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static boolean holds(String text, double wanted) {
        return in(text).stream().anyMatch(n -> isClose(n, wanted));
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) < CLOSE;
    }

    boolean isSaid(double wanted) {
        return said.stream().anyMatch(n -> isClose(n, wanted));
    }

    /// Whether the number follows from said numbers and from fields of the records.
    boolean follows(double wanted, List<Entry> records) {
        Map<String, List<Double>> byKey = new TreeMap<>();
        List<Double> fields = new ArrayList<>();
        for (Entry record : records) {
            for (Field field : record.fields()) {
                List<Double> numbers = in(field.value());
                if (!numbers.isEmpty()
                        && field.value().length() < 30
                        && fields.size() < MAX_NUMBERS) {
                    fields.add(numbers.getFirst());
                    byKey.computeIfAbsent(field.key(), _ -> new ArrayList<>())
                            .add(numbers.getFirst());
                }
            }
        }
        for (List<Double> column : byKey.values()) {
            double sum = column.stream().mapToDouble(Double::doubleValue).sum();
            if (isClose(sum, wanted) || shares.stream().anyMatch(s -> isClose(sum / s, wanted))) {
                return true;
            }
        }
        return fromPairs(wanted, fields) || fromProducts(wanted, records);
    }

    /// Whether two fields of a record differ by the number or multiply to it, with a third one
    /// added or not: what is missing to the minimum; hours at a rate, and the parts.
    private static boolean fromProducts(double wanted, List<Entry> records) {
        for (Entry record : records) {
            List<Double> numbers = new ArrayList<>();
            for (Field field : record.fields()) {
                List<Double> read = in(field.value());
                if (read.size() == 1 && numbers.size() < MAX_FACTORS) {
                    numbers.add(read.getFirst());
                }
            }
            for (int i = 0; i < numbers.size(); i++) {
                for (int j = i + 1; j < numbers.size(); j++) {
                    double rest = wanted - numbers.get(i) * numbers.get(j);
                    double gap = Math.abs(numbers.get(i) - numbers.get(j));
                    if (isClose(rest, 0)
                            || isClose(gap, wanted)
                            || numbers.stream().anyMatch(n -> isClose(n, rest))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean fromPairs(double wanted, List<Double> fields) {
        for (double field : fields) {
            for (double share : shares) {
                if (isClose(field / share, wanted)) {
                    return true;
                }
            }
            for (double number : said) {
                boolean isPercent =
                        isClose(field * number / 100, wanted)
                                || isClose(field * (1 + number / 100), wanted);
                boolean isProduct =
                        number > 0
                                && (isClose(field * number, wanted)
                                        || isClose(field / number, wanted)
                                        || isClose(number / field, wanted));
                boolean isDifference =
                        isClose(field - number, wanted) || isClose(number - field, wanted);
                if (isPercent || isProduct || isDifference) {
                    return true;
                }
            }
        }
        for (double a : said) {
            if (shares.stream().anyMatch(s -> isClose(a / s, wanted))) {
                return true;
            }
            for (double b : said) {
                if (isClose(a * b, wanted)
                        || isClose(a + b, wanted)
                        || isClose(a - b, wanted)
                        || isClose(a * (1 + b / 100), wanted)
                        || isClose(a * (1 - b / 100), wanted)
                        || (b > 1 && isClose(a / b, wanted))) {
                    return true;
                }
            }
        }
        return false;
    }
}
